import NIOCore
import NIOHTTP1

/// Keeps a connection within its limits: closes it where the client is too slow, refuses what is no HTTP and bodies that are
/// too large, lets one request through after the other, and ends it where the client or the server wants to.
///
/// It stands right behind the HTTP codec, so that it sees every request and every answer, whoever gives it.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// What the client wants of the connection once a request is answered.
    private enum Persistence {
        case close
        case keep
        /// Kept by a client of HTTP/1.0, who has to be told.
        case keepOld
    }

    private enum Phase {
        case listening
        /// Nothing more is heard. What is due is answered.
        case answering
        /// The last answer was written. Nothing more is heard or said.
        case ended
    }

    private let gate: RequestGate
    private let limits: ConnectionLimits
    private var deadlines: ConnectionDeadlines?
    private var timer: Scheduled<Void>?
    private var phase = Phase.listening
    private var bodyLength = 0
    /// The last part of a request that came since bytes were last read was its end.
    private var sawEnd = false
    private var sawPart = false
    /// Of the requests that are not answered, in their order.
    private var persistence: [Persistence] = []
    private var isAnswering = false
    /// Answers that were written and have not gone to the system.
    private var answersUnderWay = 0
    private var isStopping = false
    private var isInputClosed = false
    private var isInputClosedHeld = false
    /// What is to be closed when all answers have gone.
    private var heldClose: (mode: CloseMode, promise: EventLoopPromise<Void>?)?

    init(gate: RequestGate, limits: ConnectionLimits) {
        self.gate = gate
        self.limits = limits
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
        guard deadlines == nil else { return }
        deadlines = ConnectionDeadlines(at: .now(), limits: limits)
        look(context)
    }

    private func look(_ context: ChannelHandlerContext) {
        switch deadlines?.look(at: .now(), bufferedBytes: bufferedBytes(context)) {
        case .close: context.close(promise: nil)
        case .lookAgain(let time):
            timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: time) { self.look(context) }
        case nil: break
        }
    }

    private func bufferedBytes(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// Whether all answers to requests that came whole have gone to the system.
    private var isAtRest: Bool { deadlines?.isAtRest ?? true && answersUnderWay == 0 }
}

// MARK: - Requests

extension ConnectionGuard {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        sawPart = true
        sawEnd = false
        guard phase == .listening else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            bodyLength = 0
            if let fault = RequestFault(head) { return refuse(context, fault) }
            deadlines?.receivedHead(at: .now())
            persistence.append(Self.persistence(after: head))
        case .body(let body):
            bodyLength += body.readableBytes
            guard bodyLength <= ConnectionLimits.longestBody else { return refuse(context, .bodyTooLarge) }
        case .end:
            sawEnd = true
            deadlines?.receivedEnd(at: .now())
            if persistence.last == .close { hearNoMore() } else if !isAtRest { gate.holdBack() }
        }
        context.fireChannelRead(data)
    }

    /// What a client becomes that wants another protocol, we have none: it is answered by this one, as RFC 9110, section 7.8, has
    /// it. But the decoder reads nothing behind such a request.
    private static func persistence(after head: HTTPRequestHead) -> Persistence {
        guard head.isKeepAlive, !head.headers.contains(name: "Upgrade"), !head.headers.contains(name: "HTTP2-Settings"),
            !head.headers[canonicalForm: "Connection"].contains(where: { $0.lowercased() == "upgrade" })
        else { return .close }
        return head.version == .http1_0 ? .keepOld : .keep
    }

    private func hearNoMore() {
        phase = .answering
        gate.discardRest()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Behind the end of a request, the first bytes of the next one may have come.
        if !sawPart || (sawEnd && !gate.endsWithBlankLine) { deadlines?.receivedPart(at: .now()) }
        sawPart = false
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error as? HTTPParserError {
        case .headerOverflow?: refuse(context, .headerTooLarge)
        case .some: refuse(context, .noHTTP)
        case nil: context.fireErrorCaught(error)
        }
    }

    /// Answers with one line and closes. Where answers to earlier requests are due, or this one's has begun, those are given and
    /// then it closes.
    private func refuse(_ context: ChannelHandlerContext, _ fault: RequestFault) {
        guard phase == .listening else { return }
        hearNoMore()
        let isIncomplete = deadlines?.isIncomplete ?? false
        let wasAnswered = isIncomplete && persistence.isEmpty
        if isIncomplete, !persistence.isEmpty, !(isAnswering && persistence.count == 1) { persistence.removeLast() }
        if let last = persistence.indices.last { return persistence[last] = .close }
        if wasAnswered { return end(context) }
        let body = ByteBuffer(string: fault.line + "\n")
        var headers = HTTPHeaders(PageHeaders.unkept.map { ($0.name, $0.value) })
        headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
        headers.add(name: "Content-Length", value: "\(body.readableBytes)")
        headers.add(name: "Connection", value: "close")
        context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: fault.status, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        phase = .ended
        writeEnd(context, wrapOutboundOut(.end(nil)), promise: nil)
        context.flush()
    }
}

// MARK: - Answers

extension ConnectionGuard {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard phase != .ended else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head):
            isAnswering = true
            context.write(wrapOutboundOut(.head(persistent(head))), promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            isAnswering = false
            deadlines?.answered(at: .now())
            let answered = persistence.isEmpty ? Persistence.close : persistence.removeFirst()
            if answered == .close || (isStopping && deadlines?.isAtRest ?? true) { phase = .ended }
            writeEnd(context, data, promise: promise)
        }
    }

    /// Says what becomes of the connection, where the client would not expect it.
    private func persistent(_ head: HTTPResponseHead) -> HTTPResponseHead {
        var head = head
        switch persistence.first {
        case .close?: head.headers.replaceOrAdd(name: "Connection", value: "close")
        case .keepOld?: head.headers.replaceOrAdd(name: "Connection", value: "keep-alive")
        case .keep?, nil: break
        }
        return head
    }

    /// Writes the end of an answer. What waits for that is done when it has gone to the system.
    private func writeEnd(_ context: ChannelHandlerContext, _ data: NIOAny, promise: EventLoopPromise<Void>?) {
        answersUnderWay += 1
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in self.answerIsWritten(context) }
        context.write(data, promise: written)
        if phase == .ended { context.flush() }
    }

    private func answerIsWritten(_ context: ChannelHandlerContext) {
        answersUnderWay -= 1
        guard answersUnderWay == 0 else { return }
        if let heldClose {
            self.heldClose = nil
            context.close(mode: heldClose.mode, promise: heldClose.promise)
        }
        if phase == .ended { return sayFarewell(context) }
        guard isAtRest else { return }
        gate.letPass()
        guard isInputClosedHeld, isAtRest else { return }
        isInputClosedHeld = false
        context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }

    /// Ends the connection without another answer.
    private func end(_ context: ChannelHandlerContext) {
        phase = .ended
        if answersUnderWay == 0 { sayFarewell(context) }
    }

    /// Ends the connection by saying that no more comes, and closes it once the client has done so too, or takes too long for it.
    private func sayFarewell(_ context: ChannelHandlerContext) {
        timer?.cancel()
        gate.discardRest()
        guard !isInputClosed, !isStopping else { return context.close(promise: nil) }
        context.close(mode: .output, promise: nil)
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: limits.farewell) { context.close(promise: nil) }
    }

    /// On a connection whose client will send no more, NIO drops what is not written yet when the output is closed.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode != .input, answersUnderWay > 0, !isStopping, heldClose == nil else { return context.close(mode: mode, promise: promise) }
        heldClose = (mode, promise)
    }
}

// MARK: - Events

extension ConnectionGuard {
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed: inputIsClosed(context)
        case is ChannelShouldQuiesceEvent: stop(context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    /// That a client will send no more is told on when it has its answers: with nothing to wait for, the rest closes at once.
    private func inputIsClosed(_ context: ChannelHandlerContext) {
        isInputClosed = true
        if phase == .ended, answersUnderWay == 0 { return context.close(promise: nil) }
        guard isAtRest else { return isInputClosedHeld = true }
        context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }

    /// The server ends: what is due is answered.
    private func stop(_ context: ChannelHandlerContext) {
        if deadlines?.isAtRest ?? true, bufferedBytes(context) == 0 { return context.close(promise: nil) }
        isStopping = true
    }
}
