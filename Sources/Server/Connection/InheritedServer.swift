import HummingbirdCore
import Logging
import NIOCore
import NIOExtras
import NIOPosix
import ServiceLifecycle

/// A server on a socket that listens already. Hummingbird's own, whose way with connections and with their end it shares, binds its
/// sockets itself.
struct InheritedServer<Connection: ServerChildChannel>: Service {
    /// Closed at the end.
    let descriptor: Int32
    let connection: Connection
    let bound: MaximumAvailableConnections?
    let logger: Logger
    /// Gets the listening channel once it accepts connections.
    let onRunning: @Sendable (any Channel) async -> Void

    /// How many connections may wait to be accepted. The kernel notes at the call who listens: screens look for this process there.
    private static var backlog: Int32 { 256 }

    func run() async throws {
        let quiescing = ServerQuiescingHelper(group: MultiThreadedEventLoopGroup.singleton)
        let listener = try await listen(quiescing)
        await withGracefulShutdownHandler {
            await onRunning(listener.channel)
            await withDiscardingTaskGroup { group in
                do {
                    try await listener.executeThenClose { connections in
                        for try await value in connections {
                            group.addTask { await connection.handle(value: value, logger: logger) }
                        }
                    }
                } catch {
                    logger.error("accepting connections failed: \(error)")
                }
            }
        } onGracefulShutdown: {
            quiescing.initiateShutdown(promise: nil)
        }
    }

    private func listen(_ quiescing: ServerQuiescingHelper) async throws -> NIOAsyncChannel<Connection.Value, Never> {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: Self.backlog)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let bound { try pipeline.addHandler(AvailableConnectionsChannelHandler(delegate: bound)) }
                    try pipeline.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .bind(descriptor) { channel in connection.setup(channel: channel, logger: logger) }
    }
}
