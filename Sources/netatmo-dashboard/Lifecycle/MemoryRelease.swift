import CMemory
import Exporter
import ServiceLifecycle

/// Gives memory back to a small machine: the code of the start once that is over, and what decoding each new answer has left free.
struct MemoryRelease: Service {
    let store: SnapshotStore

    /// By then the first readings have come and were drawn.
    private static let startTime = Duration.seconds(10)

    var configuration: ServiceGroupConfiguration.ServiceConfiguration {
        .init(service: self, serviceName: "memory")
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    guard (try? await Task.sleep(for: Self.startTime)) != nil else { return }
                    cmemory_release_code()
                }
                group.addTask { await trimAfterEachAnswer() }
            }
        }
    }

    private func trimAfterEachAnswer() async {
        var trimmed = store.snapshot.data.fetchedAt
        for await snapshot in store.snapshots() where snapshot.data.fetchedAt != trimmed {
            trimmed = snapshot.data.fetchedAt
            cmemory_trim()
        }
    }
}
