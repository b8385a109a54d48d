import FoundationEssentials
import System

/// The page at `/`: `Web/index.html` with what the server knows put in, so that it says the state and offers to sign in also
/// where no script runs. It needs nothing from NetAtmo, so that it works while a refresh fails.
struct HomePage: Sendable {
    /// From where the page is read, which decides how signing in begins.
    enum Audience: String, Sendable {
        /// From this machine: a link is enough.
        case local
        /// From elsewhere: it takes a one-time key.
        case remote
    }

    let snapshot: Snapshot
    let now: Date
    let audience: Audience
    /// What the form for a refresh token brings back, as a proof that it came from this page.
    let formToken: String
    /// What stands before each path at the external URL.
    var prefix = ""

    /// What is put into the page.
    enum Field: String, Sendable {
        case audience
        case formToken = "form-token"
        case token
        case readings
        case prefix
    }

    /// The page as HTML.
    var html: String {
        Self.template.filled { field in
            switch field {
            case .audience: audience.rawValue
            case .formToken: formToken
            case .token: snapshot.token.words(at: now)
            case .readings: snapshot.data.words
            case .prefix: prefix
            }
        }
    }

    /// What the page may do: run its own script, use its own style, ask this exporter. Forms may lead to NetAtmo too where
    /// one begins the sign-in.
    ///
    /// - Parameter apiURL: NetAtmo's address.
    func contentSecurityPolicy(apiURL: String) -> String {
        audience == .remote ? PageHeaders.contentSecurityPolicy(signInAt: apiURL) : PageHeaders.contentSecurityPolicy()
    }

    private static let template = PageTemplate<Field>(String(decoding: PackageResources.index_html, as: UTF8.self))
}

/// An HTML page with fields such as `{{token}}`. It is taken apart before anything is put in, so that no text that goes in
/// is ever read as a field.
struct PageTemplate<Field: RawRepresentable<String> & Sendable>: Sendable {
    private enum Part: Sendable {
        case html(Substring)
        case field(Field)
    }

    private let parts: [Part]

    /// - Parameter html: The page. What stands between double braces and is no field stays as it is.
    init(_ html: String) {
        var parts: [Part] = []
        var rest = html[...]
        while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}") {
            let field = Field(rawValue: String(rest[start.upperBound..<end.lowerBound]))
            parts.append(.html(rest[..<(field == nil ? end.upperBound : start.lowerBound)]))
            if let field { parts.append(.field(field)) }
            rest = rest[end.upperBound...]
        }
        self.parts = parts + [.html(rest)]
    }

    /// The page with a text for each field. Texts are escaped.
    func filled(_ text: (Field) -> String) -> String {
        parts.map { part in
            switch part {
            case .html(let html): String(html)
            case .field(let field): escapedHTML(text(field))
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
