import Engine
import EngineAPI
import HTTPTypes
import Hummingbird
import NIOCore
import OperatingSystem

/// Signing in through a browser: `/auth/authorize`, `/auth/callback` and `/auth/settoken`.
struct AuthorizationRoutes: Sendable {
    let signIn: SignInDesk
    let site: ExporterSite
    let refusals: RefusalLog
    /// NetAtmo's address, where signing in leads to.
    let apiURL: String
    /// Where NetAtmo sends the browser back to. Never taken from a request.
    let redirectURI: @Sendable () -> String

    var routes: [Route] {
        [
            Route(.authorize, [.get: authorize, .post: authorizeWithKey]), Route(.callback, [.get: callback]),
            Route(.setToken, [.post: setToken]),
        ]
    }

    /// Sends a browser of this machine to NetAtmo. Any other needs a one-time key, and so does one that brings a key: the page's button
    /// spends it, never the opening of an address.
    @Sendable private func authorize(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        if let key = request.uri.queryParameters["key"] {
            guard let page = SignInPage(key: key, warning: signIn.warning) else { return await refusedPage(.usedKey, context) }
            return response(page, .ok)
        }
        let origin = RequestOrigin(request, context: context, site: site)
        guard origin.isTrusted, let authority = site.ownAuthority(of: request) else { return await refusedPage(.noKey, context) }
        if let obstacle = await signIn.obstacle() { return failed(obstacle) }
        switch await signIn.sendBrowser(from: authority, cookies: ExporterCookie.signIn.values(in: request), redirectURI: redirectURI()) {
        case .sent(let url, let cookie):
            var response = Response.found(url)
            response.setCookie(try ExporterCookie.signIn.cookie(cookie, for: site))
            return response
        case .tooMany:
            refusals.record(.tooMany, from: context.remoteAddress?.ipAddress)
            var response = Response.text(
                .tooManyRequests, "Too many sign-ins were begun and not ended: try again in ten minutes, or with a one-time key.")
            response.headers[.retryAfter] = "\(Int(OneTimeSecrets.lifetime))"
            return response
        case .noRandomness: throw RouteFailure.noRandomness
        }
    }

    /// Spends a one-time key, and sends the browser to NetAtmo.
    @Sendable private func authorizeWithKey(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        let form = try await Self.form(of: request)
        guard let key = form("key") else { return await refusedPage(.noKey, context) }
        guard await signIn.isGood(key: key) else { return await refusedPage(.usedKey, context) }
        if let obstacle = await signIn.obstacle() { return failed(obstacle) }
        guard await signIn.redeem(key: key) else { return await refusedPage(.usedKey, context) }
        guard let url = await signIn.sendBrowserWithKey(redirectURI: redirectURI()) else { throw RouteFailure.noRandomness }
        return .found(url)
    }

    /// Takes NetAtmo's answer, which the browser brings back.
    @Sendable private func callback(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        guard let answer = AuthorizationAnswer(query: request.uri.query ?? "") else {
            refusals.record(.unknownState, from: context.remoteAddress?.ipAddress)
            return .text(.badRequest, "NetAtmo's answer holds neither a code nor an error.")
        }
        if let address = await addressWithCookie(request, context: context, state: answer.state) { return .found(address) }
        let cookies = ExporterCookie.signIn.values(in: request)
        do throws(SignInError) {
            _ = try await signIn.complete(answer, cookies: cookies, redirectURI: redirectURI())
            return .found(site.address(of: .home))
        } catch .unknownState {
            refusals.record(.unknownState, from: context.remoteAddress?.ipAddress)
            return failed(.unknownState, hint: SignInError(settingsProblemIn: answer, redirectURI: redirectURI()))
        } catch {
            return failed(error)
        }
    }

    /// Where the answer has to go on to: NetAtmo sends every browser back to one and the same name of this exporter, but a
    /// browser keeps its cookie for the name that it began with, such as `localhost` for `127.0.0.1`.
    ///
    /// Never to another machine: both are loopback names with our port, and the browser that brings the answer is on this machine.
    private func addressWithCookie(_ request: Request, context: ExporterRequestContext, state: Secret?) async -> String? {
        guard let state, site.isFromThisMachine(request, context: context), let here = site.ownAuthority(of: request),
            let authority = await signIn.authority(ofState: state), authority != here
        else { return nil }
        return "\(site.ownScheme)://\(authority)\(site.address(of: .callback))?\(request.uri.query ?? "")"
    }

    /// Takes a refresh token from the form of the home page, or with a one-time key.
    @Sendable private func setToken(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        let form = try await Self.form(of: request)
        guard let text = form("refresh_token") else {
            return .text(.badRequest, "refresh_token is empty; expected the refresh token of NetAtmo's developer portal.")
        }
        guard let token = Secret.token(text.reveal()) else {
            return .text(.badRequest, "refresh_token is no token: expected up to \(Secret.longestToken) visible ASCII characters.")
        }
        if let key = request.uri.queryParameters["key"].flatMap({ Secret(String($0)) }) ?? form("key") {
            guard await signIn.isGood(key: key) else { return await refused(.usedKey, context) }
            if let obstacle = await signIn.obstacle() { return failed(obstacle) }
            guard await signIn.redeem(key: key) else { return await refused(.usedKey, context) }
        } else {
            guard RequestOrigin(request, context: context, site: site, mayHideSite: true).isTrusted else {
                return await refused(.noKey, context)
            }
            guard let formToken = form("form_token"),
                await signIn.accepts(formToken: formToken, cookies: ExporterCookie.form.values(in: request))
            else {
                refusals.record(.foreignForm, from: context.remoteAddress?.ipAddress)
                return .text(.forbidden, "This form is not of this exporter's page, or too old: open / again, or send a one-time key.")
            }
            if let obstacle = await signIn.obstacle() { return failed(obstacle) }
        }
        do throws(SignInError) {
            _ = try await signIn.adopt(refreshToken: token)
            return .found(site.address(of: .home))
        } catch {
            return failed(error)
        }
    }

    /// The fields of a form, without blanks.
    private static func form(of request: Request) async throws -> (String) -> Secret? {
        // Where the rest does not come, the client has gone.
        guard let body = try? await request.body.collect(upTo: ConnectionLimits.longestBody) else { throw HTTPError(.badRequest) }
        let pairs = PercentEncoding.pairs(in: String(buffer: body)) ?? []
        return { name in pairs.first { $0.name == name }.flatMap { Secret($0.value.filter { !$0.isWhitespace }) } }
    }
}

// MARK: - Refusals

extension AuthorizationRoutes {
    private enum Refusal: String {
        case noKey =
            "Signing in from here needs a one-time key: press a in the dashboard, or see the log of serve, which gives one while there is no token."
        case usedKey =
            "This one-time key was used or is older than 10 minutes: press a in the dashboard for a new one, or see the log of serve."

        var reason: RefusalLog.Reason {
            switch self {
            case .noKey: .noKey
            case .usedKey: .badKey
            }
        }
    }

    private func note(_ refusal: Refusal, _ context: ExporterRequestContext) async {
        refusals.record(refusal.reason, from: context.remoteAddress?.ipAddress)
        await signIn.announceKey(isAskedFor: true)
    }

    private func refused(_ refusal: Refusal, _ context: ExporterRequestContext) async -> Response {
        await note(refusal, context)
        return .text(.forbidden, refusal.rawValue)
    }

    /// The same for a browser that opened an address: with a field for a key.
    private func refusedPage(_ refusal: Refusal, _ context: ExporterRequestContext) async -> Response {
        await note(refusal, context)
        return response(.field(reason: refusal.rawValue, warning: signIn.warning), .forbidden)
    }

    private func response(_ page: SignInPage, _ status: HTTPResponse.Status) -> Response {
        var response = Response.page(status, contentType: "text/html; charset=utf-8", page.html(prefix: site.prefix))
        response.headers[.contentSecurityPolicy] = PageHeaders.contentSecurityPolicy(signInAt: apiURL)
        return response
    }

    /// - Parameter hint: What else the answer says, where it is about the settings of this exporter.
    private func failed(_ error: SignInError, hint: SignInError? = nil) -> Response {
        if case .notSavable = error {
            return .text(
                .serviceUnavailable,
                "Signing in is refused for now: \(error). Then try again: a key or a token that you sent is not used up.")
        }
        return .text(.badRequest, "Signing in failed: \(error)" + (hint.map { ". \($0)" } ?? ""))
    }
}
