/// The last values of a series as a row of small bars, one cell each; a missing value leaves its cell blank.
package struct Sparkline: Widget, Sendable {
    private let values: [Double?]
    private let range: ClosedRange<Double>?
    private let style: Style
    private let symbols: Symbols

    /// - Parameters:
    ///   - values: The newest last.
    ///   - range: The values of the lowest and the highest bar; nil takes the least and the greatest value that shows.
    package init(values: [Double?], range: ClosedRange<Double>? = nil, style: Style = .accent, symbols: Symbols) {
        self.values = values
        self.range = range
        self.style = style
        self.symbols = symbols
    }

    /// The bars of the last `columns` values as text.
    package func text(columns: Int) -> String {
        let shown = values.suffix(max(0, columns)).map { $0.flatMap { $0.isFinite ? $0 : nil } }
        let known = shown.compactMap { $0 }
        guard let least = range?.lowerBound ?? known.min(), let greatest = range?.upperBound ?? known.max() else {
            return String(repeating: " ", count: shown.count)
        }
        return String(shown.map { value in value.map { bar(for: $0, from: least, to: greatest) } ?? " " })
    }

    private func bar(for value: Double, from least: Double, to greatest: Double) -> Character {
        let levels = symbols.spark
        // A flat line is drawn low, so that it does not look like a maximum.
        let span = greatest - least
        guard span > 0, span.isFinite else { return levels[0] }
        let level = (value - least) / span * Double(levels.count)
        return levels[Int(min(Double(levels.count - 1), max(0, level)))]
    }

    /// Draws into the bottom row of `rect`.
    package func render(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        frame.write(text(columns: rect.columns), at: rect.line(rect.rows - 1).origin, style: style, limit: rect.columns)
    }
}
