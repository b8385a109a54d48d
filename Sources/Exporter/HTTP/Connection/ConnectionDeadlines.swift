import NIOCore

/// Decides when a connection has to be closed because its client is too slow.
///
/// A value without a timer or a socket. Times are those of the event loop, which no change of the clock moves.
///
/// | the client | may take |
/// |---|---|
/// | sends a request, from its first byte or from connecting on to its last | 10 s |
/// | takes none of an answer that waits for it | 10 s |
/// | asks for nothing more | 75 s |
struct ConnectionDeadlines {
    /// What a look at the connection leads to.
    enum Verdict: Hashable {
        case close
        /// Look again then.
        case lookAgain(at: NIODeadline)
    }

    private enum Reading: Hashable {
        /// Nothing of a request is there, until then at most.
        case idle(until: NIODeadline)
        /// A request is on its way, and has to be complete by then, whether it was answered meanwhile or not.
        case receiving(until: NIODeadline)
        /// All that came is complete, and some of it waits for its answer.
        case complete
    }

    private let limits: ConnectionLimits
    private var reading: Reading
    /// Requests whose head came and whose answer did not go.
    private var requestsToAnswer = 0
    /// Whether the last request's head came, and its end did not.
    private(set) var isIncomplete = false
    /// What of the answers the client had not taken when it was looked at, and until when some of it has to be gone.
    private var waitingBytes: (count: Int, until: NIODeadline)?

    /// A connection that was just accepted.
    init(at now: NIODeadline, limits: ConnectionLimits = ConnectionLimits()) {
        self.limits = limits
        reading = .receiving(until: now + limits.patience)
    }

    /// Whether no request that came whole waits for its answer. They are answered in their order.
    var isAtRest: Bool { requestsToAnswer == 0 || (isIncomplete && requestsToAnswer == 1) }

    /// Bytes came that complete nothing.
    mutating func receivedPart(at now: NIODeadline) {
        if case .receiving = reading { return }
        reading = .receiving(until: now + limits.patience)
    }

    /// The head of a request came.
    mutating func receivedHead(at now: NIODeadline) {
        receivedPart(at: now)
        requestsToAnswer += 1
        isIncomplete = true
    }

    /// The last byte of a request came.
    mutating func receivedEnd(at now: NIODeadline) {
        isIncomplete = false
        reading = requestsToAnswer > 0 ? .complete : .idle(until: now + limits.idleTime)
    }

    /// An answer was handed to the network, which may be before its request has ended.
    mutating func answered(at now: NIODeadline) {
        requestsToAnswer -= 1
        if requestsToAnswer == 0, reading == .complete { reading = .idle(until: now + limits.idleTime) }
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
            waitingBytes = (bufferedBytes, now + limits.patience)
        }
        switch reading {
        // Who still takes an answer is not idle.
        case .idle(let until) where bufferedBytes == 0, .receiving(let until):
            return now >= until ? .close : .lookAgain(at: min(until, now + limits.patience))
        case .idle, .complete:
            return .lookAgain(at: min(waitingBytes?.until ?? now + limits.patience, now + limits.patience))
        }
    }
}
