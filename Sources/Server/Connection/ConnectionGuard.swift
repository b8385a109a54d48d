import NIOCore
import NIOHTTP1

/// Keeps a connection within its limits: closes it where the client is too slow, refuses what is no HTTP and bodies that are
/// too large, lets one request through after the other, and ends it where the client or the server wants to.
///
/// It does what ``ConnectionState`` decides. It stands right behind the HTTP codec, so that it sees every request and every answer.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let gate: RequestGate
    private let limits: ConnectionLimits
    private var state: ConnectionState
    private var timer: Scheduled<Void>?
    /// What is to be closed when all answers have gone.
    private var heldClose: (mode: CloseMode, promise: EventLoopPromise<Void>?)?

    init(gate: RequestGate, limits: ConnectionLimits) {
        self.gate = gate
        self.limits = limits
        state = ConnectionState(at: .now(), limits: limits)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { start(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        start(context)
        context.fireChannelActive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        heldClose?.promise?.fail(ChannelError.alreadyClosed)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    private func start(_ context: ChannelHandlerContext) {
        if timer == nil { look(context) }
    }

    private func look(_ context: ChannelHandlerContext) {
        switch state.look(at: .now(), bufferedBytes: bufferedBytes(context)) {
        case .close: context.close(promise: nil)
        case .lookAgain(let time):
            timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: time) { self.look(context) }
        }
    }

    private func bufferedBytes(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}

// MARK: - Requests

extension ConnectionGuard {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch state.received(unwrapInboundIn(data), at: .now()) {
        case .pass: break
        case .passAndHoldBack: gate.holdBack()
        case .passAsLast: gate.discardRest()
        case .refuse(let fault): return refuse(context, fault)
        case .drop: return
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        state.readIsComplete(endsWithBlankLine: gate.endsWithBlankLine, at: .now())
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error as? HTTPParserError {
        case .headerOverflow?: refuse(context, .headerTooLarge)
        case .some: refuse(context, .noHTTP)
        case nil: context.fireErrorCaught(error)
        }
    }

    private func refuse(_ context: ChannelHandlerContext, _ fault: RequestFault) {
        let refusal = state.refuse()
        if refusal != .none { gate.discardRest() }
        switch refusal {
        case .answer: answer(context, fault)
        case .end: if state.isOver { sayFarewell(context) }
        case .behindAnswers, .none: break
        }
    }

    private func answer(_ context: ChannelHandlerContext, _ fault: RequestFault) {
        let body = ByteBuffer(string: fault.line + "\n")
        var headers = HTTPHeaders(PageHeaders.unkept.map { ($0.name, $0.value) })
        headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
        headers.add(name: "Content-Length", value: "\(body.readableBytes)")
        headers.add(name: "Connection", value: "close")
        context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: fault.status, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        writeEnd(context, wrapOutboundOut(.end(nil)), promise: nil)
    }
}

// MARK: - Answers

extension ConnectionGuard {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !state.hasEnded else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            guard let connection = state.answerBegins() else { return context.write(data, promise: promise) }
            head.headers.replaceOrAdd(name: "Connection", value: connection)
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            state.answerEnds(at: .now())
            writeEnd(context, data, promise: promise)
        }
    }

    /// Writes the end of an answer. What waits for that is done when it has gone to the system.
    private func writeEnd(_ context: ChannelHandlerContext, _ data: NIOAny, promise: EventLoopPromise<Void>?) {
        state.answerLeaves()
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in self.answerHasLeft(context) }
        context.write(data, promise: written)
        if state.hasEnded { context.flush() }
    }

    private func answerHasLeft(_ context: ChannelHandlerContext) {
        let departure = state.answerHasLeft()
        guard departure != .wait else { return }
        if let heldClose {
            self.heldClose = nil
            context.close(mode: heldClose.mode, promise: heldClose.promise)
        }
        switch departure {
        case .farewell: sayFarewell(context)
        case .listen:
            gate.letPass()
            if state.takeHeldInputEnd() { context.fireUserInboundEventTriggered(ChannelEvent.inputClosed) }
        case .answer, .wait: break
        }
    }
}

// MARK: - Ending

extension ConnectionGuard {
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            switch state.inputIsClosed() {
            case .tell: context.fireUserInboundEventTriggered(event)
            case .hold: break
            case .close: context.close(promise: nil)
            }
        case is ChannelShouldQuiesceEvent:
            if state.stop(bufferedBytes: bufferedBytes(context)) { context.close(promise: nil) }
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard state.holds(mode), heldClose == nil else { return context.close(mode: mode, promise: promise) }
        heldClose = (mode, promise)
    }

    /// Ends the connection by saying that no more comes, and closes it once the client has done so too, or takes too long for it.
    private func sayFarewell(_ context: ChannelHandlerContext) {
        timer?.cancel()
        gate.discardRest()
        guard !state.closesWithoutFarewell else { return context.close(promise: nil) }
        context.close(mode: .output, promise: nil)
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: limits.farewell) { context.close(promise: nil) }
    }
}
