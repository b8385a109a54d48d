import FoundationEssentials
import Homes
import OperatingSystem

/// The authorization in JSON, with its state at a time.
struct JudgedToken: Encodable {
    let status: TokenStatus
    let now: Date

    func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(status.state(at: now).rawValue, forKey: .state)
        try json.encode(status.isValid(at: now), forKey: .isValid)
        try json.encode(status.expiry, forKey: .expiry)
        try json.encode(status.canRenew, forKey: .canRenew)
        try json.encode(status.renewal, forKey: .renewal)
        try json.encode(status.saving, forKey: .saving)
        try encode(status.possession, to: &json)
    }

    private func encode(_ possession: TokenStatus.Possession, to json: inout KeyedEncodingContainer<StatusKey>) throws {
        var (lifetime, renewsAt, ignoredSince): (Double?, Date?, Date?)
        var refusal: NetatmoError?
        switch possession {
        case .none(let ignored): ignoredSince = ignored?.since
        case .refreshTokenOnly: break
        case .token(let expiry, let life, let renewal): (lifetime, renewsAt) = (expiry.map { _ in life.rounded() }, renewal)
        case .rejected(let error, _): refusal = error
        }
        try json.encode(PossessionWord(possession), forKey: .possession)
        try json.encode(lifetime, forKey: .lifetimeSeconds)
        try json.encode(renewsAt, forKey: .renewsAt)
        try json.encode(ignoredSince, forKey: .ignoredSince)
        if let ignoredSince {
            let text = "the token in the file had expired at \(RFC3339.text(ignoredSince)) and was ignored"
            var error = json.nestedContainer(keyedBy: StatusKey.self, forKey: .error)
            try error.encode("expired", forKey: .kind)
            try error.encode(text, forKey: .text)
        } else {
            try json.encode(refusal, forKey: .error)
        }
    }
}

/// What there is, in a word.
private enum PossessionWord: String, Codable {
    case none, refreshToken, token, rejected

    init(_ possession: TokenStatus.Possession) {
        self =
            switch possession {
            case .none: .none
            case .refreshTokenOnly: .refreshToken
            case .token: .token
            case .rejected: .rejected
            }
    }
}

extension TokenStatus: Decodable {
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        self.init(
            possession: try Possession(json), renewal: try json.decode(Renewal.self, forKey: .renewal),
            saving: try json.decode(Saving.self, forKey: .saving)
        )
    }
}

extension TokenStatus.Possession {
    fileprivate init(_ json: KeyedDecodingContainer<StatusKey>) throws {
        let expiry = try json.optional(.expiry, Date.self)
        switch try json.decode(PossessionWord.self, forKey: .possession) {
        case .none:
            let canRenew = try json.decode(Bool.self, forKey: .canRenew)
            self = .none(ignored: try json.optional(.ignoredSince, Date.self).map { .init(since: $0, canRenew: canRenew) })
        case .refreshToken: self = .refreshTokenOnly
        case .token:
            self = .token(expiry: expiry, lifetime: try json.optional(.lifetimeSeconds) ?? 0, renewsAt: try json.optional(.renewsAt))
        case .rejected: self = .rejected(try json.decode(NetatmoError.self, forKey: .error), expiry: expiry)
        }
    }
}

extension TokenStatus.Renewal: Codable {
    private enum Word: String, Codable {
        case idle, underWay, failing
    }

    package func encode(to encoder: any Encoder) throws {
        let values: (word: Word, since: Date?, tries: Int, next: Date?, error: NetatmoError?) =
            switch self {
            case .idle: (.idle, nil, 0, nil, nil)
            case .underWay(let since): (.underWay, since, 0, nil, nil)
            case .failing(let error, let tries, let next): (.failing, nil, tries, next, error)
            }
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(values.word, forKey: .state)
        try json.encode(values.since, forKey: .since)
        try json.encode(values.tries, forKey: .tries)
        try json.encode(values.next, forKey: .next)
        try json.encode(values.error, forKey: .error)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        switch try json.decode(Word.self, forKey: .state) {
        case .idle: self = .idle
        case .underWay: self = .underWay(since: try json.decode(Date.self, forKey: .since))
        case .failing:
            self = .failing(
                try json.decode(NetatmoError.self, forKey: .error), tries: try json.decode(Int.self, forKey: .tries),
                next: try json.optional(.next))
        }
    }
}

extension TokenStatus.Saving: Codable {
    private enum Word: String, Codable {
        case nothing, saved, failed, blocked
    }

    package func encode(to encoder: any Encoder) throws {
        let values: (word: Word, time: Date?, next: Date?, error: TokenFileError?) =
            switch self {
            case .nothing: (.nothing, nil, nil, nil)
            case .saved(let time): (.saved, time, nil, nil)
            case .failed(let error, let next): (.failed, nil, next, error)
            case .blocked(let error, let next): (.blocked, nil, next, error)
            }
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(values.word, forKey: .state)
        try json.encode(values.time, forKey: .at)
        try json.encode(values.next, forKey: .next)
        try json.encode(values.error, forKey: .error)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        switch try json.decode(Word.self, forKey: .state) {
        case .nothing: self = .nothing
        case .saved: self = .saved(try json.decode(Date.self, forKey: .at))
        case .failed: self = .failed(try json.decode(TokenFileError.self, forKey: .error), next: try json.decode(Date.self, forKey: .next))
        case .blocked:
            self = .blocked(try json.decode(TokenFileError.self, forKey: .error), next: try json.decode(Date.self, forKey: .next))
        }
    }
}
