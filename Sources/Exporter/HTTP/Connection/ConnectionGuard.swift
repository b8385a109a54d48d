import NIOCore
import NIOHTTP1

/// Keeps a connection within its limits: closes it where the client is too slow, refuses what is no HTTP and bodies that are
/// too large, and ends it where the client or the server wants to.
///
/// It stands right behind the HTTP codec, so that it sees every request and every answer, whoever gives it.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// The largest body of a request, in bytes. A form with a refresh token and a key has some 300.
    static let longestBody = 8 << 10

    /// What the client wants of the connection once a request is answered.
    private enum Persistence {
        case close
        case keep
        /// Kept by a client of HTTP/1.0, who has to be told.
        case keepOld
    }

    private let reads: ReadObserver
    private let limits: ConnectionLimits
    private var deadlines: ConnectionDeadlines?
    private var timer: Scheduled<Void>?
    private var bodyLength = 0
    /// The last part of a request that came since bytes were last read was its end.
    private var sawEnd = false
    private var sawPart = false
    /// Of the requests that are not answered, in their order.
    private var persistence: [Persistence] = []
    private var isAnswering = false
    private var isStopping = false
    private var isRefusing = false

    init(reads: ReadObserver, limits: ConnectionLimits) {
        self.reads = reads
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
}

// MARK: - Requests

extension ConnectionGuard {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        sawPart = true
        sawEnd = false
        guard !isRefusing else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            bodyLength = 0
            if let fault = RequestFault(head) { return refuse(context, fault) }
            deadlines?.receivedHead(at: .now())
            persistence.append(head.isKeepAlive ? head.version == .http1_0 ? .keepOld : .keep : .close)
        case .body(let body):
            bodyLength += body.readableBytes
            guard bodyLength <= Self.longestBody else { return refuse(context, .bodyTooLarge) }
        case .end:
            sawEnd = true
            deadlines?.receivedEnd(at: .now())
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Behind the end of a request, the first bytes of the next one may have come.
        if !sawPart || (sawEnd && !reads.endsWithBlankLine) { deadlines?.receivedPart(at: .now()) }
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

    /// Answers with one line and closes. Where answers to earlier requests are due, or one has begun, it only closes.
    private func refuse(_ context: ChannelHandlerContext, _ fault: RequestFault) {
        guard !isRefusing else { return }
        isRefusing = true
        guard deadlines?.isAtRest ?? true, !isAnswering else { return context.close(promise: nil) }
        let body = ByteBuffer(string: fault.line + "\n")
        var headers = HTTPHeaders(PageHeaders.unkept.map { ($0.name, $0.value) })
        headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
        headers.add(name: "Content-Length", value: "\(body.readableBytes)")
        headers.add(name: "Connection", value: "close")
        context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: fault.status, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        writeLast(context, wrapOutboundOut(.end(nil)), promise: nil)
    }
}

// MARK: - Answers

extension ConnectionGuard {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isRefusing else {
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
            if answered == .close || (isStopping && deadlines?.isAtRest ?? true) {
                writeLast(context, data, promise: promise)
            } else {
                context.write(data, promise: promise)
            }
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

    /// Writes the end of an answer, and closes when all of it is gone.
    private func writeLast(_ context: ChannelHandlerContext, _ data: NIOAny, promise: EventLoopPromise<Void>?) {
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        context.writeAndFlush(data, promise: written)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        if deadlines?.isAtRest ?? true, bufferedBytes(context) == 0 { return context.close(promise: nil) }
        isStopping = true
    }
}
