import NIOCore

/// Tells a client that sends a plain HTTP request where TLS is spoken, as Go's servers do, and closes the connection.
///
/// Stands before the TLS handler, and steps aside at the first byte of anything else.
final class PlainRequestRefusal: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let line = "Client sent an HTTP request to an HTTPS server.\n"

    private var hasRefused = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasRefused else { return }
        // A handshake begins with its record's type, 22; a request with a method, which is of letters.
        guard let first = unwrapInboundIn(data).readableBytesView.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else {
            context.fireChannelRead(data)
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
            return
        }
        hasRefused = true
        let answer = """
            HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: \(Self.line.utf8.count)\r\n\
            Connection: close\r\n\r\n\(Self.line)
            """
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: written)
    }
}
