import Foundation
import Netatmo
import TerminalUI
import Testing
import TestSupport

@testable import Dashboard
@testable import Exporter

@Suite("Lines that follow")
struct PlainFollowerTests {
    private static let now = Scenes.now

    private func follower() -> PlainFollower {
        PlainFollower(configuration: StatusTextTests.configuration, symbols: .unicode, time: .utc)
    }

    private func snapshot(temperature: Double, after seconds: TimeInterval, isReachable: Bool = true, events: [Event] = Scenes.events)
        -> Snapshot
    {
        let time = Self.now.addingTimeInterval(seconds)
        let readings = Readings(time: time, values: [.temperature: temperature])
        let base = Module(id: "70:ee:50:00:00:01", kind: .base, name: "Stue", reachable: isReachable, readings: readings)
        return Snapshot(
            token: Scenes.validToken,
            data: DataStatus(stations: [Station(base: base, modules: [], name: "Stue", homeName: "Fjord")], fetchedAt: time), events: events
        )
    }

    private func lines(_ follower: inout PlainFollower, _ snapshot: Snapshot, after seconds: TimeInterval = 0) -> [String] {
        follower.text(for: snapshot, at: Self.now.addingTimeInterval(seconds)).split(separator: "\n").map(String.init)
    }

    @Test("begin with the date, what happened so far, the token's state, and every module")
    func start() {
        var follower = follower()
        let lines = lines(&follower, Scenes.snapshot())
        #expect(lines.prefix(2) == ["Mon 23 Nov 2026", "16:53:05 exporter started: :9210"])
        #expect(lines.contains("17:18:05 Token: VALID, expires in 2 h 41 min, at 19:59:12"))
        #expect(lines.count { $0.hasPrefix("17:18:05 Bergen, ") } == 5)
    }

    @Test("say nothing twice")
    func quiet() {
        var follower = follower()
        _ = lines(&follower, Scenes.snapshot())
        #expect(lines(&follower, Scenes.snapshot(), after: 1) == [])
    }

    @Test("say a module again once it changed noticeably since it was last said, however slowly")
    func changes() {
        var follower = follower()
        _ = lines(&follower, snapshot(temperature: 20, after: 0))
        #expect(lines(&follower, snapshot(temperature: 20.3, after: 480), after: 480) == [])
        let said = lines(&follower, snapshot(temperature: 20.5, after: 960), after: 960)
        #expect(said == ["17:34:05 Stue: temperature 20.5 °C; measured 0 s ago"])
        #expect(lines(&follower, snapshot(temperature: 20.2, after: 1440), after: 1440) == [])
    }

    @Test("say at once that a module is out of reach")
    func unreachable() {
        var follower = follower()
        _ = lines(&follower, snapshot(temperature: 20, after: 0))
        let said = lines(&follower, snapshot(temperature: 20, after: 480, isReachable: false), after: 480)
        #expect(said.first?.hasPrefix("17:26:05 Stue: unreachable") == true)
    }

    @Test("say each event once, failures with their reason, and the state that the token is left in")
    func events() {
        var follower = follower()
        _ = lines(&follower, snapshot(temperature: 20, after: 0))
        let failure = Event(
            time: Self.now.addingTimeInterval(5), kind: .renewalFailed(Scenes.outage, next: Self.now.addingTimeInterval(35)))
        var failing = snapshot(temperature: 20, after: 0, events: Scenes.events + [failure])
        failing.token = TokenStatus(
            possession: Scenes.validToken.possession, renewal: .failing(Scenes.outage, tries: 1, next: Self.now.addingTimeInterval(35)))
        let said = lines(&follower, failing, after: 5)
        #expect(said.count == 2)
        #expect(said.first?.hasPrefix("17:18:10 token failed: next try at 17:18:40: ") == true)
        #expect(said.last?.hasPrefix("17:18:10 Token: EXPIRING, expires in 2 h 41 min") == true)
    }

    @Test("say a renewal that worked in one line")
    func renewal() {
        var follower = follower()
        _ = lines(&follower, snapshot(temperature: 20, after: 0))
        var renewing = snapshot(temperature: 20, after: 0)
        renewing.token = TokenStatus(possession: Scenes.validToken.possession, renewal: .underWay(since: Self.now))
        #expect(lines(&follower, renewing, after: 1) == [])
        let renewed = Event(
            time: Self.now.addingTimeInterval(2), kind: .tokenRenewed(until: Self.now.addingTimeInterval(10_800), took: .seconds(1)))
        #expect(
            lines(&follower, snapshot(temperature: 20, after: 0, events: Scenes.events + [renewed]), after: 2)
                == ["17:18:07 token renewed: until 20:18:05"])
    }

    @Test("give the date again on a new day")
    func newDay() {
        var follower = follower()
        _ = lines(&follower, snapshot(temperature: 20, after: 0))
        let event = Event(time: Self.now.addingTimeInterval(86_400), kind: .dataFetched(modules: 1, took: .milliseconds(5)))
        let said = lines(&follower, snapshot(temperature: 20, after: 0, events: Scenes.events + [event]), after: 86_400)
        #expect(said.prefix(2) == ["Tue 24 Nov 2026", "17:18:05 data ok: 1 modules 5ms"])
    }
}
