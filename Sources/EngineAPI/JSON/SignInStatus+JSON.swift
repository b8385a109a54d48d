import FoundationEssentials

extension SignInStatus: Codable {
    private enum Word: String, Codable {
        case idle, offered, waiting, exchanging, succeeded, failed
    }

    package func encode(to encoder: any Encoder) throws {
        let values: (word: Word, since: Date?, until: Date?, reason: String?) =
            switch self {
            case .idle: (.idle, nil, nil, nil)
            case .offered(let expires): (.offered, nil, expires, nil)
            case .waitingForNetatmo(let since): (.waiting, since, nil, nil)
            case .exchanging: (.exchanging, nil, nil, nil)
            case .succeeded(let until): (.succeeded, nil, until, nil)
            case .failed(let reason): (.failed, nil, nil, reason)
            }
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(values.word, forKey: .state)
        try json.encode(values.since, forKey: .since)
        try json.encode(values.until, forKey: .until)
        try json.encode(values.reason, forKey: .reason)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        switch try json.decode(Word.self, forKey: .state) {
        case .idle: self = .idle
        case .offered: self = .offered(expires: try json.decode(Date.self, forKey: .until))
        case .waiting: self = .waitingForNetatmo(since: try json.decode(Date.self, forKey: .since))
        case .exchanging: self = .exchanging
        case .succeeded: self = .succeeded(until: try json.decode(Date.self, forKey: .until))
        case .failed: self = .failed(reason: try json.decode(String.self, forKey: .reason))
        }
    }
}
