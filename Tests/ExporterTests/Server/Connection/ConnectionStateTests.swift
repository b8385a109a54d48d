import NIOCore
import NIOHTTP1
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo
@testable import Server

@Suite("What a connection decides")
struct ConnectionStateTests {
    private let now = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func connection() -> ConnectionState {
        ConnectionState(at: now, limits: ConnectionLimits())
    }

    private func head(_ version: HTTPVersion = .http1_1, _ headers: HTTPHeaders = [:]) -> HTTPServerRequestPart {
        var all: HTTPHeaders = ["Host": "localhost"]
        all.add(contentsOf: headers)
        return .head(HTTPRequestHead(version: version, method: .GET, uri: "/", headers: all))
    }

    /// A whole request comes.
    private func request(_ state: inout ConnectionState, _ head: HTTPServerRequestPart? = nil) -> ConnectionState.Reception {
        #expect(state.received(head ?? self.head(), at: now) == .pass)
        return state.received(.end(nil), at: now)
    }

    /// A whole answer goes to the system.
    private func answer(_ state: inout ConnectionState) -> ConnectionState.Departure {
        _ = state.answerBegins()
        state.answerEnds(at: now)
        state.answerLeaves()
        return state.answerHasLeft()
    }

    @Test("A request waits for the answer to the one before, and the client may go on when that has gone")
    func turns() {
        var state = connection()
        #expect(request(&state) == .passAndHoldBack)
        _ = state.answerBegins()
        state.answerEnds(at: now)
        state.answerLeaves()
        #expect(state.answerHasLeft() == .listen)
        #expect(!state.hasEnded)
    }

    @Test(
        "What the client wants of the connection decides what it is told, and whether more is heard",
        arguments: [
            (HTTPVersion.http1_1, HTTPHeaders(), nil, false), (.http1_1, ["Connection": "close"], "close", true),
            (.http1_0, [:], "close", true), (.http1_0, ["Connection": "keep-alive"], "keep-alive", false),
            (.http1_1, ["Connection": "upgrade", "Upgrade": "h2c"], "close", true), (.http1_1, ["HTTP2-Settings": "x"], "close", true),
        ] as [(HTTPVersion, HTTPHeaders, String?, Bool)])
    func persistence(version: HTTPVersion, headers: HTTPHeaders, field: String?, isLast: Bool) {
        var state = connection()
        #expect(request(&state, head(version, headers)) == (isLast ? .passAsLast : .passAndHoldBack))
        #expect(state.received(head(), at: now) == (isLast ? .drop : .pass))
        #expect(state.answerBegins() == field)
        state.answerEnds(at: now)
        #expect(state.hasEnded == isLast)
        state.answerLeaves()
        #expect(state.answerHasLeft() == (isLast ? .farewell : .listen))
    }

    @Test("What is refused is answered where nothing else is due, and else closes behind what is")
    func refusals() {
        var state = connection()
        #expect(state.refuse() == .answer)
        #expect(state.refuse() == .none, "once")
        state = connection()
        _ = request(&state)
        #expect(state.refuse() == .behindAnswers)
        #expect(state.answerBegins() == "close")
        state = connection()
        _ = state.received(head(), at: now)
        #expect(state.refuse() == .answer, "its own answer had not begun")
        state = connection()
        _ = state.received(head(), at: now)
        _ = state.answerBegins()
        #expect(state.refuse() == .behindAnswers, "its own answer had begun")
        state = connection()
        _ = state.received(head(), at: now)
        _ = answer(&state)
        #expect(state.refuse() == .end, "its own answer has gone")
        #expect(state.isOver)
    }

    @Test("A body that is too large is refused as soon as it is")
    func body() {
        var state = connection()
        _ = state.received(head(), at: now)
        let half = HTTPServerRequestPart.body(ByteBuffer(repeating: 0x61, count: ConnectionLimits.longestBody / 2))
        #expect(state.received(half, at: now) == .pass)
        #expect(state.received(half, at: now) == .pass)
        #expect(state.received(.body(ByteBuffer(string: "a")), at: now) == .refuse(.bodyTooLarge))
    }

    @Test("That the client sends no more is told when all is answered, and closes what is over")
    func inputEnd() {
        var state = connection()
        #expect(state.inputIsClosed() == .tell)
        state = connection()
        _ = request(&state)
        #expect(state.inputIsClosed() == .hold)
        #expect(state.takeHeldInputEnd() == false)
        #expect(state.closesWithoutFarewell)
        #expect(answer(&state) == .listen)
        #expect(state.takeHeldInputEnd() == true)
        #expect(state.takeHeldInputEnd() == false, "once")
        state = connection()
        _ = request(&state, head(.http1_1, ["Connection": "close"]))
        #expect(answer(&state) == .farewell)
        #expect(!state.closesWithoutFarewell)
        #expect(state.inputIsClosed() == .close)
    }

    @Test("A server that ends closes what is at rest, and the others behind their answers")
    func stopping() {
        var state = connection()
        let isClosed = state.stop(bufferedBytes: 0)
        #expect(isClosed)
        let waitsForClient = state.stop(bufferedBytes: 1)
        #expect(!waitsForClient)
        state = connection()
        _ = request(&state)
        let waitsForAnswer = state.stop(bufferedBytes: 0)
        #expect(!waitsForAnswer)
        #expect(answer(&state) == .farewell)
        #expect(state.hasEnded && state.closesWithoutFarewell)
    }

    @Test("Closing waits for answers on their way, unless the server ends")
    func closing() {
        var state = connection()
        _ = request(&state)
        #expect(!state.holds(.output))
        state.answerEnds(at: now)
        state.answerLeaves()
        #expect(state.holds(.output) && state.holds(.all) && !state.holds(.input))
        _ = state.stop(bufferedBytes: 1)
        #expect(!state.holds(.output))
    }
}
