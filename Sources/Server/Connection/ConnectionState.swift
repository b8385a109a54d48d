import NIOCore
import NIOHTTP1

/// Where a connection stands, and what follows from what happens on it: a state machine without a socket, which ``ConnectionGuard``
/// tells of events, and whose decisions it carries out.
struct ConnectionState {
    private enum Phase {
        case listening
        /// Nothing more is heard. What is due is answered.
        case answering
        /// The last answer was written. Nothing more is heard or said.
        case ended
    }

    /// What the client sends from now on.
    private enum Input {
        case open
        /// No more, which is told on once all is answered.
        case closing
        case closed
    }

    /// What came since bytes were last read.
    private enum Arrival {
        /// No whole part of a request.
        case nothing
        /// Parts, of which the last was not a request's end.
        case part
        case end
    }

    /// What the client wants of the connection once a request is answered.
    private enum Persistence {
        case close
        case keep
        /// Kept by a client of HTTP/1.0, who has to be told.
        case keepOld
    }

    private var phase = Phase.listening
    private var input = Input.open
    private var arrival = Arrival.nothing
    private var deadlines: ConnectionDeadlines
    private var bodyLength = 0
    /// Requests whose answer has not ended, in their order.
    private var requests: [(persistence: Persistence, isBeingAnswered: Bool)] = []
    /// Answers that were written and have not gone to the system.
    private var answersUnderWay = 0
    /// The server ends: so does the connection, as soon as nothing is due.
    private var isStopping = false

    init(at now: NIODeadline, limits: ConnectionLimits) {
        deadlines = ConnectionDeadlines(at: now, limits: limits)
    }

    var hasEnded: Bool { phase == .ended }

    /// Whether all answers to requests that came whole have gone to the system.
    private var isAtRest: Bool { deadlines.isAtRest && answersUnderWay == 0 }

    /// Looks whether the client is too slow.
    ///
    /// - Parameter bufferedBytes: What the client has not taken yet.
    mutating func look(at now: NIODeadline, bufferedBytes: Int) -> ConnectionDeadlines.Verdict {
        deadlines.look(at: now, bufferedBytes: bufferedBytes)
    }
}

// MARK: - Requests

extension ConnectionState {
    /// What becomes of a part of a request.
    enum Reception: Hashable {
        case pass
        /// It passes, and the next request waits for its answer.
        case passAndHoldBack
        /// It passes, and nothing more is heard.
        case passAsLast
        case refuse(RequestFault)
        case drop
    }

    mutating func received(_ part: HTTPServerRequestPart, at now: NIODeadline) -> Reception {
        arrival = if case .end = part { .end } else { .part }
        guard phase == .listening else { return .drop }
        switch part {
        case .head(let head):
            bodyLength = 0
            if let fault = RequestFault(head) { return .refuse(fault) }
            deadlines.receivedHead(at: now)
            requests.append((Self.persistence(after: head), false))
            return .pass
        case .body(let body):
            bodyLength += body.readableBytes
            return bodyLength <= ConnectionLimits.longestBody ? .pass : .refuse(.bodyTooLarge)
        case .end:
            deadlines.receivedEnd(at: now)
            guard requests.last?.persistence != .close else {
                phase = .answering
                return .passAsLast
            }
            return isAtRest ? .pass : .passAndHoldBack
        }
    }

    /// A client that wants another protocol is answered by this one, since there is no other (RFC 9110, section 7.8). But the decoder
    /// reads nothing behind such a request.
    private static func persistence(after head: HTTPRequestHead) -> Persistence {
        guard head.isKeepAlive, !head.headers.contains(name: "Upgrade"), !head.headers.contains(name: "HTTP2-Settings"),
            !head.headers[canonicalForm: "Connection"].contains(where: { $0.lowercased() == "upgrade" })
        else { return .close }
        return head.version == .http1_0 ? .keepOld : .keep
    }

    /// All that was read at once has been told.
    ///
    /// - Parameter endsWithBlankLine: Whether nothing of another request can stand behind the last one.
    mutating func readIsComplete(endsWithBlankLine: Bool, at now: NIODeadline) {
        switch arrival {
        case .nothing: deadlines.receivedPart(at: now)
        case .end where !endsWithBlankLine: deadlines.receivedPart(at: now)
        case .end, .part: break
        }
        arrival = .nothing
    }

    enum Refusal: Hashable {
        /// With an answer, the connection's last.
        case answer
        /// By closing the connection behind the answers that are due, or behind its own, which had begun.
        case behindAnswers
        /// By closing the connection: it was answered before it had ended.
        case end
        /// Not at all: nothing is heard any more.
        case none
    }

    /// Something came that is to be refused. Nothing more is heard.
    mutating func refuse() -> Refusal {
        guard phase == .listening else { return .none }
        phase = .answering
        let wasAnswered = deadlines.isIncomplete && requests.isEmpty
        if deadlines.isIncomplete, requests.last?.isBeingAnswered == false { requests.removeLast() }
        if let last = requests.indices.last {
            requests[last].persistence = .close
            return .behindAnswers
        }
        phase = .ended
        return wasAnswered ? .end : .answer
    }
}

// MARK: - Answers

extension ConnectionState {
    /// The head of an answer is written.
    ///
    /// - Returns: The field `Connection`, which says what becomes of the connection where the client would not expect it.
    mutating func answerBegins() -> String? {
        guard !requests.isEmpty else { return nil }
        requests[0].isBeingAnswered = true
        return switch requests[0].persistence {
        case .close: "close"
        case .keepOld: "keep-alive"
        case .keep: nil
        }
    }

    /// The end of an answer is written.
    mutating func answerEnds(at now: NIODeadline) {
        deadlines.answered(at: now)
        let persistence = requests.isEmpty ? .close : requests.removeFirst().persistence
        if persistence == .close || (isStopping && deadlines.isAtRest) { phase = .ended }
    }

    /// The end of an answer is on its way to the system.
    mutating func answerLeaves() {
        answersUnderWay += 1
    }

    /// What an answer that has gone to the system leads to.
    enum Departure: Hashable {
        /// Others are on their way.
        case wait
        /// None is, but more are due.
        case answer
        /// The next request may come.
        case listen
        /// It was the last.
        case farewell
    }

    mutating func answerHasLeft() -> Departure {
        answersUnderWay -= 1
        guard answersUnderWay == 0 else { return .wait }
        guard phase != .ended else { return .farewell }
        return isAtRest ? .listen : .answer
    }
}

// MARK: - Ending

extension ConnectionState {
    /// What becomes of the news that the client will send no more.
    enum InputEnd: Hashable {
        case tell
        /// It is told when the client has its answers: with nothing to wait for, the rest closes at once.
        case hold
        case close
    }

    mutating func inputIsClosed() -> InputEnd {
        input = .closed
        if isOver { return .close }
        guard isAtRest else {
            input = .closing
            return .hold
        }
        return .tell
    }

    /// Whether it is time to tell that the client will send no more.
    mutating func takeHeldInputEnd() -> Bool {
        guard input == .closing, isAtRest else { return false }
        input = .closed
        return true
    }

    /// The server ends: what is due is answered.
    ///
    /// - Returns: Whether the connection is to be closed at once.
    mutating func stop(bufferedBytes: Int) -> Bool {
        if deadlines.isAtRest, bufferedBytes == 0 { return true }
        isStopping = true
        return false
    }

    /// Whether all has been said, and has gone to the system.
    var isOver: Bool { phase == .ended && answersUnderWay == 0 }

    /// Whether a connection that is over is closed without waiting for the client to do so too.
    var closesWithoutFarewell: Bool { input != .open || isStopping }

    /// Whether closing has to wait: where the client sends no more, NIO drops what is not written yet when the output is closed.
    func holds(_ mode: CloseMode) -> Bool {
        mode != .input && answersUnderWay > 0 && !isStopping
    }
}
