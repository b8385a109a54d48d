import HTTPTypes
import Hummingbird

/// Where a request comes from, as far as can be told: from which machine, and from a page of which site.
struct RequestOrigin: Sendable, Hashable {
    /// Whether it was sent from this machine, and through no proxy.
    let isThisMachine: Bool
    /// Whether a page of another site led to it.
    let isOtherSite: Bool

    /// - Parameters:
    ///   - site: Where browsers find this exporter.
    ///   - mayHideSite: Whether a page may ask its browser not to tell where it is from, as ours does for its form. Any
    ///     other site may too, so that the form needs a proof of its own.
    init(_ request: Request, context: ExporterRequestContext, site: ExporterSite, mayHideSite: Bool = false) {
        isThisMachine = site.isFromThisMachine(request, context: context)
        isOtherSite = Self.isFromOtherSite(request, mayHideSite: mayHideSite)
    }

    /// Whether who sends it may sign in without a one-time key.
    var isTrusted: Bool { isThisMachine && !isOtherSite }

    private static func isFromOtherSite(_ request: Request, mayHideSite: Bool) -> Bool {
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }) {
            return site != "same-origin" && site != "none"
        }
        // Older browsers say where a form is from; `null` where the page asked them not to tell.
        guard let origin = request.headers[.origin] else { return false }
        if origin == "null" { return !mayHideSite }
        return origin != "http://\(request.head.authority ?? "")"
    }
}
