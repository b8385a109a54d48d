import NIOCore

/// Stops accepting connections for a second where the system has no file left for one.
///
/// NIO tells of the error, but stays interested in the connection that waits: it is told of it again at once, and spins. Stands
/// first in the pipeline of the socket that listens. Beneath the limits that leave files in reserve it is the second line: the
/// limit of this process may be lowered, or the whole system may have no file left.
final class AcceptPause: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = any Channel

    /// How long no connection is accepted.
    static let duration = TimeAmount.seconds(1)

    private var end: Scheduled<Void>?

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is IOError, end == nil { pause(context) }
        context.fireErrorCaught(error)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end?.cancel()
    }

    private func pause(_ context: ChannelHandlerContext) {
        guard let options = context.channel.syncOptions, (try? options.setOption(.autoRead, value: false)) != nil else { return }
        end = context.eventLoop.assumeIsolated().scheduleTask(in: Self.duration) {
            self.end = nil
            try? context.channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }
}
