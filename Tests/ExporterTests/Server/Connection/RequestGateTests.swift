import NIOCore
import NIOEmbedded
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Server

@Suite("The gate before the decoder")
struct RequestGateTests {
    /// What the gate passes on, and what it asks the socket for.
    private final class Neighbour: ChannelDuplexHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundIn = ByteBuffer

        var pieces: [String] = []
        var completions = 0
        var reads = 0
        var isInputClosed = false
        var onPiece: () -> Void = {}

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            pieces.append(String(buffer: unwrapInboundIn(data)))
            onPiece()
        }

        func channelReadComplete(context: ChannelHandlerContext) { completions += 1 }

        func read(context: ChannelHandlerContext) {
            reads += 1
            context.read()
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case ChannelEvent.inputClosed = event { isInputClosed = true }
        }
    }

    private let limit = ConnectionLimit()
    private let gate: RequestGate
    private let socket = Neighbour()
    private let decoder = Neighbour()
    private let channel: EmbeddedChannel

    init() throws {
        gate = RequestGate(limit: limit)
        channel = EmbeddedChannel(handlers: [socket, gate, decoder])
        socket.pieces = []
    }

    /// Bytes come from the socket.
    private func receive(_ text: String) {
        guard let context = try? channel.pipeline.syncOperations.context(handler: socket) else { return }
        context.fireChannelRead(NIOAny(ByteBuffer(string: text)))
    }

    private func closeInput() {
        guard let context = try? channel.pipeline.syncOperations.context(handler: socket) else { return }
        context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }

    @Test(
        "Bytes are cut behind each blank line, wherever reads end",
        arguments: [
            (["GET /a\r\nHost: x\r\n\r\n"], ["GET /a\r\nHost: x\r\n\r\n"]),
            (["GET /a\r\n\r\nGET /b\r\n\r\nGET /"], ["GET /a\r\n\r\n", "GET /b\r\n\r\n", "GET /"]),
            (["GET /a\n\nGET /b\n\r\nGET /c\r\n\n"], ["GET /a\n\n", "GET /b\n\r\n", "GET /c\r\n\n"]),
            (["GET /a\r\n", "\r\nGET /b\r\n\r\n"], ["GET /a\r\n", "\r\nGET /b\r\n\r\n"]),
            (["POST /a\r\n\r\nx=1\r\nGET /b"], ["POST /a\r\n\r\n", "x=1\r\nGET /b"]),
            (["\r", "\n", "\r", "\n", "\0"], ["\r", "\n", "\r", "\n", "\0"]),
        ] as [([String], [String])]
    )
    func pieces(reads: [String], pieces: [String]) {
        for text in reads { receive(text) }
        #expect(decoder.pieces == pieces)
    }

    @Test("The next request passes when the answer before it has gone, and not before")
    func oneAtATime() {
        decoder.onPiece = { gate.holdBack() }
        receive("GET /a\r\n\r\nGET /b\r\n\r\nGET /c\r\n\r\n")
        #expect(decoder.pieces == ["GET /a\r\n\r\n"])
        gate.letPass()
        #expect(decoder.pieces == ["GET /a\r\n\r\n", "GET /b\r\n\r\n"])
        #expect(decoder.completions == 2, "each is told as complete, or nobody behind would look at it")
        gate.letPass()
        #expect(decoder.pieces.last == "GET /c\r\n\r\n")
    }

    @Test("As long as something waits, nothing is read")
    func backPressure() {
        decoder.onPiece = { gate.holdBack() }
        channel.read()
        #expect(socket.reads == 1)
        receive("GET /a\r\n\r\nGET /b\r\n\r\n")
        channel.read()
        #expect(socket.reads == 1)
        gate.letPass()
        #expect(socket.reads == 2, "the last has passed, and what was asked for meanwhile is made up for")
    }

    @Test("After four that came at once it is the others' turn, for longer the more connections there are", arguments: [(1, 1), (60, 60)])
    func turns(connections: Int, milliseconds: Int64) throws {
        for index in 0..<connections {
            let other = EmbeddedChannel()
            other.remoteAddress = try SocketAddress(ipAddress: "10.0.0.\(index)", port: 1)
            #expect(limit.admit(other))
        }
        receive((0..<10).map { "GET /\($0)\r\n\r\n" }.joined())
        #expect(decoder.pieces.count == 4)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(milliseconds) - .nanoseconds(1))
        #expect(decoder.pieces.count == 4)
        gate.letPass()
        #expect(decoder.pieces.count == 4, "an answer that goes meanwhile does not shorten the break")
        channel.embeddedEventLoop.advanceTime(by: .nanoseconds(1))
        #expect(decoder.pieces.count == 8)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(milliseconds))
        #expect(decoder.pieces.count == 10)
    }

    @Test("Who asks and waits never has to take a break")
    func noBreak() {
        for index in 0..<100 { receive("GET /\(index)\r\n\r\n") }
        #expect(decoder.pieces.count == 100)
    }

    @Test("The end of input is told behind all that came before it")
    func endOfInput() {
        decoder.onPiece = {
            #expect(!decoder.isInputClosed)
            gate.holdBack()
        }
        receive("GET /a\r\n\r\nGET /b\r\n\r\n")
        closeInput()
        #expect(!decoder.isInputClosed)
        gate.letPass()
        #expect(decoder.pieces.count == 2)
        #expect(decoder.isInputClosed)
    }

    @Test("All connections together hold a bounded number of bytes back; what is held passes, and room comes back with it")
    func budget() {
        let piece = String(repeating: "a", count: 1 << 20)
        gate.holdBack()
        for _ in 0..<6 { receive(piece) }
        #expect(!limit.budget.take(1), "the first was read as usual, and four of the others are all of it")
        gate.letPass()
        #expect(decoder.pieces.map(\.utf8.count).reduce(0, +) == 5 << 20)
        #expect(limit.budget.take(4 << 20))
        receive("GET /smuggled\r\n\r\n")
        #expect(decoder.pieces.last?.contains("smuggled") == false, "behind the gap nothing is a request")
    }

    @Test("A connection that ends gives its part back")
    func budgetOfTheClosed() throws {
        gate.holdBack()
        for _ in 0..<2 { receive(String(repeating: "a", count: 4 << 20)) }
        #expect(!limit.budget.take(1))
        _ = try channel.finish(acceptAlreadyClosed: true)
        #expect(limit.budget.take(4 << 20))
    }

    @Test("What is to be thrown away is read on, and goes nowhere")
    func discarding() {
        gate.holdBack()
        receive("GET /a\r\n\r\n")
        channel.read()
        gate.discardRest()
        #expect(socket.reads == 1)
        receive("GET /b\r\n\r\n")
        channel.read()
        #expect(socket.reads == 2)
        closeInput()
        #expect(decoder.isInputClosed)
        gate.letPass()
        #expect(decoder.pieces.isEmpty)
    }

    @Test("It knows whether the last bytes were a blank line, in however many reads they came")
    func endings() {
        receive("GET /a\r\n\r\n")
        #expect(gate.endsWithBlankLine)
        receive("x")
        #expect(!gate.endsWithBlankLine)
        for byte in ["\r", "\n", "\r"] {
            receive(byte)
            #expect(!gate.endsWithBlankLine)
        }
        receive("\n")
        #expect(gate.endsWithBlankLine)
    }
}
