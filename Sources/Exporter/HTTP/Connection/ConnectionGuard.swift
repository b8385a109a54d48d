import NIOCore
import NIOHTTP1

/// Keeps a connection within its limits: closes it where the client is too slow, refuses what is no HTTP and bodies that are
/// too large, and lets it end when the server stops.
///
/// It stands right behind the HTTP codec, so that it sees every request and every answer, whoever gives it.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// The largest body of a request, in bytes. A form with a refresh token and a key has some 300.
    static let longestBody = 16 << 10

    private var deadlines: ConnectionDeadlines?
    private var timer: Scheduled<Void>?
    private var bodyLength = 0
    /// Whether a part of a request came since bytes were last read.
    private var sawPart = false
    private var closesWhenAtRest = false
    private var isRefusing = false

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
        deadlines = ConnectionDeadlines(at: .now())
        look(context)
    }

    private func look(_ context: ChannelHandlerContext) {
        let buffered = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        switch deadlines?.look(at: .now(), bufferedBytes: buffered) {
        case .close: context.close(promise: nil)
        case .lookAgain(let time):
            timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: time) { self.look(context) }
        case nil: break
        }
    }
}

// MARK: - Requests

extension ConnectionGuard {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        sawPart = true
        guard !isRefusing else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            bodyLength = 0
            let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
            guard length <= Self.longestBody else { return refuse(context, .payloadTooLarge, "The request's body is larger than 16 KiB.") }
        case .body(let body):
            bodyLength += body.readableBytes
            // Somebody may be reading the body already: there is no answer to give in between.
            guard bodyLength <= Self.longestBody else { return context.close(promise: nil) }
        case .end:
            deadlines?.receivedRequest()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !sawPart { deadlines?.receivedPart(at: .now()) }
        sawPart = false
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error as? HTTPParserError {
        case .headerOverflow?:
            refuse(context, .requestHeaderFieldsTooLarge, "The request's header is larger than 16 KiB.")
        case .some:
            refuse(context, .badRequest, "That is no HTTP request.")
        case nil:
            context.fireErrorCaught(error)
        }
    }

    /// Answers with one line and closes; in the midst of other answers it only closes.
    private func refuse(_ context: ChannelHandlerContext, _ status: HTTPResponseStatus, _ line: String) {
        guard !isRefusing else { return }
        isRefusing = true
        guard deadlines?.isAtRest ?? true else { return context.close(promise: nil) }
        let body = ByteBuffer(string: line + "\n")
        var headers = HTTPHeaders(PageHeaders.unkept.map { ($0.name, $0.value) })
        headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
        headers.add(name: "Content-Length", value: "\(body.readableBytes)")
        headers.add(name: "Connection", value: "close")
        context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    }
}

// MARK: - Answers

extension ConnectionGuard {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isRefusing else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        guard case .end = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        deadlines?.answered(at: .now())
        guard closesWhenAtRest, deadlines?.isAtRest ?? true else { return context.write(data, promise: promise) }
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        context.writeAndFlush(data, promise: written)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        let buffered = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        if deadlines?.isAtRest ?? true, buffered == 0 { return context.close(promise: nil) }
        closesWhenAtRest = true
    }
}
