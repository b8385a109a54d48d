import FoundationEssentials
import Homes
import OperatingSystem

/// The authorization in JSON, with its state at a time.
struct JudgedToken: Encodable {
    let status: TokenStatus
    let now: Date

    func encode(to encoder: any Encoder) throws {
        let judged: StatusObject = [
            .state: status.state(at: now).rawValue, .isValid: status.isValid(at: now), .expiry: status.expiry,
            .canRenew: status.canRenew, .renewal: status.renewal, .saving: status.saving,
        ]
        let json = judged + status.possession.json
        try json.encode(to: encoder, orNull: [.lifetimeSeconds, .renewsAt, .ignoredSince, .error])
    }
}

extension TokenStatus: Decodable {
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        self.init(possession: try Possession(json), renewal: try json.required(.renewal), saving: try json.required(.saving))
    }
}

extension TokenStatus.Possession {
    /// What there is, in a word.
    private enum Word: String, Codable {
        case none, refreshToken, token, rejected
    }

    fileprivate var json: StatusObject {
        switch self {
        case .none(nil): [.possession: Word.none]
        case .none(let ignored?): [.possession: Word.none, .ignoredSince: ignored.since, .error: Self.expired(ignored.since)]
        case .refreshTokenOnly: [.possession: Word.refreshToken]
        case .token(let expiry, let lifetime, let renewsAt):
            [.possession: Word.token, .lifetimeSeconds: expiry.map { _ in lifetime.rounded() }, .renewsAt: renewsAt]
        case .rejected(let error, _): [.possession: Word.rejected, .error: error]
        }
    }

    private static func expired(_ since: Date) -> StatusObject {
        [.kind: "expired", .text: "the token in the file had expired at \(RFC3339.text(since)) and was ignored"]
    }

    fileprivate init(_ json: KeyedDecodingContainer<StatusKey>) throws {
        let expiry: Date? = try json.optional(.expiry)
        switch try json.required(.possession) as Word {
        case .none:
            let (canRenew, since): (Bool, Date?) = (try json.required(.canRenew), try json.optional(.ignoredSince))
            self = .none(ignored: since.map { .init(since: $0, canRenew: canRenew) })
        case .refreshToken: self = .refreshTokenOnly
        case .token:
            self = .token(expiry: expiry, lifetime: try json.optional(.lifetimeSeconds) ?? 0, renewsAt: try json.optional(.renewsAt))
        case .rejected: self = .rejected(try json.required(.error), expiry: expiry)
        }
    }
}

extension TokenStatus.Renewal: Codable {
    private enum Word: String, Codable {
        case idle, underWay, failing
    }

    package func encode(to encoder: any Encoder) throws {
        let json: StatusObject =
            switch self {
            case .idle: [.state: Word.idle, .tries: 0]
            case .underWay(let since): [.state: Word.underWay, .since: since, .tries: 0]
            case .failing(let error, let tries, let next): [.state: Word.failing, .tries: tries, .next: next, .error: error]
            }
        try json.encode(to: encoder, orNull: [.since, .next, .error])
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        self =
            switch try json.required(.state) as Word {
            case .idle: .idle
            case .underWay: .underWay(since: try json.required(.since))
            case .failing: .failing(try json.required(.error), tries: try json.required(.tries), next: try json.optional(.next))
            }
    }
}

extension TokenStatus.Saving: Codable {
    private enum Word: String, Codable {
        case nothing, saved, failed, blocked
    }

    package func encode(to encoder: any Encoder) throws {
        let json: StatusObject =
            switch self {
            case .nothing: [.state: Word.nothing]
            case .saved(let time): [.state: Word.saved, .at: time]
            case .failed(let error, let next): [.state: Word.failed, .next: next, .error: error]
            case .blocked(let error, let next): [.state: Word.blocked, .next: next, .error: error]
            }
        try json.encode(to: encoder, orNull: [.at, .next, .error])
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        self =
            switch try json.required(.state) as Word {
            case .nothing: .nothing
            case .saved: .saved(try json.required(.at))
            case .failed: .failed(try json.required(.error), next: try json.required(.next))
            case .blocked: .blocked(try json.required(.error), next: try json.required(.next))
            }
    }
}
