import Logging
import NIOCore
import NIOSSL

/// Takes the errors of a connection's TLS: that a client can't agree with us, or goes without a good-bye, is its own affair. What there
/// is to close, the TLS handler has closed.
final class TLSFailures: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let log: Logger

    init(log: Logger) {
        self.log = log
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case NIOSSLError.uncleanShutdown: break
        case is NIOSSLError, is BoringSSLError, is NIOSSLCloseTimedOutError: log.debug("http tls: \(error)")
        default: context.fireErrorCaught(error)
        }
    }
}
