import NIOCore
import NIOHTTP1

/// Notes on a request what Hummingbird's bridge would drop: that it is of HTTP/1.0. Browsers ask like that no more; proxies that are
/// told nothing else do. It becomes the field `Via`, by which a proxy tells the same (RFC 9110, section 7.6.3).
final class RelayMarker: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), head.version != .http1_1 else {
            return context.fireChannelRead(data)
        }
        head.headers.add(name: "Via", value: "\(head.version.major).\(head.version.minor) unknown")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
