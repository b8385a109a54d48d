import NIOCore

/// Sees the bytes before they are decoded, and remembers how they ended: what the decoder keeps of a request that is not
/// complete, it keeps to itself.
final class ReadObserver: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private var ending: [UInt8] = []

    /// Whether the last bytes were the blank line that ends a request without a body. With a body behind it, it is not known
    /// whether the next request has begun.
    var endsWithBlankLine: Bool { ending == Array("\r\n\r\n".utf8) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data).readableBytesView.suffix(4)
        ending = Array((ending + bytes).suffix(4))
        context.fireChannelRead(data)
    }
}
