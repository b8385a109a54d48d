import ServiceLifecycle
import Synchronization

/// Work as a service: when it ends, so do the others, and when these end, it is cancelled.
final class WorkService: Service {
    private let work: @Sendable () async throws -> Void
    private let ended = Mutex<Result<Void, any Error>?>(nil)

    init(_ work: @escaping @Sendable () async throws -> Void) {
        self.work = work
    }

    var configuration: ServiceGroupConfiguration.ServiceConfiguration {
        .init(service: self, successTerminationBehavior: .gracefullyShutdownGroup, serviceName: "work")
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            do {
                try await self.work()
                self.ended.withLock { $0 = .success(()) }
            } catch {
                self.ended.withLock { $0 = .failure(error) }
            }
        }
    }

    /// What came of it; `nil` where it never began.
    var result: Result<Void, any Error>? { ended.withLock { $0 } }
}
