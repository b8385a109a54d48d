import Engine
import Logging
import OperatingSystem
import Server
import ServiceLifecycle
import WebSecurity

extension ServiceGroup {
    /// All that runs where an exporter serves: its engine, whose token is loaded, the HTTP server on it, its control socket, what stands
    /// in front of them, what ends them, and what the service manager is told of all that.
    ///
    /// - Parameters:
    ///   - inherited: A socket that listens at the exporter's address already; `nil` where one is to be made.
    ///   - protection: Who may ask by TCP; `nil` for everybody, by plain HTTP.
    ///   - manager: Who started the program.
    init(
        serving engine: ExporterEngine, inherited: Int32? = nil, for protection: WebProtection?, control: ControlOffer?,
        with fronts: [ServiceGroupConfiguration.ServiceConfiguration] = [], signals: EndingSignals, manager: ServiceManager, logger: Logger
    ) {
        let server = ExporterService(engine: engine, inherited: inherited, protection: protection, logger: logger)
        let control = control?.service(of: engine, logger: logger)
        let report = ServiceReport(to: manager, of: engine, control: control)
        let memory = MemoryRelease(
            store: engine.store, connections: server.connections, fills: engine.fills, screens: control?.screens)
        self.init(
            configuration: ServiceGroupConfiguration(
                services: [
                    report.map { [$0.configuration] } ?? [], engine.services, server.services, control.map { [$0.configuration] } ?? [],
                    fronts, [signals.configuration, memory.configuration], report.map { [$0.endNotice] } ?? [],
                ].flatMap(\.self),
                logger: logger
            )
        )
    }
}

extension ServiceReport {
    /// - Returns: `nil` where nobody wants to know.
    fileprivate init?(to manager: ServiceManager, of engine: ExporterEngine, control: ControlService?) {
        guard let socket = manager.notifications else { return nil }
        self.init(
            to: socket, watchdog: manager.watchdog, store: engine.store, clock: engine.clock,
            untilServing: {
                _ = await engine.listening.wait()
                _ = await control?.settled.wait()
            },
            takeTurns: {
                await engine.takeTurns()
                await ExporterService.takeTurns()
            })
    }
}

extension ServiceManager {
    /// Who started the program.
    @TaskLocal static var current = ServiceManager.none
}
