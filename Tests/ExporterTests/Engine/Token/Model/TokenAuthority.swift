import Homes
import Netatmo
import TestSupport

/// NetAtmo as far as tokens go: which refresh tokens work, and how it answers at the moment. A value, so that a model can ask the
/// same as the keeper does and gets the same answer.
struct TokenAuthority: Sendable {
    /// How it answers.
    enum Mood: Sendable, CaseIterable {
        case willing, outOfOrder, silent, refusing
        /// It rotates the tokens, and the answer is lost.
        case losingAnswers
    }

    /// What came back.
    enum Answer: Sendable {
        case grant(access: String, refresh: String, seconds: Int)
        case failure(NetatmoError.Kind)

        /// As it comes over the wire.
        var reply: Reply {
            switch self {
            case .grant(let access, let refresh, let seconds): .grant(access, refresh, seconds: seconds)
            case .failure(.outage): .outage
            case .failure(.invalidGrant): .oauthError("invalid_grant")
            case .failure(let kind): .failure(NetatmoError(kind))
            }
        }
    }

    var mood = Mood.willing
    private var living: Set<String>
    private var granted = 0

    init(living: Set<String>) {
        self.living = living
    }

    /// The user got a refresh token elsewhere.
    mutating func grantElsewhere(_ refreshToken: String) {
        living.insert(refreshToken)
    }

    /// - Parameter refreshToken: What the request spends; `nil` for a code, which always works.
    mutating func answer(spending refreshToken: String?) -> Answer {
        switch mood {
        case .outOfOrder: return .failure(.outage)
        case .silent: return .failure(.timeout)
        case .refusing: return .failure(.invalidGrant)
        case .willing, .losingAnswers: break
        }
        if let refreshToken, living.remove(refreshToken) == nil { return .failure(.invalidGrant) }
        if mood == .losingAnswers { return .failure(.timeout) }
        granted += 1
        living.insert("refresh-\(granted)")
        return .grant(access: "access-\(granted)", refresh: "refresh-\(granted)", seconds: [10_800, 15, 300, 2][granted % 4])
    }
}
