public import FoundationEssentials

/// What happened to one request. Never holds a token, a code or a secret.
public struct RecordedRequest: Sendable, Equatable, Encodable {
    /// How a client asked for tokens.
    public enum Grant: String, Sendable, Encodable {
        /// With the code of a sign-in.
        case authorizationCode
        /// With a refresh token.
        case refreshToken
    }

    /// How a request ended.
    public enum Outcome: Sendable, Equatable {
        /// It hasn't yet.
        case inProgress
        /// With an answer of this HTTP status. Whether it arrived whole, ``RecordedRequest/fault`` tells.
        case answered(status: Int)
        /// Without an answer: a fault closed the connection, the client gave up or the simulator stopped.
        case connectionLost
    }

    /// Counts requests from 1, also those that are no longer remembered.
    public let number: Int
    /// What was asked for.
    public let endpoint: Endpoint
    /// When it arrived, by the simulator's clock.
    public let time: Date
    /// For ``Endpoint/token``: how, as far as the request said so.
    public internal(set) var grant: Grant?
    /// How it ended.
    public internal(set) var outcome = Outcome.inProgress
    /// For errors: the word of `/oauth2` (`invalid_grant`) or the code of `/api` (`2`).
    public internal(set) var error: String?
    /// The ``Fault/name`` of the fault it met.
    public internal(set) var fault: String?
    /// Whether it came with a refresh token that an earlier refresh had already replaced: a client that lost or reused a token.
    public internal(set) var usedReplacedToken: Bool
    /// How many refreshes were under way when it arrived, itself included: more than 1 is a client that races itself. 0 if it is none.
    public let refreshesInFlight: Int

    private enum CodingKeys: String, CodingKey {
        case number, endpoint, time, grant, outcome, status, error, fault
        case usedReplacedToken = "used_replaced_token"
        case refreshesInFlight = "refreshes_in_flight"
    }

    /// Writes one object; `time` is Unix seconds, `outcome` a word, and `status` comes with an answer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(number, forKey: .number)
        try container.encode(endpoint, forKey: .endpoint)
        try container.encode(time.timeIntervalSince1970, forKey: .time)
        try container.encodeIfPresent(grant, forKey: .grant)
        switch outcome {
        case .inProgress: try container.encode("inProgress", forKey: .outcome)
        case .connectionLost: try container.encode("connectionLost", forKey: .outcome)
        case .answered(let status):
            try container.encode("answered", forKey: .outcome)
            try container.encode(status, forKey: .status)
        }
        try container.encodeIfPresent(self.error, forKey: .error)
        try container.encodeIfPresent(fault, forKey: .fault)
        try container.encode(usedReplacedToken, forKey: .usedReplacedToken)
        try container.encode(refreshesInFlight, forKey: .refreshesInFlight)
    }
}
