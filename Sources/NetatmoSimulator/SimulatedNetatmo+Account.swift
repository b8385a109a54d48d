/// Sign-in and tokens.
extension SimulatedNetatmo {
    /// GET shows the sign-in page, POST is its answer.
    func answerAuthorize(_ call: APICall) -> APIAnswer {
        guard let fields = call.fields else { return Self.refusal("The request's parameters can't be read.") }
        do throws(AuthorizationRequest.Problem) {
            let request = try AuthorizationRequest(fields: fields, clientID: configuration.clientID)
            return call.method == .get
                ? APIAnswer(page: SignInPage.page(for: request, clientID: configuration.clientID))
                : decide(request, decision: fields["decision"])
        } catch {
            switch error {
            case .untrusted(let message): return Self.refusal(message)
            case .redirect(let location): return APIAnswer(redirect: location, error: "invalid_request")
            }
        }
    }

    private func decide(_ request: AuthorizationRequest, decision: String?) -> APIAnswer {
        switch decision {
        case "accept":
            let code = codes.issue(
                redirectURI: request.redirectURI, scope: request.scope, now: now, lifetime: configuration.codeLifetime.wholeSeconds,
                using: &generator
            )
            return APIAnswer(redirect: request.accepted(code: code))
        case "deny":
            return APIAnswer(redirect: request.denied, error: "access_denied")
        default:
            return Self.refusal("The decision has to be accept or deny.")
        }
    }

    /// Exchanges a code or a refresh token for a new pair.
    func answerToken(_ call: APICall) -> APIAnswer {
        do throws(TokenRequest.Problem) {
            guard let fields = call.fields else { throw TokenRequest.Problem.invalidRequest }
            let request = try TokenRequest(fields: fields)
            guard request.clientID == configuration.clientID, request.clientSecret == configuration.clientSecret else {
                throw TokenRequest.Problem.invalidClient
            }
            let lifetime = configuration.tokenLifetime.wholeSeconds
            var answer = APIAnswer(json: TokenAnswer(pair: try exchange(request.grant, lifetime: lifetime), lifetime: lifetime))
            answer.headers = [("Cache-Control", "no-store")]
            return answer
        } catch {
            return APIAnswer(oauthError: error)
        }
    }

    private func exchange(_ grant: TokenRequest.Grant, lifetime: Int) throws(TokenRequest.Problem) -> TokenVault.Pair {
        let now = self.now
        switch grant {
        case .code(let code, let redirectURI, let asked):
            guard let granted = codes.redeem(code: code, redirectURI: redirectURI, now: now) else { throw .invalidGrant }
            guard asked.map({ Set($0) == Set(granted) }) ?? true else { throw .invalidScope }
            return vault.issue(scope: granted, now: now, lifetime: lifetime, using: &generator)
        case .refresh(let token):
            guard let pair = vault.rotate(refresh: token, now: now, lifetime: lifetime, using: &generator) else { throw .invalidGrant }
            return pair
        }
    }

    private static func refusal(_ message: String) -> APIAnswer {
        APIAnswer(page: SignInPage.refusal(message), status: 400, error: "invalid_request")
    }
}
