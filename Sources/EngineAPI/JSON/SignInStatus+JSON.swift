extension SignInStatus: Codable {
    private enum Word: String, Codable {
        case idle, offered, waiting, exchanging, succeeded, failed
    }

    package func encode(to encoder: any Encoder) throws {
        let json: StatusObject =
            switch self {
            case .idle: [.state: Word.idle]
            case .offered(let expires): [.state: Word.offered, .until: expires]
            case .waitingForNetatmo(let since): [.state: Word.waiting, .since: since]
            case .exchanging: [.state: Word.exchanging]
            case .succeeded(let until): [.state: Word.succeeded, .until: until]
            case .failed(let reason): [.state: Word.failed, .reason: reason]
            }
        try json.encode(to: encoder, orNull: [.since, .until, .reason])
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        self =
            switch try json.required(.state) as Word {
            case .idle: .idle
            case .offered: .offered(expires: try json.required(.until))
            case .waiting: .waitingForNetatmo(since: try json.required(.since))
            case .exchanging: .exchanging
            case .succeeded: .succeeded(until: try json.required(.until))
            case .failed: .failed(reason: try json.required(.reason))
            }
    }
}
