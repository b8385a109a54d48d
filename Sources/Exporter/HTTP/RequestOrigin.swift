import HTTPTypes
import Hummingbird

/// Where a request comes from, as far as can be told: from which machine, and from a page of which site.
struct RequestOrigin: Sendable, Hashable {
    /// Whether it was sent from this machine, by a loopback address and through no proxy.
    let isLoopback: Bool
    /// Whether a page of another site led to it.
    let isOtherSite: Bool

    init(_ request: Request, context: ExporterRequestContext) {
        isLoopback = context.isFromLoopback && !Self.forwardingHeaders.contains { request.headers[$0] != nil }
        isOtherSite = Self.isFromOtherSite(request)
    }

    /// Whether who sends it may sign in without a one-time key.
    var isTrusted: Bool { isLoopback && !isOtherSite }

    /// What a proxy says for whom it asks. Such a request comes from somewhere else, wherever the proxy runs.
    private static let forwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"]
        .compactMap { HTTPField.Name($0) }

    private static func isFromOtherSite(_ request: Request) -> Bool {
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }) {
            return site != "same-origin" && site != "none"
        }
        // Older browsers say where a form is from; `null` where the page asked them, as ours does, not to tell.
        guard let origin = request.headers[.origin], origin != "null" else { return false }
        return origin != "http://\(request.head.authority ?? "")"
    }
}
