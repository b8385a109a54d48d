import Glibc
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import Server

@Suite("A server, on a place of its own or on a socket that it is given")
struct ListeningPlaceTests {
    /// Greets, and keeps the connection until the client closes it.
    private struct Greeter: ServerChildChannel {
        typealias Value = NIOAsyncChannel<ByteBuffer, ByteBuffer>

        final class Count: Sendable {
            private let values = Mutex((now: 0, most: 0))
            var most: Int { values.withLock { $0.most } }

            func opened() {
                values.withLock { values in
                    values.now += 1
                    values.most = max(values.most, values.now)
                }
            }

            func closed() { values.withLock { $0.now -= 1 } }
        }

        let open: Count

        func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
            open.opened()
            channel.closeFuture.whenComplete { [open] _ in open.closed() }
            return channel.eventLoop.makeCompletedFuture { try Value(wrappingChannelSynchronously: channel) }
        }

        func handle(value: Value, logger: Logger) async {
            try? await value.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: "hello\r\n"))
                for try await _ in inbound {}
            }
        }
    }

    @Test(
        "has no more connections open than it may; those that wait are taken once others have gone", .timeLimit(.minutes(1)),
        arguments: [false, true])
    func most(isInherited: Bool) async throws {
        let passed = try PassableSocket(loopback: SOCK_STREAM)
        let open = Greeter.Count()
        let listening = AsyncStream.makeStream(of: Int.self)
        let server = Greeter(open: open).server(
            at: isInherited ? .inherited(descriptor: dup(passed.descriptor)) : .address(.hostname("127.0.0.1", port: 0)), mostOpen: 1,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        ) { listener in
            listening.continuation.yield(listener.localAddress?.port ?? 0)
        }
        // They wait in the backlog of the socket that is passed on, which holds eight, before anybody answers there.
        let early = try isInherited ? (0..<8).map { _ in try RawConnection(port: passed.port) } : []
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            let port = try #require(await listening.stream.first { _ in true })
            let clients = try early.isEmpty ? (0..<8).map { _ in try RawConnection(port: port) } : early
            for (number, client) in clients.enumerated() {
                #expect(await client.read(upTo: "\r\n") == "hello\r\n")
                // Time enough to take all that wait.
                if number == 0 { for _ in 0..<50 { await ExporterService.takeTurns() } }
                client.finish()
            }
            group.cancelAll()
        }
        // NIO accepts four at a time, and the count is looked at before each such batch.
        #expect((1...4).contains(open.most), "\(open.most)")
    }
}
