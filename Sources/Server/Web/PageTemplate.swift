import EngineAPI
import OperatingSystem

/// An HTML page with fields such as `{{token}}`, and with addresses such as `{{/auth/authorize}}` for each ``ExporterPath``.
///
/// It is taken apart before anything is put in, so that no text that goes in is ever read as a field. Written by hand, since a
/// template engine would bring a language of its own, which a stranger's station name could be read as.
struct PageTemplate<Field: RawRepresentable<String> & Sendable>: Sendable {
    private enum Part: Sendable {
        case html(Substring)
        case field(Field)
        case address(ExporterPath)
    }

    private let parts: [Part]

    /// - Parameter html: The page. What stands between double braces and is neither stays as it is.
    init(_ html: String) {
        var parts: [Part] = []
        var rest = html[...]
        while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
            let name = String(rest[start.upperBound..<end.lowerBound])
            let part = ExporterPath(rawValue: name).map(Part.address) ?? Field(rawValue: name).map(Part.field)
            parts.append(.html(rest[..<(part == nil ? end.upperBound : start.lowerBound)]))
            if let part { parts.append(part) }
            rest = rest[end.upperBound...]
        }
        self.parts = parts + [.html(rest)]
    }

    /// The page with a text for each field. Texts are escaped.
    ///
    /// - Parameter prefix: What stands before each path at the external URL.
    func filled(behind prefix: String = "", _ text: (Field) -> String) -> String {
        filled(behind: prefix) { HTML(text($0)) }
    }

    /// The page with what stands in place of each field.
    ///
    /// - Parameter prefix: What stands before each path at the external URL.
    func filled(behind prefix: String = "", _ html: (Field) -> HTML) -> String {
        parts.map { part in
            switch part {
            case .html(let html): String(html)
            case .field(let field): html(field).text
            case .address(let path): escapedHTML(prefix + path.rawValue)
            }
        }
        .joined()
    }
}

/// A text for HTML, in an element or in a quoted attribute, made harmless once more.
func escapedHTML(_ text: String) -> String {
    // By scalars: a quotation mark hides in the single character of it and a combining mark.
    var html = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": html.append(contentsOf: "&amp;".unicodeScalars)
        case "<": html.append(contentsOf: "&lt;".unicodeScalars)
        case ">": html.append(contentsOf: "&gt;".unicodeScalars)
        case "\"": html.append(contentsOf: "&quot;".unicodeScalars)
        case "'": html.append(contentsOf: "&#39;".unicodeScalars)
        default: html.append(scalar.isHarmful ? "\u{FFFD}" : scalar)
        }
    }
    return String(html)
}
