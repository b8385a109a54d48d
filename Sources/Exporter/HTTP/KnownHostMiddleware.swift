import HTTPTypes
import Hummingbird
import NIOCore

/// Lets this machine alone pass. A request that a proxy forwarded comes from somewhere else, wherever the proxy runs.
struct LoopbackOnlyMiddleware: RouterMiddleware {
    /// Names of this exporter beside `localhost` and IP addresses, in lower case.
    let knownHosts: Set<String>

    private static let forwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"].compactMap { HTTPField.Name($0) }

    func handle(
        _ request: Request, context: ExporterRequestContext, next: @concurrent (Request, ExporterRequestContext) async throws -> Response
    ) async throws -> Response {
        guard Self.admits(request, context: context) else {
            return .text(
                .forbidden,
                "Signing in works from the machine that the exporter runs on; from another one, through an SSH tunnel to this port."
            )
        }
        guard names(request.head.authority) else {
            return .text(.misdirectedRequest, "This exporter is not known by that name; use localhost or its IP address.")
        }
        // What these paths do cannot be done twice, and nobody means it by asking for a header alone.
        guard request.method != .head else { return Response(status: .methodNotAllowed, headers: [.allow: "GET, POST"]) }
        return try await next(request, context)
    }

    /// Whether a `Host` names this exporter. A foreign name that leads here is a web page that had its own name point to this
    /// machine, to get past the browser's rules (DNS rebinding).
    private func names(_ authority: String?) -> Bool {
        guard let authority else { return false }
        let host = Self.host(of: authority)
        return host == "localhost" || knownHosts.contains(host) || (try? SocketAddress(ipAddress: host, port: 0)) != nil
    }

    /// The host without its port and without the brackets of IPv6.
    private static func host(of authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return String(authority[authority.index(after: authority.startIndex)..<end])
        }
        return authority.prefix { $0 != ":" }.lowercased()
    }

    /// Whether a request comes from this machine.
    static func admits(_ request: Request, context: ExporterRequestContext) -> Bool {
        context.isFromThisMachine && !forwardingHeaders.contains { request.headers[$0] != nil }
    }
}
