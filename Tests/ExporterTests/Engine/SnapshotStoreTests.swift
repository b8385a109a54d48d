import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI

@Suite("Readers of the snapshot")
struct SnapshotStoreTests {
    @Test("A reader gets the current snapshot and the latest of those that come, never an older one")
    func latest() async {
        let store = SnapshotStore()
        var reader = store.snapshots().makeAsyncIterator()
        #expect(await reader.next()?.exporter == .starting)
        for port in 1...5 { store.update { $0.exporter = .listening(address: ":\(port)", port: port) } }
        #expect(await reader.next()?.exporter == .listening(address: ":5", port: 5))
    }

    @Test("A request to NetAtmo makes the metrics anew, and wakes no reader")
    func requests() async {
        let store = SnapshotStore()
        var reader = store.snapshots(buffering: .unbounded).makeAsyncIterator()
        _ = await reader.next()
        let before = store.metricsVersion
        var statistics = APIStatistics()
        statistics.add(.ok, to: .stations, seconds: 0.1)
        store.publish(statistics)
        #expect(store.metricsVersion > before)
        #expect(store.api == statistics)
        // A snapshot that came of it would be the next one.
        store.update { $0.exporter = .listening(address: ":1", port: 1) }
        #expect(await reader.next()?.exporter == .listening(address: ":1", port: 1))
    }

    @Test("Readers that are cancelled in the middle of news hold up nobody")
    func cancelled() async throws {
        try await waiting(for: "the last reader to go") {
            for round in 0..<3000 {
                let store = SnapshotStore()
                let readers = (0..<2).map { _ in Task { for await _ in store.snapshots() {} } }
                let writer = Task { for port in 0..<4 { store.update { $0.exporter = .listening(address: ":\(round)", port: port) } } }
                if round.isMultiple(of: 2) { await Task.yield() }
                for reader in readers { reader.cancel() }
                await writer.value
                for reader in readers { await reader.value }
                // One that has gone is no burden for those after it.
                store.update { $0.exporter = .starting }
            }
        }
    }
}
