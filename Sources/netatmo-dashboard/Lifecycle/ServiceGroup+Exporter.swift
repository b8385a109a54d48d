import Engine
import Logging
import Server
import ServiceLifecycle

extension ServiceGroup {
    /// All that runs where an exporter serves: its engine, whose token is loaded, the HTTP server on it, its control socket, what stands
    /// in front of them, and what ends them.
    init(
        serving engine: ExporterEngine, control: ControlOffer?, with fronts: [ServiceGroupConfiguration.ServiceConfiguration] = [],
        signals: EndingSignals, logger: Logger
    ) {
        let server = ExporterService(engine: engine, logger: logger)
        let control = control?.service(of: engine, logger: logger)
        let memory = MemoryRelease(
            store: engine.store, connections: server.connections, fills: engine.fills, screens: control?.screens)
        self.init(
            configuration: ServiceGroupConfiguration(
                services: engine.services + server.services + (control.map { [$0.configuration] } ?? []) + fronts + [
                    signals.configuration, memory.configuration,
                ],
                logger: logger
            )
        )
    }
}
