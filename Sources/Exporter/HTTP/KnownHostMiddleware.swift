import HTTPTypes
import Hummingbird
import NIOCore

/// Lets requests pass that name this exporter: by `localhost`, an IP address, the listen address or the external URL's host.
///
/// A foreign name that leads here is a web page that had its own name point to this machine, to get past the browser's rules
/// (DNS rebinding).
struct KnownHostMiddleware: RouterMiddleware {
    /// Names of this exporter beside `localhost` and IP addresses, in lower case.
    let knownHosts: Set<String>

    func handle(
        _ request: Request, context: ExporterRequestContext, next: @concurrent (Request, ExporterRequestContext) async throws -> Response
    ) async throws -> Response {
        guard names(request.head.authority) else {
            return .text(
                .misdirectedRequest,
                "This exporter is not known by that name; use localhost, its IP address, or start it with --external-url."
            )
        }
        return try await next(request, context)
    }

    private func names(_ authority: String?) -> Bool {
        guard let host = authority.map(Self.host) else { return false }
        return host == "localhost" || knownHosts.contains(host) || (try? SocketAddress(ipAddress: host, port: 0)) != nil
    }

    /// The host without its port and without the brackets of IPv6, in lower case.
    static func host(of authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return authority[authority.index(after: authority.startIndex)..<end].lowercased()
        }
        return authority.prefix { $0 != ":" }.lowercased()
    }
}
