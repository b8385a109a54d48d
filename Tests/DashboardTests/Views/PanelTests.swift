import FoundationEssentials
import Glibc
import TerminalUI
import TestSupport
import Testing

@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem
@testable import Screen

@Suite("What the panels say")
struct PanelTests {
    private func text(_ state: DashboardState) -> String {
        state.frame.lines.joined(separator: "\n")
    }

    @Test("the countdown steps each second and ends at zero")
    func countdown() {
        var state = Scenes.state()
        #expect(text(state).contains("expires in 2:41:07"))
        state.tick(now: Scenes.now.addingTimeInterval(1))
        #expect(text(state).contains("expires in 2:41:06"))
        state.tick(now: Scenes.now.addingTimeInterval(9667))
        #expect(text(state).contains("✗ EXPIRED"))
        #expect(!text(state).contains("expires in"))
    }

    @Test("a token of which nobody said when it expires counts nothing down, and says what to do")
    func unknownExpiry() {
        var state = Scenes.state(Scenes.snapshot(token: TokenStatus(possession: .token(expiry: nil, lifetime: 10_800, renewsAt: nil))))
        for seconds in [0.0, 1_000_000] {
            state.tick(now: Scenes.now.addingTimeInterval(seconds))
            #expect(text(state).contains("EXPIRING"))
            #expect(text(state).contains("expiry unknown"))
            #expect(text(state).contains("works until NetAtmo refuses it"))
            #expect(text(state).contains("No refresh token: press a once"))
            #expect(!text(state).contains("expires in") && !text(state).contains("expired"))
        }
    }

    @Test("a failure of the token that is over is told with its time and cause, in this process and in another one alike")
    func pastFailure() throws {
        let outage = NetatmoError(.outage, status: 503)
        let file = TokenFileError(path: "/t.json", cause: .system(FileError(operation: "write", code: ENOSPC)))
        let at = Scenes.now.addingTimeInterval(-600)
        for (kind, told) in [
            (Event.Kind.renewalFailed(outage, next: Scenes.now), "last failure 17:08:05: NetAtmo is out of order (HTTP 503)"),
            (.signInFailed(reason: "denied"), "last failure 17:08:05: sign-in: denied"),
            (.savingWorksAgain, nil), (.dataFailed(outage, next: nil), nil),
        ] as [(Event.Kind, String?)] {
            let event = Event(time: at, kind: kind)
            let read = try JSONDecoder.status().decode(Event.self, from: try JSONEncoder.status().encode(event))
            for event in [event, read] {
                let text = TokenText(status: Scenes.snapshot().token, events: [event], environment: Scenes.state().environment)
                #expect(text.pastFailure == told)
            }
        }
        let failing = TokenStatus(saving: .failed(file, next: Scenes.now))
        let events = [Event(time: at, kind: .renewalFailed(outage, next: nil))]
        let present = TokenText(status: failing, events: events, environment: Scenes.state().environment)
        #expect(present.pastFailure == nil, "one that is not over is told elsewhere")
    }

    @Test("a stale module is marked, and counted")
    func stale() {
        var state = Scenes.state()
        state.tick(now: Scenes.now.addingTimeInterval(4000))
        #expect(text(state).contains("stale"))
        #expect(text(state).contains("!1 h"))
    }

    @Test("an unreachable module says so and shows no readings")
    func unreachable() throws {
        let line = try #require(Scenes.state().frame.lines.first { $0.contains("Loft") })
        #expect(line.contains("unreachable"))
    }

    @Test("hostile names reach the screen without control or direction characters")
    func hostileName() {
        let name = "A\u{1b}[31m\u{07}\n\u{202e}gnp.exe\u{0}"
        let base = Device(id: "70:ee", kind: .base, name: name, readings: Readings(time: Scenes.now, values: [.temperature: 20]))
        let station = Station(base: base, modules: [], name: name, homeName: name)
        let frame = Scenes.state(Scenes.snapshot(stations: [station])).frame
        for line in frame.lines {
            for scalar in line.unicodeScalars {
                #expect(scalar.value >= 0x20 && scalar.value != 0x7f && !(0x202a...0x202e).contains(scalar.value))
            }
        }
    }

    @Test("without readings the panel says why")
    func noReadings() {
        let failed = Snapshot(
            data: DataStatus(lastAttempt: .init(time: Scenes.now, duration: .seconds(1), error: Scenes.outage)), exporter: .starting
        )
        #expect(text(Scenes.state(failed)).contains("No readings: NetAtmo is out of order (HTTP 503"))
        #expect(text(Scenes.state(Snapshot(exporter: .starting))).contains("they come as soon as there is a token"))
        let empty = Snapshot(data: DataStatus(fetchedAt: Scenes.now), exporter: .starting)
        #expect(text(Scenes.state(empty)).contains("NetAtmo knows no station"))
    }

    @Test("a long list scrolls to the selected module", arguments: [6, 600])
    func scrolling(count: Int) {
        let modules = (1..<count).map { index in
            Device(
                id: "02:\(index)", kind: .indoor, name: "Room \(index)", readings: Readings(time: Scenes.now, values: [.temperature: 20]))
        }
        let base = Device(id: "70", kind: .base, name: "Base", readings: Readings(time: Scenes.now, values: [:]))
        var state = Scenes.state(Scenes.snapshot(stations: [Station(base: base, modules: modules, name: nil, homeName: "Home")]))
        _ = state.handle(.key(.end))
        #expect(text(state).contains("▸Room \(count - 1)"))
        _ = state.handle(.key(.home))
        #expect(text(state).contains("▸Base"))
    }

    @Test("the events show the newest first, and the reason of a failure whole")
    func events() throws {
        let lines = Scenes.state().frame.lines
        let newest = try #require(lines.firstIndex { $0.contains("17:18:00 data  ok") })
        let failed = try #require(lines.firstIndex { $0.contains("17:07:20 data  failed") })
        #expect(newest < failed)
        #expect(lines[failed...].prefix(4).joined().contains("503"))
    }
}
