import OperatingSystem

/// Text that is HTML. What is put into a literal is escaped unless it is HTML itself, so that no text from elsewhere becomes a tag.
struct HTML: Sendable, Hashable, ExpressibleByStringInterpolation {
    private(set) var text: String

    init(stringLiteral text: String) {
        self.text = text
    }

    init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
    }

    /// A text from anywhere, escaped.
    init(_ text: String) {
        self.text = escapedHTML(text)
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity)
        }

        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ text: String) { self.text += escapedHTML(text) }
        mutating func appendInterpolation(_ html: HTML) { text += html.text }
        mutating func appendInterpolation(_ html: HTML?) { text += html?.text ?? "" }
        mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { text += part.text } }
        mutating func appendInterpolation(_ number: Int) { text += "\(number)" }

        /// A number for a drawing, in tenths.
        mutating func appendInterpolation(_ number: Double) { text += Self.tenths(number) }

        static func tenths(_ number: Double) -> String {
            let text = DecimalText.text(number, decimals: 1, minus: "-") ?? "0"
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
    }

    static func + (left: HTML, right: HTML) -> HTML { "\(left)\(right)" }
}
