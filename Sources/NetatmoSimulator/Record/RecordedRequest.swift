package import FoundationEssentials

/// What happened to one request. Never holds a token, a code or a secret.
package struct RecordedRequest: Sendable, Equatable, Encodable {
    package enum Grant: String, Sendable, Encodable {
        case authorizationCode, refreshToken
    }

    package enum Outcome: Sendable, Equatable {
        case inProgress
        /// With an answer of this HTTP status. Whether it arrived whole, ``RecordedRequest/fault`` tells.
        case answered(status: Int)
        /// Without an answer: a fault closed the connection, the client gave up or the simulator stopped.
        case connectionLost
    }

    /// Counts requests from 1, also those that are no longer remembered.
    package let number: Int
    package let endpoint: Endpoint
    /// When it arrived, by the simulator's clock.
    package let time: Date
    /// For ``Endpoint/token``: how, as far as the request said so.
    package internal(set) var grant: Grant?
    package internal(set) var outcome = Outcome.inProgress
    /// For errors: the word of `/oauth2` (`invalid_grant`) or the code of `/api` (`2`).
    package internal(set) var error: String?
    /// The ``Fault/name`` of the fault it met.
    package internal(set) var fault: String?
    /// Whether it came with a refresh token that an earlier refresh had already replaced: a client that lost or reused a token.
    package internal(set) var usedReplacedToken: Bool
    /// How many refreshes were under way when it arrived, itself included: more than 1 is a client that races itself. 0 if it is none.
    package let refreshesInFlight: Int

    private enum CodingKeys: String, CodingKey {
        case number, endpoint, time, grant, outcome, status, error, fault
        case usedReplacedToken = "used_replaced_token"
        case refreshesInFlight = "refreshes_in_flight"
    }

    /// Writes one object; `time` is Unix seconds, `outcome` a word, and `status` comes with an answer.
    package func encode(to encoder: any Encoder) throws {
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
