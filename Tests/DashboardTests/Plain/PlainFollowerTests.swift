import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Plain
@testable import OperatingSystem

@Suite("Lines that follow")
struct PlainFollowerTests {
    private static let now = Scenes.now

    private func follower() -> PlainFollower {
        PlainFollower(settings: StatusTextTests.configuration.status, symbols: .unicode, time: .utc)
    }

    private func snapshot(
        temperature: Double, after seconds: TimeInterval, isReachable: Bool = true, preferences: Units? = nil,
        events: [Event] = Scenes.events
    ) -> Snapshot {
        let time = Self.now.addingTimeInterval(seconds)
        let readings = Readings(time: time, values: [.temperature: temperature])
        let base = Device(id: "70:ee:50:00:00:01", kind: .base, name: "Stue", reachable: isReachable, readings: readings)
        return Snapshot(
            token: Scenes.validToken,
            data: DataStatus(
                stations: [Station(base: base, modules: [], name: "Stue", homeName: "Fjord")], preferences: preferences, fetchedAt: time),
            events: events
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

    @Test("tell of what happened before them the last twenty events, and then each one")
    func oldEvents() {
        var follower = follower()
        func events(_ count: Int) -> [Event] {
            (0..<count).map { Event(time: Self.now.addingTimeInterval(Double($0)), kind: .exporterStarted(address: ":\($0)")) }
        }
        let first = lines(&follower, Snapshot(events: events(400))).filter { $0.contains("exporter started") }
        #expect(first.count == 20 && first.last?.hasSuffix(":399") == true)
        let next = lines(&follower, Snapshot(events: events(450))).filter { $0.contains("exporter started") }
        #expect(next.count == 50 && next.first?.hasSuffix(":400") == true)
    }

    @Test("say to which engine they are attached, that the connection is lost and why, and that it is back; each once")
    func connection() {
        var follower = follower()
        let engine = EngineDescription(
            command: "serve", processID: 812, build: BuildInformation(version: "1", commit: "c"), staleAge: .seconds(3600),
            refreshInterval: .seconds(480), tokenFile: "/t")
        func said(_ connection: EngineConnection) -> [String] {
            lines(&follower, Snapshot(connection: connection)).filter { !$0.hasPrefix("Mon ") }
        }
        #expect(said(.attached(engine)) == ["17:18:05 attached: serve, pid 812"])
        #expect(said(.attached(engine)) == [])
        let lost = EngineConnection.lost(engine, since: Self.now, .ended)
        #expect(said(lost) == ["17:18:05 connection lost, trying again: the engine ended the connection"])
        #expect(said(lost) == [])
        // Each try ends with a reason of its own.
        #expect(said(.lost(engine, since: Self.now, .noEngine(path: "/s"))) == [])
        #expect(said(.attached(engine)) == ["17:18:05 attached: serve, pid 812"])
        #expect(said(.lost(engine, since: Self.now, .silent(seconds: 25))).count == 1)
        #expect(said(.inProcess) == [])
    }

    @Test("say once that an engine that is back is of another release, which trying again does not mend")
    func otherRelease() {
        var follower = follower()
        let engine = EngineDescription(
            command: "serve", processID: 812, build: BuildInformation(version: "1", commit: "c"), staleAge: .seconds(3600),
            refreshInterval: .seconds(480), tokenFile: "/t")
        func said(_ error: EngineConnectionError) -> [String] {
            lines(&follower, Snapshot(connection: .lost(engine, since: Self.now, error))).filter { !$0.hasPrefix("Mon ") }
        }
        _ = lines(&follower, Snapshot(connection: .attached(engine)))
        #expect(said(.ended).count == 1)
        let other = EngineConnectionError.otherVersion(theirs: "9.9", own: "0.1")
        #expect(said(other) == ["17:18:05 \(other)"])
        #expect(said(other) == [])
    }

    @Test("of an engine that they attach to are in the order of their times: first what happened before")
    func order() throws {
        var follower = follower()
        let engine = EngineDescription(
            command: "serve", processID: 812, build: BuildInformation(version: "1", commit: "c"), staleAge: .seconds(3600),
            refreshInterval: .seconds(480), tokenFile: "/t")
        var snapshot = Scenes.snapshot()
        snapshot.connection = .attached(engine)
        let said = lines(&follower, snapshot)
        #expect(said.contains { $0.contains("attached: serve") })
        let times = said.compactMap { $0.prefixMatch(of: /\d\d:\d\d:\d\d/).map { String($0.0) } }
        #expect(times.count > 5 && times == times.sorted())
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

    @Test("say a module again once it measures something more or less, and that one that measures nothing has no readings")
    func measures() {
        var follower = follower()
        func said(_ values: MeasureTable<Double>, after seconds: TimeInterval) -> [String] {
            var snapshot = snapshot(temperature: 20, after: seconds)
            let readings = Readings(time: Self.now.addingTimeInterval(seconds), values: values)
            let base = Device(id: "70:ee:50:00:00:01", kind: .base, name: "Stue", readings: readings)
            snapshot.data.stations = [Station(base: base, modules: [], name: "Stue", homeName: "Fjord")]
            return lines(&follower, snapshot, after: seconds)
        }
        _ = said([.temperature: 20], after: 0)
        #expect(said([.temperature: 20, .noise: 40], after: 480) == ["17:26:05 Stue: temperature 20.0 °C; noise 40 dB; measured 0 s ago"])
        #expect(said([.temperature: 20], after: 960) == ["17:34:05 Stue: temperature 20.0 °C; measured 0 s ago"])
        #expect(said([.temperature: 20], after: 1440) == [])
        #expect(said([:], after: 1920) == ["17:50:05 Stue: no readings; measured 0 s ago"])
    }

    @Test("say at once that a module is out of reach")
    func unreachable() {
        var follower = follower()
        _ = lines(&follower, snapshot(temperature: 20, after: 0))
        let said = lines(&follower, snapshot(temperature: 20, after: 480, isReachable: false), after: 480)
        #expect(said.first?.hasPrefix("17:26:05 Stue: unreachable") == true)
    }

    @Test("say once that a module is in reach again")
    func reachableAgain() {
        var follower = follower()
        _ = lines(&follower, snapshot(temperature: 20, after: 0, isReachable: false))
        let said = lines(&follower, snapshot(temperature: 20, after: 480), after: 480)
        #expect(said == ["17:26:05 Stue: reachable again; temperature 20.0 °C; measured 0 s ago"])
        #expect(lines(&follower, snapshot(temperature: 20, after: 960), after: 960) == [])
    }

    @Test("say once that readings went stale while every fetch fails, and once that they are fresh again")
    func stale() {
        var follower = follower()
        _ = lines(&follower, snapshot(temperature: 20, after: 0))
        func failing(at seconds: TimeInterval) -> Snapshot {
            let before = snapshot(temperature: 20, after: 0)
            let attempt = DataStatus.Attempt(time: Self.now.addingTimeInterval(seconds), duration: .seconds(1), error: Scenes.outage)
            return Snapshot(
                token: before.token,
                data: DataStatus(stations: before.data.stations, fetchedAt: before.data.fetchedAt, lastAttempt: attempt),
                events: before.events)
        }
        for seconds in [480.0, 3120, 3600] { #expect(lines(&follower, failing(at: seconds), after: seconds) == []) }
        #expect(
            lines(&follower, failing(at: 3601), after: 3601) == ["18:18:06 Stue: stale; temperature 20.0 °C; measured 1 h 0 min ago"])
        for seconds in [3602.0, 4080, 7200] { #expect(lines(&follower, failing(at: seconds), after: seconds) == []) }
        #expect(
            lines(&follower, snapshot(temperature: 20, after: 7210), after: 7210)
                == ["19:18:15 Stue: fresh again; temperature 20.0 °C; measured 0 s ago"])
        #expect(lines(&follower, snapshot(temperature: 20, after: 7690), after: 7690) == [])
    }

    @Test("say of each module by itself that it went stale, on a new day after the date, and that a clock set back made it fresh")
    func staleModules() {
        var follower = follower()
        let modules = [0.0, -600, -1200].enumerated().map { index, age in
            Device(
                id: "02:0\(index)", kind: .indoor, name: "Room \(index)",
                readings: Readings(time: Self.now.addingTimeInterval(age), values: [.temperature: 20]))
        }
        let snapshot = Snapshot(
            data: DataStatus(
                stations: [Station(base: modules[0], modules: Array(modules.dropFirst()), name: nil, homeName: "Fjord")],
                fetchedAt: Self.now))
        func names(after seconds: TimeInterval) -> [String] {
            lines(&follower, snapshot, after: seconds).map { line in line.split(separator: ";").first.map(String.init) ?? "" }
        }
        #expect(names(after: 0).count { $0.contains("Room") } == 3)
        #expect(names(after: 2401) == ["17:58:06 Room 2: stale"])
        #expect(names(after: 2900) == [])
        #expect(names(after: 3001) == ["18:08:06 Room 1: stale"])
        #expect(names(after: 2500) == ["17:59:45 Room 1: fresh again"])
        #expect(names(after: 86_400) == ["Tue 24 Nov 2026", "17:18:05 Room 0: stale", "17:18:05 Room 1: stale"])
    }

    @Test("tell values in the account's units, with a word where they are not well, and no more of the device than matters")
    func facts() {
        var follower = follower()
        let base = ReadingScenes.module(
            "70:02", .base, "Bedroom", [.temperature: 18.9, .temperatureMinimum: 15, .humidity: 72, .co2: 2140, .absolutePressure: 1000],
            signal: .wifi(86), age: 0)
        let rain = ReadingScenes.module("05:01", .rain, "Rain", [.rain: 0.1], battery: ReadingScenes.battery(12, 4100), age: 0)
        let snapshot = Snapshot(
            data: DataStatus(
                stations: [Station(base: base, modules: [rain], name: nil, homeName: "House")],
                preferences: Units(temperature: .fahrenheit),
                fetchedAt: Self.now))
        #expect(
            lines(&follower, snapshot) == [
                "Mon 23 Nov 2026",
                "17:18:05 Bedroom: temperature 66.0 °F; humidity 72 %, high; CO2 2140 ppm, bad; Wi-Fi bad; measured 0 s ago",
                "17:18:05 Rain: rain 0.1 mm; battery 12 %, low; measured 0 s ago",
            ])
    }

    @Test("follow the snapshots, and say without one what comes with time", .timeLimit(.minutes(1)))
    func following() async throws {
        let (clock, store) = (ManualClock(now: Self.now), SnapshotStore())
        let (texts, writer) = AsyncStream.makeStream(of: String.self)
        store.publish(snapshot(temperature: 20, after: 0).data)
        let follower = follower()
        let task = Task { await follower.follow(store.snapshots(), on: clock) { writer.yield($0) } }
        var said = texts.makeAsyncIterator()
        #expect(await said.next() == "Mon 23 Nov 2026\n17:18:05 Stue: temperature 20.0 °C; measured 0 s ago\n")
        try await clock.sleepers(atLeast: 1)
        clock.advance(by: .seconds(3601))
        #expect(await said.next() == "18:18:06 Stue: stale; temperature 20.0 °C; measured 1 h 0 min ago\n")
        store.publish(snapshot(temperature: 21, after: 3601).data)
        #expect(await said.next() == "18:18:06 Stue: fresh again; temperature 21.0 °C; measured 0 s ago\n")
        task.cancel()
        await task.value
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
