import Logging
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI

@Suite("The history of events")
struct EventLogTests {
    private let store = SnapshotStore()
    private let log = CollectedLog()

    @Test("holds the latest 500, oldest first, and the log has them all", arguments: [499, 500, 501, 1200])
    func capacity(count: Int) {
        let events = EventLog(publisher: store, logger: log.logger)
        for number in 0..<count { events.record(.exporterStarted(address: ":\(number)"), at: SampleStations.now(Double(number))) }
        let kept = store.snapshot.events
        #expect(kept.count == min(count, 500))
        #expect(kept.map(\.kind) == (max(0, count - 500)..<count).map { .exporterStarted(address: ":\($0)") })
        #expect(log.lines.count == count)
    }

    @Test("begins anew with the next event after one that came before the others")
    func order() {
        let events = EventLog(publisher: store, logger: log.logger)
        events.record(.tokenMissing, at: SampleStations.now(10))
        events.record(.signInStarted, at: SampleStations.now(0))
        #expect(
            store.snapshot.events.map(\.kind) == [.tokenMissing, .signInStarted], "in the order in which they came, whatever the clock says"
        )
    }
}
