package import OperatingSystem

/// Why NetAtmo did not give what it was asked for.
package struct NetatmoError: Error, Sendable, Hashable {
    /// What kind of failure it is, which says what helps.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// No answer: no connection, one that was cut off before the answer, a name that is not found, TLS.
        case network
        /// The server's certificate is refused: expired, of an authority that is not trusted, or for another host.
        case certificate
        case connectTimeout = "connect_timeout"
        /// No answer in time, or not all of it.
        case timeout
        /// The access token is unknown or has expired (403 with code 2 or 3): a refresh helps.
        case unauthorized
        /// The token lacks a scope (code 13): only signing in again helps.
        case wrongScope = "wrong_scope"
        /// The refresh token or the code is used, revoked or foreign.
        case invalidGrant = "invalid_grant"
        /// Wrong client id or secret.
        case invalidClient = "invalid_client"
        /// The user's quota is used up (code 26): a long wait helps.
        case quota
        /// Too many requests (429 without a code of NetAtmo): a wait helps.
        case rateLimited = "rate_limited"
        /// The service sheds load (code 11): a short wait helps.
        case busy
        /// The service is out of order (5xx): waiting helps, minutes to hours.
        case outage
        /// A web page with a status other than 5xx: something that stands in NetAtmo's place.
        case html
        /// The connection ended in the middle of the answer.
        case truncated
        /// An answer of more than 8 MiB, or of more values than any account has.
        case tooLarge = "too_large"
        /// An answer that is none: not HTTP, not JSON, or without what has to be in it.
        case invalidAnswer = "invalid_answer"
        /// Any other refusal.
        case refused
        /// Not sent: NetAtmo's limits allow no more requests for now.
        case heldBack = "held_back"
    }

    package let kind: Kind
    /// The status of the HTTP answer, if there was one.
    package let status: Int?
    /// NetAtmo's own code: a number from `/api`, a word such as `invalid_grant` from `/oauth2`.
    package let code: String?
    /// What NetAtmo or the network said, in one line of at most 200 characters, without secrets.
    package let message: String?
    /// How long NetAtmo asks to wait, at most an hour.
    package let retryAfter: Duration?
    /// Whether NetAtmo may have done what was asked although no usable answer came: a refresh may have replaced both tokens.
    /// False where the request can't have arrived, or was answered with a refusal.
    package let mayHaveBeenCarriedOut: Bool

    /// Creates an error; the message is cut to one harmless line.
    package init(
        _ kind: Kind, status: Int? = nil, code: String? = nil, message: String? = nil, retryAfter: Duration? = nil,
        mayHaveBeenCarriedOut: Bool = false
    ) {
        self.kind = kind
        self.status = status
        self.code = code.map { $0.harmlessLine(limit: 40) }
        self.message = message.map { $0.harmlessLine(limit: 200) }
        self.retryAfter = retryAfter.map { min(max($0, .zero), .seconds(3600)) }
        self.mayHaveBeenCarriedOut = mayHaveBeenCarriedOut
    }
}

extension NetatmoError: CustomStringConvertible {
    /// One line: what kind it is, the HTTP status, NetAtmo's code and message.
    package var description: String {
        let answer = [status.map { "HTTP \($0)" }, code.map { "code \($0)" }].compactMap(\.self).joined(separator: ", ")
        let detail = [answer, message ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
        return detail.isEmpty ? kind.words : "\(kind.words) (\(detail))"
    }
}

extension NetatmoError.Kind {
    package var words: String {
        switch self {
        case .network: "no connection"
        case .certificate: "certificate refused"
        case .connectTimeout: "no connection in time"
        case .timeout: "no answer in time"
        case .unauthorized: "access token refused"
        case .wrongScope: "the token lacks a right, sign in again"
        case .invalidGrant: "refresh token or code refused"
        case .invalidClient: "client id or secret is wrong"
        case .quota: "request quota used up"
        case .rateLimited: "too many requests"
        case .busy: "NetAtmo is busy"
        case .outage: "NetAtmo is out of order"
        case .html: "a web page in place of an answer"
        case .truncated: "answer cut off"
        case .tooLarge: "answer too large"
        case .invalidAnswer: "unusable answer"
        case .refused: "refused"
        case .heldBack: "held back, NetAtmo allows no more requests for now"
        }
    }
}

extension NetatmoError {
    /// Whether NetAtmo, or its limits, want no more requests for a while, from any part of the program.
    package var asksToWait: Bool {
        switch kind {
        case .quota, .rateLimited, .busy, .heldBack: true
        default: retryAfter.map { $0 > .zero } ?? false
        }
    }

    /// A refusal for want of a right as one that is not believed yet: now and then NetAtmo says so of a token that has it.
    package var unconfirmed: NetatmoError {
        guard kind == .wrongScope else { return self }
        return NetatmoError(.refused, status: status, code: code, message: message, retryAfter: retryAfter)
    }

    /// The same error without its texts where they repeat a secret: a server that echoes what it was sent must not bring
    /// one onto the screen.
    package func hiding(_ secrets: [Secret]) -> NetatmoError {
        let isShown = [code, message].compactMap(\.self).contains { text in secrets.contains { text.holdsPart(of: $0) } }
        guard isShown else { return self }
        return NetatmoError(
            kind, status: status, message: "message withheld: it repeats a secret", retryAfter: retryAfter,
            mayHaveBeenCarriedOut: mayHaveBeenCarriedOut
        )
    }
}

extension String {
    /// Whether any eight characters in a row of a secret, or all of a shorter one, are in the text. A part is enough, since
    /// a text may be cut in the middle of a secret, or hold it with its `|` percent-encoded.
    fileprivate func holdsPart(of secret: Secret) -> Bool {
        let haystack = Array(utf8)
        let needle = Array(secret.reveal().utf8)
        let width = Swift.min(8, needle.count)
        guard width >= 4, haystack.count >= width else { return false }
        let parts = Set((0...needle.count - width).map { needle[$0..<$0 + width] })
        return (0...haystack.count - width).contains { parts.contains(haystack[$0..<$0 + width]) }
    }
}
