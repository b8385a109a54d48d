import EngineAPI
import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import OperatingSystem
import ServiceLifecycle

/// The HTTP server on the control socket. Where it can't listen there, that is told, and the exporter works without it.
struct ControlServer: Service {
    let responder: ControlResponder
    let place: ControlSocketPlace
    let logger: Logger
    /// Told why it can't listen, in one line.
    let onFailure: @Sendable (String) -> Void

    /// How many connections there may be; a screen has one or two.
    private static let mostConnections = 256
    /// How long requests under way may take when the program stops.
    private static let gracePeriod = Duration.seconds(1)
    /// The largest header of a request in all, in bytes.
    private static let longestHeader = 16 << 10

    func run() async throws {
        do {
            try await listen()
        } catch let error as FileError {
            fail("\(error)")
        } catch let error as IOError {
            fail("can't listen: \(systemMessage(error.errnoCode))")
        } catch let error where !(error is CancellationError) {
            fail("can't listen: \(error)")
        }
        // A service that ends by itself would end the others.
        try? await gracefulShutdown()
    }

    private func fail(_ reason: String) {
        logger.warning("control socket \(place.socket): \(reason); --socket gives another place")
        onFailure(reason)
    }

    private func listen() async throws {
        try place.prepare()
        let placement = try UnixSocketPlacement(of: place.socket, group: place.group)
        let placed = Placed()
        defer {
            placement.discard()
            placed.remove()
        }
        let server = try server(at: placement.temporaryPath) {
            do throws(FileError) {
                placed.put(try placement.complete())
                logger.info("control socket: \(place.socket)")
            } catch {
                fail("\(error)")
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask {
                try? await gracefulShutdown()
                placed.remove()
                try? await Task.sleep(for: Self.gracePeriod)
            }
            try await group.next()
            group.cancelAll()
        }
    }

    private func server(at path: String, onRunning: @escaping @Sendable () -> Void) throws -> any Service {
        let limits = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: Self.longestHeader, maxHeaderListSize: Self.longestHeader, maxHeaderFieldCount: 100)
        return try HTTPServerBuilder.http1(configuration: .init(idleTimeout: .seconds(60), httpDecoderConfiguration: limits)).buildServer(
            configuration: ServerConfiguration(
                address: .unixDomainSocket(path: path),
                availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections, logger: quiet)
            ),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet,
            responder: { [quiet, responder] request, writer, channel in
                // What is asked by a sender who has gone already, so that it can't be said who it was, is not done.
                guard let peer = await PeerCredentials(of: channel) else {
                    let refusal = Response.text(.badRequest, "the sender has gone")
                    return try await writer.write(response: refusal.head, body: refusal.body)
                }
                let context = ControlRequestContext(
                    channel: channel, peer: peer, source: ApplicationRequestContextSource(channel: channel, logger: quiet))
                let response = try await responder.respond(to: request, context: context)
                try await writer.write(response: response.head, body: response.body)
            },
            onServerRunning: { _ in onRunning() }
        )
    }

    /// Hummingbird tells at level info what our own history tells in the user's words.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}
