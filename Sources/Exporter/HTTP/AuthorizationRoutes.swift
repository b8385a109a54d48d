import HTTPTypes
import Hummingbird
import Netatmo
import NIOCore

/// Signing in through a browser: `/auth/authorize`, `/auth/callback` and `/auth/settoken`.
struct AuthorizationRoutes: Sendable {
    let signIn: SignInDesk
    /// Where NetAtmo sends the browser back to.
    let redirectURI: @Sendable () -> String
    /// Names of this exporter beside `localhost` and IP addresses, in lower case.
    var knownHosts: Set<String> = []

    func add(to router: Router<ExporterRequestContext>) {
        router.group("auth")
            .add(middleware: LoopbackOnlyMiddleware(knownHosts: knownHosts))
            .get("authorize", use: authorize)
            .get("callback", use: callback)
            .post("settoken", use: setToken)
    }

    /// Sends the browser to NetAtmo. A key in the address has to be one that the dashboard gave out.
    @Sendable private func authorize(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        if let key = request.uri.queryParameters["key"] {
            guard let key = Secret(String(key)), await signIn.redeem(key: key) else {
                return .text(
                    .forbidden, "This sign-in address was used or is older than 10 minutes: press a in the dashboard for a new one.")
            }
        } else if Self.isFromAnotherSite(request) {
            return .text(.forbidden, "Signing in can't be started by another site.")
        }
        guard let url = await signIn.authorizeURL(redirectURI: redirectURI()) else { throw HTTPError(.internalServerError) }
        await signIn.browserLeft()
        return .found(url)
    }

    /// Takes NetAtmo's answer, which the browser brings back.
    @Sendable private func callback(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        guard let answer = AuthorizationAnswer(query: request.uri.query ?? "") else {
            return .text(.badRequest, "NetAtmo's answer holds neither a code nor an error.")
        }
        return await redirectHome { () async throws(SignInError) in
            _ = try await signIn.complete(answer, redirectURI: redirectURI())
        }
    }

    /// Takes a refresh token from the form of the home page.
    @Sendable private func setToken(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        guard Self.isFromOwnPage(request) else {
            return .text(.forbidden, "This form can't be sent from another site.")
        }
        let body = try await request.body.collect(upTo: 8192)
        let fields = PercentEncoding.pairs(in: String(buffer: body)) ?? []
        let text = fields.first { $0.name == "refresh_token" }?.value ?? ""
        guard let token = Secret(text.filter { !$0.isWhitespace }) else {
            return .text(.badRequest, "refresh_token is empty; expected the refresh token of NetAtmo's developer portal.")
        }
        return await redirectHome { () async throws(SignInError) in
            _ = try await signIn.adopt(refreshToken: token)
        }
    }

    /// Whether the browser says that a page of another site led here.
    private static func isFromAnotherSite(_ request: Request) -> Bool {
        HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] }.map { $0 != "same-origin" && $0 != "none" } ?? false
    }

    /// Whether a form was sent by our own page, as far as the browser tells. No page at all is fine: that is curl.
    private static func isFromOwnPage(_ request: Request) -> Bool {
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }) {
            return site == "same-origin" || site == "none"
        }
        // Older browsers say where the page is from; `null` where it asked them, as ours does, not to tell.
        guard let origin = request.headers[.origin], origin != "null" else { return true }
        return origin == "http://\(request.head.authority ?? "")"
    }

    private func redirectHome(after step: () async throws(SignInError) -> Void) async -> Response {
        do throws(SignInError) {
            try await step()
            return .found("/")
        } catch {
            return .text(.badRequest, "Signing in failed: \(error)")
        }
    }
}
