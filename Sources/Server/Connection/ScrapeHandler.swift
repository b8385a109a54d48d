import EngineAPI
import Logging
import NIOCore
import NIOHTTP1

/// Answers scrapes on the event loop, from kept text, and lets everything else pass; a scrape too whose text has to be made first.
///
/// Going through tasks and routes costs several times what the answer itself does.
final class ScrapeHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let responder: ScrapeResponder
    private let log: Logger
    /// The scrape that is answered once it has come to its end.
    private var scrape: HTTPRequestHead?
    /// Requests that passed and were not answered yet. A scrape behind one passes too, so that answers keep their order.
    private var requestsBehind = 0

    init(responder: ScrapeResponder, log: Logger) {
        self.responder = responder
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head) where requestsBehind == 0 && Self.isScrape(head):
            scrape = head
        case .head:
            requestsBehind += 1
            context.fireChannelRead(data)
        case .body, .end:
            guard let head = scrape else { return context.fireChannelRead(data) }
            guard case .end = unwrapInboundIn(data) else { return }
            scrape = nil
            if let scrape = kept(head) { return answer(head, scrape, context) }
            requestsBehind += 1
            context.fireChannelRead(wrapInboundOut(.head(head)))
            context.fireChannelRead(data)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { requestsBehind -= 1 }
        context.write(data, promise: promise)
    }

    private static let path = ExporterPath.metrics.rawValue

    private static func isScrape(_ head: HTTPRequestHead) -> Bool {
        guard head.method == .GET || head.method == .HEAD, head.uri == path || head.uri.hasPrefix(path + "?") else { return false }
        return !head.headers.contains(name: "Transfer-Encoding") && head.headers.first(name: "Content-Length").map { $0 == "0" } ?? true
    }

    private func kept(_ request: HTTPRequestHead) -> ScrapeAnswer? {
        responder.keptAnswer(
            accept: request.headers["Accept"].joined(separator: ","),
            acceptEncoding: request.headers["Accept-Encoding"].joined(separator: ",")
        )
    }

    private func answer(_ request: HTTPRequestHead, _ scrape: ScrapeAnswer, _ context: ChannelHandlerContext) {
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: scrape.headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if request.method == .GET {
            for piece in scrape.body { context.write(wrapOutboundOut(.body(.byteBuffer(piece))), promise: nil) }
        }
        log.debug("http \(request.method.rawValue) \(Self.path) 200")
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
