import NIOCore
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Server

@Suite("How slow a client may be")
struct ConnectionDeadlinesTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func at(_ seconds: Double) -> NIODeadline {
        start + .nanoseconds(Int64(seconds * 1e9))
    }

    /// A whole request comes.
    private func receive(_ deadlines: inout ConnectionDeadlines, at seconds: Double) {
        deadlines.receivedHead(at: at(seconds))
        deadlines.receivedEnd(at: at(seconds))
    }

    @Test("Who connects and sends no whole request is closed after 10 s", arguments: [[], [1.0], [1, 2, 5, 9.9]])
    func neverARequest(parts: [Double]) {
        var deadlines = ConnectionDeadlines(at: start)
        for time in parts { deadlines.receivedPart(at: at(time)) }
        #expect(deadlines.look(at: at(9.9), bufferedBytes: 0) == .lookAgain(at: at(10)))
        #expect(deadlines.look(at: at(10), bufferedBytes: 0) == .close)
    }

    @Test("The next request has 10 s from its first byte on, however long the connection was idle")
    func nextRequest() {
        var deadlines = ConnectionDeadlines(at: start)
        receive(&deadlines, at: 0)
        deadlines.answered(at: at(1))
        #expect(deadlines.look(at: at(41), bufferedBytes: 0) == .lookAgain(at: at(51)))
        deadlines.receivedPart(at: at(45))
        deadlines.receivedPart(at: at(54))
        #expect(deadlines.look(at: at(51), bufferedBytes: 0) == .lookAgain(at: at(55)))
        #expect(deadlines.look(at: at(55), bufferedBytes: 0) == .close)
    }

    @Test("Between requests a connection is kept for 75 s")
    func idle() {
        var deadlines = ConnectionDeadlines(at: start)
        receive(&deadlines, at: 0)
        deadlines.answered(at: at(1))
        #expect(deadlines.look(at: at(75.9), bufferedBytes: 0) == .lookAgain(at: at(76)))
        #expect(deadlines.look(at: at(76), bufferedBytes: 0) == .close)
    }

    @Test("Who waits for an answer is not slow, however long it takes")
    func waiting() {
        var deadlines = ConnectionDeadlines(at: start)
        receive(&deadlines, at: 0)
        #expect(!deadlines.isAtRest)
        for seconds in stride(from: 10.0, through: 600, by: 10) {
            #expect(deadlines.look(at: at(seconds), bufferedBytes: 0) == .lookAgain(at: at(seconds + 10)))
        }
    }

    @Test("Who takes none of an answer for 10 s is closed", arguments: [true, false])
    func takesNothing(isAnswered: Bool) {
        var deadlines = ConnectionDeadlines(at: start)
        receive(&deadlines, at: 0)
        if isAnswered { deadlines.answered(at: at(1)) }
        #expect(deadlines.look(at: at(5), bufferedBytes: 1000) == .lookAgain(at: at(15)))
        #expect(deadlines.look(at: at(14), bufferedBytes: 1000) == .lookAgain(at: at(15)))
        #expect(deadlines.look(at: at(15), bufferedBytes: 1000) == .close)
    }

    @Test("Who takes some of it every 10 s is not")
    func takesSome() {
        var deadlines = ConnectionDeadlines(at: start)
        receive(&deadlines, at: 0)
        deadlines.answered(at: at(1))
        for step in 0..<20 {
            let now = 5 + Double(step) * 9
            #expect(deadlines.look(at: at(now), bufferedBytes: 1000 - step) == .lookAgain(at: at(now + 10)))
        }
        #expect(deadlines.look(at: at(200), bufferedBytes: 0) == .close, "then it is idle, and was for long")
    }

    @Test("A body that drips has 10 s from the head on, whether the request is answered before its end or not", arguments: [true, false])
    func drippingBody(isAnswered: Bool) {
        var deadlines = ConnectionDeadlines(at: start)
        receive(&deadlines, at: 0)
        deadlines.answered(at: at(1))
        deadlines.receivedHead(at: at(20))
        if isAnswered { deadlines.answered(at: at(21)) }
        for time in [22.0, 25, 29] { deadlines.receivedPart(at: at(time)) }
        #expect(deadlines.isAtRest)
        #expect(deadlines.look(at: at(29.9), bufferedBytes: 0) == .lookAgain(at: at(30)))
        #expect(deadlines.look(at: at(30), bufferedBytes: 0) == .close)
    }

    @Test("A request that ends after it was answered leaves the connection idle, and the next one has its 10 s")
    func answeredEarly() {
        var deadlines = ConnectionDeadlines(at: start)
        deadlines.receivedHead(at: at(0))
        deadlines.answered(at: at(1))
        deadlines.receivedEnd(at: at(2))
        #expect(deadlines.isAtRest)
        #expect(deadlines.look(at: at(70), bufferedBytes: 0) == .lookAgain(at: at(77)))
        deadlines.receivedPart(at: at(71))
        #expect(deadlines.look(at: at(81), bufferedBytes: 0) == .close)
    }

    @Test("Requests that came at once are answered one after the other")
    func pipelined() {
        var deadlines = ConnectionDeadlines(at: start)
        for _ in 0..<2 { receive(&deadlines, at: 0) }
        deadlines.answered(at: at(1))
        #expect(!deadlines.isAtRest)
        deadlines.answered(at: at(2))
        #expect(deadlines.isAtRest)
    }
}
