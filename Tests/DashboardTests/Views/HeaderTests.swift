import Foundation
import TestSupport
import Testing

@testable import EngineAPI
@testable import OperatingSystem
@testable import Screen
@testable import TerminalUI

@Suite("The line at the top")
struct HeaderTests {
    private static let engine = EngineDescription(
        command: "serve", processID: 812, build: BuildInformation(version: "1.2.3", commit: "abc1234"), staleAge: .seconds(3600),
        refreshInterval: .seconds(480), tokenFile: "/somewhere/token.json")
    private static let lost = EngineConnection.lost(engine, since: Scenes.now.addingTimeInterval(-12), .ended)

    private func header(_ connection: EngineConnection, columns: Int) -> String {
        var snapshot = Scenes.snapshot()
        snapshot.connection = connection
        return Scenes.state(snapshot, columns: columns).frame.lines[0]
    }

    @Test(
        "says to which engine a screen is attached, as far as there is room",
        arguments: [
            (200, "attached: serve, pid 812    exporter :9210"), (120, "attached: serve, pid 812    :9210"),
            (100, "attached: serve, pid 812"),
            (80, "attached: serve"), (60, "attached: serve"), (40, "netatmo-dashboard  attached"),
        ])
    func attached(columns: Int, text: String) {
        #expect(header(.attached(Self.engine), columns: columns).contains(text), "\(header(.attached(Self.engine), columns: columns))")
    }

    @Test(
        "says how long the connection is lost, before the homes where there is no room for both",
        arguments: [
            (200, "connection lost 0:12, trying again"), (120, "connection lost 0:12, trying again"),
            (80, "connection lost 0:12, trying again"), (60, "lost 0:12"), (40, "lost 0:12"),
        ])
    func lost(columns: Int, text: String) {
        let line = header(Self.lost, columns: columns)
        #expect(line.contains(text) && line.contains("17:18:05"), "\(line)")
        #expect(!line.contains(":9210"), "an exporter that is not there: \(line)")
    }

    @Test("says nothing of a connection where the engine is in the same process")
    func inProcess() {
        #expect(header(.inProcess, columns: 120).contains("exporter :9210"))
        #expect(!header(.inProcess, columns: 120).contains("attached"))
    }

    @Test("never leaves out that the connection is lost, however long", arguments: [12.0, 754, 45_000, 900_000], [40, 60, 80])
    func longLost(seconds: Double, columns: Int) {
        let since = Scenes.now.addingTimeInterval(-seconds)
        let line = header(.lost(Self.engine, since: since, .ended), columns: columns)
        #expect(line.contains("lost \(DurationText.age(of: since, at: Scenes.now))"), "\(line)")
    }

    @Test("and what the foot says of a service that does not answer goes once it answers again")
    func answersAgain() {
        var (lost, attached) = (Scenes.snapshot(), Scenes.snapshot())
        (lost.connection, attached.connection) = (Self.lost, .attached(Self.engine))
        for content in [MessageState.Content.unreachable, .waiting] {
            var state = Scenes.state(lost)
            state.say(content)
            state.take(lost)
            #expect(state.message != nil)
            state.take(attached)
            #expect(state.message == nil)
        }
        var state = Scenes.state(lost)
        state.say("something else", .accent)
        state.take(attached)
        #expect(state.message?.text == "something else")
    }

    @Test(
        "and the foot of a screen without room for the history tells a failure of now, and none that it comes to know hours later",
        arguments: [(0.0, true), (-29, true), (29, true), (-30, false), (-7200, false)])
    func oldFailures(age: Double, isTold: Bool) {
        var state = Scenes.state(Snapshot(), columns: 40, rows: 12)
        let failure = Event(time: Scenes.now.addingTimeInterval(age), kind: .dataFailed(Scenes.outage, next: Scenes.now))
        state.take(Scenes.snapshot(events: [failure]))
        #expect((state.message != nil) == isTold)
    }

    @Test("of an attached screen asks nothing at q, also where the engine's token is in memory alone")
    func quit() {
        var snapshot = Scenes.snapshot()
        snapshot.token = TokenStatus(
            possession: .token(expiry: Scenes.now.addingTimeInterval(60), lifetime: 10_800, renewsAt: nil),
            saving: .failed(SampleEvents.fullDisk, next: Scenes.now))
        var own = Scenes.state(snapshot)
        #expect(own.handle(.key(.character("q"))) == nil)
        for connection in [.attached(Self.engine), Self.lost] as [EngineConnection] {
            snapshot.connection = connection
            var attached = Scenes.state(snapshot)
            #expect(attached.handle(.key(.character("q"))) == .quit)
        }
    }

    @Test("and the one at the foot say it where the engine is of another release, as long as that is so")
    func otherVersion() {
        var snapshot = Scenes.snapshot()
        let error = EngineConnectionError.otherVersion(theirs: "9.9", own: "0.1")
        snapshot.connection = .lost(Self.engine, since: Scenes.now, error)
        var state = Scenes.state(snapshot)
        state.tick(now: Scenes.now.addingTimeInterval(600))
        #expect(state.frame.lines.last?.contains("the engine is netatmo-dashboard 9.9, this is 0.1") == true)
        snapshot.connection = .attached(Self.engine)
        state.take(snapshot)
        #expect(state.frame.lines.last?.contains("q Quit") == true)
    }

    @Test("of an engine that calls readings stale sooner than this program would: they are stale")
    func staleAge() {
        var snapshot = Scenes.snapshot()
        let strict = EngineDescription(
            command: "serve", processID: 812, build: Self.engine.build, staleAge: .seconds(1), refreshInterval: .seconds(1), tokenFile: "/t"
        )
        #expect(Scenes.state(snapshot).environment.staleAge == .seconds(3600))
        snapshot.connection = .attached(strict)
        #expect(Scenes.state(snapshot).environment.staleAge == .seconds(1))
    }
}

@Suite("The history of events")
struct EventNumberTests {
    @Test("tells the day of what is not of today, in columns that stay below each other")
    func days() throws {
        func event(_ seconds: TimeInterval, _ port: Int) -> Event {
            Event(time: Scenes.now.addingTimeInterval(seconds), kind: .exporterStarted(address: ":\(port)"))
        }
        let times: [TimeInterval] = [-400 * 86_400, -20 * 86_400, -86_400, -60]
        let snapshot = Scenes.snapshot(events: times.enumerated().map { event($1, $0) })
        let lines = Scenes.state(snapshot, columns: 120, rows: 50).frame.lines.compactMap { line in
            line.firstMatch(of: /│ (.*?) +http +started/).map { match in
                (time: String(match.1), column: line.distance(from: line.startIndex, to: match.range.upperBound))
            }
        }
        #expect(lines.map(\.time) == ["17:17:05", "Sun 17:18", "3 Nov 17:18", "19 Oct 2025"])
        #expect(Set(lines.map(\.column)).count == 1)
        let today = Scenes.snapshot(events: [event(-60, 1)])
        #expect(Scenes.state(today, columns: 120, rows: 50).frame.lines.contains { $0.contains("│ 17:17:05 http  started") })
    }

    @Test("has a blank behind each subject, the rooms of Energy too")
    func rooms() {
        let events = [Event(time: Scenes.now.addingTimeInterval(-60), kind: .energyFetched(rooms: 4))]
        let lines = Scenes.state(Scenes.snapshot(events: events), columns: 120, rows: 50).frame.lines
        #expect(lines.contains { $0.contains("│ 17:17:05 rooms ok      4 rooms") }, "\(lines.joined(separator: "\n"))")
    }

    @Test("stays where the user looks, also where as many events are forgotten as come")
    func scrolled() {
        func snapshot(from first: Int) -> Snapshot {
            var snapshot = Scenes.snapshot()
            snapshot.events = (first..<(first + 500)).map {
                Event(time: Scenes.now.addingTimeInterval(Double($0)), kind: .exporterStarted(address: ":\($0)"))
            }
            snapshot.forgottenEvents = first
            return snapshot
        }
        var state = Scenes.state(snapshot(from: 0))
        state.events.move(.down, count: 500, in: state.layout.events)
        state.take(snapshot(from: 4))
        #expect(state.events.offset == 5)
    }
}
