import NIOCore

/// Decides when a connection is closed because its client is too slow: a value without a timer or a socket, by the monotonic clock of
/// the event loop.
///
/// | what the client has to do | in time |
/// |---|---|
/// | send a whole request, once it has connected or sent the first byte | 10 s |
/// | take some of the answer that is buffered for it | 10 s |
/// | send another request, once it has taken all answers | 75 s |
struct ConnectionDeadlines {
    /// What a look at the connection leads to.
    enum Verdict: Hashable {
        case close
        case lookAgain(at: NIODeadline)
    }

    private enum Reading: Hashable {
        /// Between two requests. The next one has to begin by then.
        case idle(until: NIODeadline)
        /// In the midst of a request, which has to be complete by then, even if its answer is written before.
        case receiving(until: NIODeadline)
        /// Behind whole requests, of which some wait for their answers.
        case complete
    }

    private let limits: ConnectionLimits
    private var reading: Reading
    /// Requests whose head has come, and whose answer has not been written.
    private var requestsToAnswer = 0
    /// Whether the last request has begun and not ended.
    private(set) var isIncomplete = false
    /// How many bytes were buffered for the client at a look, and by when it has to have taken some of them.
    private var waitingBytes: (count: Int, until: NIODeadline)?

    /// A connection that was just accepted.
    init(at now: NIODeadline, limits: ConnectionLimits = ConnectionLimits()) {
        self.limits = limits
        reading = .receiving(until: now + limits.patience)
    }

    /// Whether each whole request is answered. One that is incomplete is the last, since they are answered in their order.
    var isAtRest: Bool { requestsToAnswer == 0 || (isIncomplete && requestsToAnswer == 1) }

    mutating func receivedPart(at now: NIODeadline) {
        if case .receiving = reading { return }
        reading = .receiving(until: now + limits.patience)
    }

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

    /// An answer was written, which may be before its request has ended.
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
        // A client that still takes an answer is not idle.
        case .idle(let until) where bufferedBytes == 0, .receiving(let until):
            return now >= until ? .close : .lookAgain(at: min(until, now + limits.patience))
        case .idle, .complete:
            return .lookAgain(at: min(waitingBytes?.until ?? now + limits.patience, now + limits.patience))
        }
    }
}
