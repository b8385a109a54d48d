import Engine
import Hummingbird

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
        guard let authority = authority.flatMap({ Authority($0) }) else { return false }
        return authority.host == "localhost" || knownHosts.contains(authority.host) || authority.isAddress
    }
}
