import FoundationEssentials

/// Tells browsers what they must not do with our pages: guess their type, run what is no file of ours, tell where they come
/// from, keep them, show them inside of others.
///
/// Written by hand, since neither Hummingbird nor a library of its family writes a Content-Security-Policy.
enum PageHeaders {
    /// For every answer.
    static let all: [(name: String, value: String)] = [
        ("Content-Security-Policy", contentSecurityPolicy()), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
    ]

    /// For every answer but `/metrics`.
    static let unkept = all + [("Cache-Control", "no-store")]

    /// What a page may do: run its own script, use its own style, ask this exporter, send its forms here.
    ///
    /// - Parameter apiURL: NetAtmo's address, for a page whose form begins the sign-in: browsers hold the redirect of a form to the rule
    ///   for forms.
    static func contentSecurityPolicy(signInAt apiURL: String? = nil) -> String {
        let formTargets = ["form-action 'self'"] + (apiURL.map(origins) ?? [])
        return [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src data:",
            formTargets.joined(separator: " "), "frame-ancestors 'none'", "base-uri 'none'",
        ].joined(separator: "; ")
    }

    /// NetAtmo's own sign-in moves on to another of its hosts.
    private static func origins(ofSignInAt apiURL: String) -> [String] {
        guard let url = URL(string: apiURL), let scheme = url.scheme, let host = url.host() else { return [] }
        let origin = "\(scheme)://\(host)\(url.port.map { ":\($0)" } ?? "")"
        // Nothing else may get into the header's list.
        guard origin.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") }) else {
            return []
        }
        return host.hasSuffix(".netatmo.com") ? [origin, "https://*.netatmo.com"] : [origin]
    }
}
