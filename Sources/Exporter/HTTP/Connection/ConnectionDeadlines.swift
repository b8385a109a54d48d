import NIOCore

/// Decides when a connection has to be closed because its client is too slow.
///
/// A value without a timer or a socket. Times are those of the event loop, which no change of the clock moves.
///
/// | the client | may take |
/// |---|---|
/// | sends a request, from its first byte or from connecting on | 10 s |
/// | takes none of an answer that waits for it | 10 s |
/// | asks for nothing more | 60 s |
struct ConnectionDeadlines {
    /// How long a client may take for a request, or let an answer wait.
    static let patience = TimeAmount.seconds(10)
    /// How long a connection is kept for the next request. Prometheus scrapes once a minute or more often.
    static let idleTime = TimeAmount.seconds(75)

    /// What a look at the connection leads to.
    enum Verdict: Hashable {
        case close
        /// Look again then.
        case lookAgain(at: NIODeadline)
    }

    private enum Reading: Hashable {
        /// Nothing of a request is there, until then at most.
        case idle(until: NIODeadline)
        /// A request is on its way, and has to be complete by then.
        case receiving(until: NIODeadline)
        /// A request is being answered; more may wait behind it.
        case answering
    }

    private var reading: Reading
    private var requestsToAnswer = 0
    /// What of the answers the client had not taken when it was looked at, and until when some of it has to be gone.
    private var waitingBytes: (count: Int, until: NIODeadline)?

    /// A connection that was just accepted.
    init(at now: NIODeadline) {
        reading = .receiving(until: now + Self.patience)
    }

    /// Whether every request was answered.
    var isAtRest: Bool { requestsToAnswer == 0 }

    /// Bytes came that are no complete request.
    mutating func receivedPart(at now: NIODeadline) {
        guard case .idle = reading else { return }
        reading = .receiving(until: now + Self.patience)
    }

    /// The last byte of a request came.
    mutating func receivedRequest() {
        requestsToAnswer += 1
        reading = .answering
    }

    /// An answer was handed to the network.
    mutating func answered(at now: NIODeadline) {
        requestsToAnswer -= 1
        if isAtRest { reading = .idle(until: now + Self.idleTime) }
    }

    /// Looks at the connection.
    ///
    /// - Parameter bufferedBytes: What the client has not taken yet.
    mutating func look(at now: NIODeadline, bufferedBytes: Int) -> Verdict {
        if bufferedBytes == 0 {
            waitingBytes = nil
        } else if let waiting = waitingBytes, bufferedBytes >= waiting.count {
            if now >= waiting.until { return .close }
        } else {
            waitingBytes = (bufferedBytes, now + Self.patience)
        }
        switch reading {
        // Who still takes an answer is not idle.
        case .idle(let until) where bufferedBytes == 0, .receiving(let until):
            return now >= until ? .close : .lookAgain(at: min(until, now + Self.patience))
        case .idle, .answering:
            return .lookAgain(at: min(waitingBytes?.until ?? now + Self.patience, now + Self.patience))
        }
    }
}
