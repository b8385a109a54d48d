import HTTPTypes
import Hummingbird

/// From which machine a request comes, and whether a page of another site caused it, as cross-site request forgery (CSRF) does.
struct RequestOrigin: Sendable, Hashable {
    /// Whether it was sent from this machine, and through no proxy.
    let isThisMachine: Bool
    /// Whether a page of another site led to it.
    let isOtherSite: Bool

    /// - Parameters:
    ///   - site: Where browsers find this exporter.
    ///   - mayHideSite: Whether `Origin: null` counts as this site. Browsers send that for a form of any page with `no-referrer`, as
    ///     ours is: it proves nothing against CSRF, and the form token has to.
    init(_ request: Request, context: ExporterRequestContext, site: ExporterSite, mayHideSite: Bool = false) {
        isThisMachine = site.isFromThisMachine(request, context: context)
        isOtherSite = Self.isFromOtherSite(request, scheme: site.ownScheme, mayHideSite: mayHideSite)
    }

    /// Whether it may begin a sign-in without a one-time key.
    var isTrusted: Bool { isThisMachine && !isOtherSite }

    private static func isFromOtherSite(_ request: Request, scheme: String, mayHideSite: Bool) -> Bool {
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }) {
            return site != "same-origin" && site != "none"
        }
        // Browsers that do not know Sec-Fetch-Site (Fetch Metadata) name the form's site in Origin.
        guard let origin = request.headers[.origin] else { return false }
        if origin == "null" { return !mayHideSite }
        return origin != "\(scheme)://\(request.head.authority ?? "")"
    }
}
