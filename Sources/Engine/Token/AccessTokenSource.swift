import EngineAPI
import Homes
import Netatmo
import OperatingSystem

/// Where requests get their access tokens from.
protocol AccessTokenSource: Sendable {
    /// A token that works now.
    func accessToken() async throws(NoToken) -> Secret
    /// Another one in place of one that NetAtmo refused.
    func accessToken(replacing refused: Secret) async throws(NoToken) -> Secret
    /// How many new tokens came so far.
    var tokensReceived: TokenCount { get async }
    /// What there is, as far as it is known at once.
    var status: TokenStatus { get }
}

extension TokenKeeper: AccessTokenSource {}

/// Why a request that takes an access token brought nothing.
enum AuthorizedRequestFailure: Error {
    /// NetAtmo did not give it, or not a token that it takes.
    case netatmo(NetatmoError)
    case noToken
    case cancelled

    fileprivate init(_ error: NetatmoError) {
        // A task that is cancelled gets an error of its own making.
        self = Task.isCancelled ? .cancelled : .netatmo(error)
    }
}

extension AccessTokenSource {
    /// Carries out a request with an access token. Where NetAtmo refuses that before its time, the token's keeper gives another one,
    /// after the one refresh that all wait for, and the request is tried once more.
    func authorized<Answer>(
        _ request: (Secret) async throws(NetatmoError) -> Answer
    ) async throws(AuthorizedRequestFailure) -> Answer {
        let token = try await Self.result(of: { () async throws(NoToken) in try await accessToken() })
        do throws(NetatmoError) {
            return try await request(token)
        } catch {
            guard error.kind == .unauthorized, !Task.isCancelled else { throw AuthorizedRequestFailure(error) }
        }
        let other = try await Self.result(of: { () async throws(NoToken) in try await accessToken(replacing: token) })
        do throws(NetatmoError) {
            return try await request(other)
        } catch {
            throw AuthorizedRequestFailure(error)
        }
    }

    private static func result(of token: () async throws(NoToken) -> Secret) async throws(AuthorizedRequestFailure) -> Secret {
        do {
            return try await token()
        } catch {
            switch error {
            case .renewalFailed(let error): throw AuthorizedRequestFailure(error)
            case .state: throw Task.isCancelled ? .cancelled : .noToken
            }
        }
    }
}
