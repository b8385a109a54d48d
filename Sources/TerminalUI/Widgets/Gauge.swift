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
        let labelWidth = label.isEmpty ? 0 : displayWidth(of: label) + 1
        let showsLabel = labelWidth > 0 && rect.columns - labelWidth >= 6
        let barColumns = rect.columns - 2 - (showsLabel ? labelWidth : 0)
        guard barColumns > 0 else { return }
        var column = rect.column
        func write(_ text: String, _ style: Style) {
            column += frame.write(text, at: Point(column: column, row: rect.row), style: style, limit: rect.endColumn - column)
        }
        let parts = parts(columns: barColumns)
        write(String(symbols.bar.start), .border)
        write(parts.filled, style)
        write(parts.track, .muted)
        write(String(symbols.bar.end), .border)
        if showsLabel { write(" " + label, .plain) }
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
