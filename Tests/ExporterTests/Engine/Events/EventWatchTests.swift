import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo

@Suite("Publish, then tell")
struct EventWatchTests {
    private let store = SnapshotStore()
    private let log = CollectedLog()
    private let events: EventLog

    init() {
        events = EventLog(publisher: store, logger: log.logger)
    }

    @Test("an event is found early that comes before its state, and not one that comes after it")
    func order() async {
        let until = SampleStations.now(10_800)
        let works = TokenStatus(possession: .token(expiry: until, lifetime: 10_800, renewsAt: until))
        let error = NetatmoError(.unauthorized)
        let failed = DataStatus(lastAttempt: .init(time: SampleStations.now, duration: .zero, error: error), nextFetch: until)
        let early = EventWatch(store)
        events.record(.tokenRenewed(until: until, took: .zero), at: SampleStations.now)
        store.update { $0.token = works }
        events.record(.dataFailed(error, next: until), at: SampleStations.now)
        store.publish(failed)
        events.record(.signedIn(until: until), at: SampleStations.now)
        store.update { $0.signIn = .succeeded(until: until) }
        let faults = await early.faults()
        #expect(faults.count == 3, "\(faults)")

        let late = EventWatch(store)
        events.record(.tokenRenewed(until: until, took: .zero), at: SampleStations.now)
        events.record(.dataFailed(error, next: until), at: SampleStations.now)
        events.record(.signedIn(until: until), at: SampleStations.now)
        #expect(await late.faults() == [])
    }
}
