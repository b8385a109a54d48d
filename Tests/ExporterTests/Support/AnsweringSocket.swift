import Glibc
import NIOCore
import NIOPosix

/// A Unix-domain socket that answers whatever comes with the same text, and hangs up.
enum AnsweringSocket {
    private final class Handler: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        let answer: String

        init(answer: String) {
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            context.writeAndFlush(NIOAny(ByteBuffer(string: answer)), promise: nil)
            context.close(promise: nil)
        }
    }

    /// Answers while `body` runs.
    static func running(_ path: String, answer: String, _ body: () async throws -> Void) async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Handler(answer: answer)) }
            }
            .bind(unixDomainSocketPath: path).get()
        do {
            try await body()
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }
}
