import Logging
import ServiceLifecycle

/// Runs services while `body` does, then stops them gracefully and waits for them.
func running(
    _ services: [any Service], logger: Logger = CollectedLog().logger, _ body: @escaping @Sendable (ServiceGroup) async throws -> Void
) async throws {
    var logger = logger
    logger.logLevel = .error
    let configuration = ServiceGroupConfiguration(
        services: services.map { .init(service: $0, successTerminationBehavior: .ignore) }, gracefulShutdownSignals: [], logger: logger
    )
    let group = ServiceGroup(configuration: configuration)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        do {
            try await body(group)
        } catch {
            tasks.cancelAll()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
    }
}
