/// One line of text made of spans, each in its own style.
package struct Line: Sendable, Hashable, ExpressibleByStringLiteral {
    package var spans: [Span]

    package init(_ spans: [Span]) {
        self.spans = spans
    }

    package init(_ text: String, _ style: Style = .plain) {
        spans = [Span(text, style)]
    }

    package init(stringLiteral value: String) {
        self.init(value)
    }

    /// The number of cells it takes.
    package var width: Int { spans.reduce(0) { $0 + $1.width } }

    /// The text without its styles.
    package var text: String { spans.map(\.text).joined() }

    /// The line with a span added at its end.
    package func adding(_ text: String, _ style: Style = .plain) -> Line {
        Line(spans + [Span(text, style)])
    }

    /// The start of the line that fits into `columns` cells, ending in an ellipsis when something was cut off.
    package func clipped(to columns: Int, symbols: Symbols = .unicode) -> Line {
        guard width > columns else { return self }
        let ellipsisWidth = displayWidth(of: symbols.ellipsis)
        guard columns >= ellipsisWidth else { return Line([]) }
        var room = columns - ellipsisWidth
        var kept: [Span] = []
        for span in spans {
            guard span.width > room else {
                kept.append(span)
                room -= span.width
                continue
            }
            kept.append(Span(start(of: span.text, fitting: room, symbols: symbols) + symbols.ellipsis, span.style))
            break
        }
        return Line(kept)
    }
}
