/// The last values of a series as a row of small bars, one cell each; a missing value leaves its cell blank.
package struct Sparkline: Widget, Sendable {
    private let values: [Double?]
    private let range: ClosedRange<Double>?
    private let style: Style
    private let tint: (@Sendable (Double) -> Tint?)?
    private let symbols: Symbols

    /// - Parameters:
    ///   - values: The newest last.
    ///   - range: The values of the lowest and the highest bar; nil takes the least and the greatest value that shows.
    ///   - tint: The colour of a value, where the terminal has enough of them.
    package init(
        values: [Double?], range: ClosedRange<Double>? = nil, style: Style = .accent, tint: (@Sendable (Double) -> Tint?)? = nil,
        symbols: Symbols
    ) {
        self.values = values
        self.range = range
        self.style = style
        self.tint = tint
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

    /// The same in colours: a span for each run of bars of one colour.
    package func line(columns: Int) -> Line {
        let text = text(columns: columns)
        guard let tint else { return Line(text, style) }
        var spans: [Span] = []
        for (bar, value) in zip(text, values.suffix(max(0, columns))) {
            let style = style.tinted(value.flatMap { $0.isFinite ? tint($0) : nil })
            if spans.last?.style == style {
                spans[spans.count - 1].text.append(bar)
            } else {
                spans.append(Span(String(bar), style))
            }
        }
        return Line(spans)
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
        frame.write(line(columns: rect.columns), at: rect.line(rect.rows - 1).origin, limit: rect.columns)
    }
}
