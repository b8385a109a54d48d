import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Lets a connection to the control socket in where its user may have one more; else it answers its request with why not.
final class ControlAdmission: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    /// How long one that is refused may take for its request.
    private static let patience = TimeAmount.seconds(2)

    private let connections: ControlConnections
    /// Closed, as long as it is not known whose it is.
    private var admission = ControlConnections.Admission.closed
    private var end: Scheduled<Void>?

    init(_ connections: ControlConnections) {
        self.connections = connections
    }

    func handlerAdded(context: ChannelHandlerContext) {
        // The kernel answers at once, on the connection's own thread.
        let channel = context.channel
        PeerCredentials.credentials(of: channel)?.assumeIsolated().whenSuccess { peer in
            self.admission = self.connections.admit(channel, of: peer)
        }
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        switch admission {
        case .admitted: break
        case .refused: end = context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) { context.close(promise: nil) }
        case .closed: context.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (admission, unwrapInboundIn(data)) {
        case (.admitted, _): context.fireChannelRead(data)
        case (.refused(let reason), .end): refuse(context, reason)
        // A request is read to its end: closing on bytes that were not read would take the answer away.
        case (.refused, _), (.closed, _): break
        }
    }

    private func refuse(_ context: ChannelHandlerContext, _ reason: String) {
        let line = context.channel.allocator.buffer(string: reason + "\n")
        let fields: HTTPFields = [
            .contentType: "text/plain; charset=utf-8", .contentLength: "\(line.readableBytes)", .connection: "close",
        ]
        context.write(wrapOutboundOut(.head(HTTPResponse(status: .serviceUnavailable, headerFields: fields))), promise: nil)
        context.write(wrapOutboundOut(.body(line)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if admission == .admitted { connections.note(context.channel, takesMore: context.channel.isWritable) }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end?.cancel()
        context.fireChannelInactive()
    }
}
