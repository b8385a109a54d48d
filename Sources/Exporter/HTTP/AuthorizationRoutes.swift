import HTTPTypes
import Hummingbird
import Netatmo
import NIOCore

/// Signing in through a browser: `/auth/authorize`, `/auth/callback` and `/auth/settoken`.
struct AuthorizationRoutes: Sendable {
    let signIn: SignInDesk
    /// Where NetAtmo sends the browser back to. Never taken from a request.
    let redirectURI: @Sendable () -> String

    func add(to router: some RouterMethods<ExporterRequestContext>) {
        router.group("auth")
            .get("authorize", use: authorize)
            .get("callback", use: callback)
            .post("settoken", use: setToken)
    }

    /// Sends the browser to NetAtmo. Who is not trusted by where they are needs a one-time key, and a key that is given has to
    /// be good.
    @Sendable private func authorize(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        if let key = request.uri.queryParameters["key"] {
            guard let key = Secret(String(key)), await signIn.redeem(key: key) else { return await refused(.usedKey) }
            guard let url = await signIn.sendBrowserWithKey(redirectURI: redirectURI()) else { throw HTTPError(.internalServerError) }
            return .found(url)
        }
        guard RequestOrigin(request, context: context).isTrusted else { return await refused(.noKey) }
        let authority = request.head.authority ?? ""
        guard let (url, cookie) = await signIn.sendBrowser(from: authority, redirectURI: redirectURI()) else {
            throw HTTPError(.internalServerError)
        }
        var response = Response.found(url)
        response.headers[.setCookie] = Cookie.signIn.field(cookie)
        return response
    }

    /// Takes NetAtmo's answer, which the browser brings back.
    @Sendable private func callback(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        guard let answer = AuthorizationAnswer(query: request.uri.query ?? "") else {
            return .text(.badRequest, "NetAtmo's answer holds neither a code nor an error.")
        }
        if let address = await addressWithCookie(request, state: answer.state) { return .found(address) }
        let cookies = Cookie.signIn.values(in: request)
        return await redirectHome { () async throws(SignInError) in
            _ = try await signIn.complete(answer, cookies: cookies, redirectURI: redirectURI())
        }
    }

    /// Where the answer has to go on to: NetAtmo sends every browser back to one and the same name of this exporter, but a
    /// browser keeps its cookie for the name that it began with, such as `localhost` for `127.0.0.1`.
    private func addressWithCookie(_ request: Request, state: Secret?) async -> String? {
        guard let state, let authority = await signIn.authority(ofState: state), let here = request.head.authority,
            Authority(authority)?.host != Authority(here)?.host
        else { return nil }
        return "http://\(authority)/auth/callback?\(request.uri.query ?? "")"
    }

    /// Takes a refresh token from the form of the home page, or from who has a one-time key.
    @Sendable private func setToken(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        let body = try await request.body.collect(upTo: ConnectionGuard.longestBody)
        let form = PercentEncoding.pairs(in: String(buffer: body)) ?? []
        func secret(_ name: String) -> Secret? {
            form.first { $0.name == name }.flatMap { Secret($0.value.filter { !$0.isWhitespace }) }
        }
        guard let token = secret("refresh_token") else {
            return .text(.badRequest, "refresh_token is empty; expected the refresh token of NetAtmo's developer portal.")
        }
        if let key = request.uri.queryParameters["key"].flatMap({ Secret(String($0)) }) ?? secret("key") {
            guard await signIn.redeem(key: key) else { return await refused(.usedKey) }
        } else {
            guard RequestOrigin(request, context: context, mayHideSite: true).isTrusted else { return await refused(.noKey) }
            guard let formToken = secret("form_token"),
                await signIn.accepts(formToken: formToken, cookies: Cookie.form.values(in: request))
            else { return .text(.forbidden, "This form is not of this exporter's page, or too old: open / again, or send a one-time key.") }
        }
        return await redirectHome { () async throws(SignInError) in
            _ = try await signIn.adopt(refreshToken: token)
        }
    }

    private enum Refusal: String {
        case noKey =
            "Signing in from here needs a one-time key: press a in the dashboard, or see the log of serve, which gives one while there is no token."
        case usedKey =
            "This one-time key was used or is older than 10 minutes: press a in the dashboard for a new one, or see the log of serve."
    }

    private func refused(_ refusal: Refusal) async -> Response {
        await signIn.announceKey(isAskedFor: true)
        return .text(.forbidden, refusal.rawValue)
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
