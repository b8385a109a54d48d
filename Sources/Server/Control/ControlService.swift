package import Engine
package import EngineAPI
package import Logging
import OperatingSystem
package import ServiceLifecycle
import Synchronization

/// The control socket of an engine: what front ends in other processes show and ask for.
package struct ControlService: Sendable {
    private let server: ControlServer
    /// Each time when screens came or went.
    package let screens: AsyncStream<Void>
    /// Comes once front ends are answered, or it turned out that none can be.
    package let settled = Promise<Void>()

    /// Puts it together; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - description: Which engine it is, for its front ends.
    ///   - logs: The log's latest lines, and again each time there are more.
    ///   - logger: Gets a line for each front end that comes or goes, and for each action with who asked for it.
    package init(
        engine: ExporterEngine, description: EngineDescription, place: ControlSocketPlace,
        logs: @escaping @Sendable () -> AsyncStream<LogTail>, logger: Logger
    ) {
        let stream = StateStream(
            store: engine.store, logs: logs, stations: StationsText(), engine: description, clock: engine.clock)
        let (screens, screen) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.screens = screens
        let routes = ControlRoutes(
            engine: engine, stream: stream, status: StatusPage(store: engine.store, settings: engine.configuration.status),
            clock: engine.clock, logger: logger, onScreen: { screen.yield() })
        server = ControlServer(
            responder: ControlResponder(routes: routes, logger: logger), place: place,
            connections: ControlConnections(clock: engine.clock, logger: logger), logger: logger,
            onFailure: { [settled] reason in
                engine.noteControlFailure(reason)
                settled.resolve(())
            },
            onListening: { [settled] in settled.resolve(()) })
    }

    package var configuration: ServiceGroupConfiguration.ServiceConfiguration {
        .init(service: server, serviceName: "control")
    }
}

/// The socket that a server has put in its place, if it has.
final class Placed: Sendable {
    private let socket = Mutex<PlacedSocket?>(nil)

    func put(_ placed: PlacedSocket) {
        socket.withLock { $0 = placed }
    }

    /// Removes it, once.
    func remove() {
        socket.withLock { socket in
            socket?.remove()
            socket = nil
        }
    }
}
