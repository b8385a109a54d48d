/// A bar that is filled up to a fraction, with a label at its right: `▕██████▌░░░▏ 65 %`.
package struct Gauge: Widget, Sendable {
    private let fraction: Double
    private let label: String
    private let style: Style
    private let symbols: Symbols

    /// The fraction is brought into 0...1; what is not a number counts as 0.
    package init(fraction: Double, label: String = "", style: Style = .accent, symbols: Symbols) {
        self.fraction = fraction.isNaN ? 0 : min(1, max(0, fraction))
        self.label = label
        self.style = style
        self.symbols = symbols
    }

    /// Draws into the top row of `rect`. The label goes when less than four cells would be left for the bar.
    package func render(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        frame.write(line(columns: rect.columns), at: rect.origin, limit: rect.columns)
    }

    /// The same as a line of so many cells; empty where there are too few.
    package func line(columns: Int) -> Line {
        let labelWidth = label.isEmpty ? 0 : displayWidth(of: label) + 1
        let showsLabel = labelWidth > 0 && columns - labelWidth >= 6
        let barColumns = columns - 2 - (showsLabel ? labelWidth : 0)
        guard barColumns > 0 else { return "" }
        let parts = parts(columns: barColumns)
        let bar = Line(String(symbols.bar.start), .border).adding(parts.filled, style).adding(parts.track, .muted)
            .adding(String(symbols.bar.end), .border)
        return showsLabel ? bar.adding(" " + label) : bar
    }

    /// The filled cells and the empty ones. The last filled cell may be a part of one.
    private func parts(columns: Int) -> (filled: String, track: String) {
        let steps = symbols.bar.eighths.count + 1
        let filledSteps = Int((fraction * Double(columns * steps)).rounded(.down))
        let full = min(columns, filledSteps / steps)
        var filled = String(repeating: symbols.bar.full, count: full)
        let part = filledSteps % steps
        var used = full
        if part > 0, full < columns {
            filled.append(symbols.bar.eighths[part - 1])
            used += 1
        }
        return (filled, String(repeating: symbols.bar.track, count: columns - used))
    }
}
