import CMemory
import Engine
import EngineAPI
import Server
import ServiceLifecycle

/// Gives memory back to a small machine: the code of the start once that is over, what decoding each new answer took, its code too, and
/// what many connections at once have left free.
struct MemoryRelease: Service {
    let store: SnapshotStore
    let connections: ConnectionLimit
    /// Each time when the curves of all modules have come.
    let fills: AsyncStream<Void>
    /// Each time when screens came or went; `nil` where none can.
    let screens: AsyncStream<Void>?

    /// By then the first readings have come and were drawn, by the program itself or by a screen that is new.
    private static let startTime = Duration.seconds(10)
    /// How long after an answer memory is given back: what decoded it and what shows it have let go of the old one by then.
    private static let answerTime = Duration.seconds(1)
    /// How often memory is given back while there are many connections, and how long after they have gone at most.
    private static let crowdInterval = Duration.seconds(15)

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
                group.addTask { await trimAfterCrowds() }
                // What a screen is told at first, and what reads the curves, takes code and memory that are of no use afterwards.
                for times in [fills, screens].compactMap(\.self) { group.addTask { await trim(after: times) } }
            }
        }
    }

    private func trimAfterEachAnswer() async {
        for await _ in store.newReadings() {
            guard (try? await Task.sleep(for: Self.answerTime)) != nil else { return }
            cmemory_trim()
            cmemory_release_code()
        }
    }

    private func trim(after times: AsyncStream<Void>) async {
        for await _ in times {
            guard (try? await Task.sleep(for: Self.startTime)) != nil else { return }
            cmemory_trim()
            cmemory_release_code()
        }
    }

    private func trimAfterCrowds() async {
        for await _ in connections.crowds {
            // Once more after they have gone.
            var isCrowded = true
            while isCrowded {
                isCrowded = connections.isCrowded
                guard (try? await Task.sleep(for: Self.crowdInterval)) != nil else { return }
                cmemory_trim()
            }
        }
    }
}
