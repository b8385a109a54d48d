import Glibc
import NIOCore

/// Lets a client's bytes through to the decoder one request at a time, so that what a client asks ahead stays with the client.
///
/// NIO's decoder makes requests of all that it is given, and each is many times as large as its bytes were. Here the bytes are cut
/// behind each blank line, and the next piece passes once the answer before it has gone to the system. As long as bytes wait,
/// nothing is read: the system's buffers fill, and then the client has to wait (back-pressure).
///
/// It stands before the HTTP codec. ``ConnectionGuard``, which sees requests and answers, tells it when to wait.
final class RequestGate: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// So many pieces of what waits pass without a break. Then it is the other connections' turn.
    static let piecesInATurn = 4

    private let limit: ConnectionLimit
    private var context: ChannelHandlerContext?
    /// What came and has not passed.
    private var held = ByteBuffer()
    /// How much of it is of the budget.
    private var budgetedBytes = 0
    /// More came at once than may be held. What comes behind the gap is no request.
    private var isCut = false
    private var isWaiting = false
    private var isDiscarding = false
    private var isPassing = false
    private var isReadHeld = false
    private var isInputClosedHeld = false
    private var piecesOfTurn = 0
    private var nextTurn: Scheduled<Void>?
    /// The last four bytes that passed.
    private var passedEnding: UInt32 = 0

    init(limit: ConnectionLimit) {
        self.limit = limit
    }

    /// Whether the last bytes were the blank line that ends a request without a body. With a body behind it, it is not known
    /// whether the next request has begun.
    var endsWithBlankLine: Bool { passedEnding == 0x0D0A_0D0A }

    /// No more passes until the answer that is due has gone.
    func holdBack() {
        isWaiting = true
    }

    /// The next request may pass.
    func letPass() {
        isWaiting = false
        pass()
    }

    /// Nothing that comes from now on matters: it is read and thrown away.
    func discardRest() {
        isDiscarding = true
        empty()
        nextTurn?.cancel()
        nextTurn = nil
        settle()
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        nextTurn?.cancel()
        empty()
    }

    /// Also lets go of the memory, which the next read can then use again.
    private func empty() {
        held = ByteBuffer()
        limit.budget.giveBack(budgetedBytes)
        budgetedBytes = 0
        piecesOfTurn = 0
    }
}

// MARK: - Bytes

extension RequestGate {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDiscarding, !isCut else { return }
        var bytes = unwrapInboundIn(data)
        if held.readableBytes == 0 {
            held = bytes
        } else {
            // Nothing is asked for while something waits. But at the end of input NIO hands over all that the system has.
            guard limit.budget.take(bytes.readableBytes) else {
                isCut = true
                return
            }
            budgetedBytes += bytes.readableBytes
            held.writeBuffer(&bytes)
        }
        pass()
    }

    /// What passed was told already.
    func channelReadComplete(context: ChannelHandlerContext) {}

    func read(context: ChannelHandlerContext) {
        if held.readableBytes == 0 { context.read() } else { isReadHeld = true }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed? = event as? ChannelEvent, held.readableBytes > 0 else {
            return context.fireUserInboundEventTriggered(event)
        }
        isInputClosedHeld = true
    }

    private func pass() {
        guard !isPassing, nextTurn == nil, let context else { return }
        isPassing = true
        var hasPassed = false
        while !isWaiting, held.readableBytes > 0 {
            guard piecesOfTurn < Self.piecesInATurn else {
                takeABreak(context)
                break
            }
            piecesOfTurn += 1
            hasPassed = true
            let piece = nextPiece()
            noteEnding(of: piece)
            context.fireChannelRead(wrapInboundOut(piece))
        }
        isPassing = false
        if hasPassed { context.fireChannelReadComplete() }
        settle()
    }

    private func takeABreak(_ context: ChannelHandlerContext) {
        nextTurn = context.eventLoop.assumeIsolated().scheduleTask(in: limit.breakBetweenTurns) {
            self.nextTurn = nil
            self.piecesOfTurn = 0
            self.pass()
        }
    }

    /// Makes up for what was held while bytes waited.
    private func settle() {
        guard !isPassing, held.readableBytes == 0, let context else { return }
        empty()
        if isInputClosedHeld {
            isInputClosedHeld = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
        if isReadHeld {
            isReadHeld = false
            context.read()
        }
    }

    /// Takes the bytes up to the first blank line, or all where there is none: no more than one header ends in them.
    private func nextPiece() -> ByteBuffer {
        let length = held.withUnsafeReadableBytes { Self.lengthThroughBlankLine($0) } ?? held.readableBytes
        return held.readSlice(length: length) ?? ByteBuffer()
    }

    /// The blank line may end in a line feed alone: what the decoder makes of that is its business.
    private static func lengthThroughBlankLine(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard let start = bytes.baseAddress else { return nil }
        var from = 0
        while from < bytes.count, let found = memchr(start + from, 0x0A, bytes.count - from) {
            from = UnsafeRawPointer(found) - start + 1
            if from < bytes.count, bytes[from] == 0x0A { return from + 1 }
            if from + 1 < bytes.count, bytes[from] == 0x0D, bytes[from + 1] == 0x0A { return from + 2 }
        }
        return nil
    }

    private func noteEnding(of piece: ByteBuffer) {
        for byte in piece.readableBytesView.suffix(4) { passedEnding = passedEnding << 8 | UInt32(byte) }
    }
}
