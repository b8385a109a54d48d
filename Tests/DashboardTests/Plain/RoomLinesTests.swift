import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Plain
@testable import OperatingSystem

@Suite("Rooms in plain lines")
struct RoomLinesTests {
    private static let now = Scenes.now

    private func status(_ energy: EnergyReadings?, stations: [Station] = SampleStations.all, ascii: Bool = false) -> String {
        var snapshot = Scenes.snapshot(stations: stations)
        snapshot.energy = energy
        let report = StatusReport(snapshot, at: Self.now, settings: StatusTextTests.configuration.status)
        return StatusText(symbols: ascii ? .ascii : .unicode, time: .utc).text(of: report)
    }

    private func home(_ rooms: Room..., mode: EnergyHome.Mode = .schedule, toldAt time: Date = Self.now) -> EnergyHome {
        EnergyHome(id: "home-1", name: "Bergen", mode: mode, rooms: rooms, devices: [], toldAt: time)
    }

    // MARK: - The status

    @Test("stand under their home with their setpoint, their mode and its end, an open window, and its boilers on or off")
    func rooms() {
        let text = status(SampleEnergy.readings())
        let rooms = """
            Bergen, rooms, away:
            Stue: temperature 20.4 °C, low; setpoint 21.0 °C; heating power 64 %; humidity 42 %; manual until 22:00:00; heating ahead; \
            battery high, 4100 mV; radio very good; measured 1 min ago
            Soverom: temperature 17.3 °C; setpoint 16.0 °C; heating power 0 %; schedule; window open; measured 1 min ago
            Bad: unreachable, last seen 15:04:45; battery very low
            id-104: no readings
            Boiler: on; measured 1 min ago
            Boiler: off; comfort boost; measured 1 min ago

            """
        #expect(text.contains("\nLoft: unreachable, last seen 14:02:00; firmware 50\n\n\(rooms)\n"), "\(text)")
        #expect(text.components(separatedBy: "rooms").count == 3, "one line of counts, one heading: \(text)")
    }

    @Test("are told after the stations where no station is in their home, and need none")
    func withoutStations() {
        let home = EnergyHome(id: "other", name: "Hytta", mode: .schedule, rooms: [SampleEnergy.bedroom], devices: [], toldAt: Self.now)
        #expect(status(SampleEnergy.readings([home])).contains("\n\nHytta, rooms:\nSoverom: temperature 17.3 °C; "))
        #expect(status(SampleEnergy.readings([home]), stations: []).contains("\n\nHytta, rooms:\nSoverom: "))
    }

    @Test("stand behind the last station of their home, once")
    func severalStations() {
        let text = status(SampleEnergy.readings(), stations: [SampleStations.fjord, SampleStations.fjord])
        #expect(text.components(separatedBy: "\nBergen, rooms").count == 2)
        #expect(text.components(separatedBy: "\nBergen, rooms").first?.components(separatedBy: "\nBergen:").count == 3)
    }

    @Test("are counted beside the modules")
    func counts() {
        #expect(status(SampleEnergy.readings()).contains("\nReadings: 7 modules, 4 rooms, fetched at 17:18:00, next fetch at "))
        let one = SampleEnergy.readings([home(SampleEnergy.bedroom)])
        #expect(status(one).contains("\nReadings: 7 modules, 1 room, fetched at "))
        #expect(status(EnergyReadings()).contains("\nReadings: 7 modules, fetched at "))
        #expect(status(nil).contains("\nReadings: 7 modules, fetched at "))
    }

    @Test("have a line of their own where they fail, or the token does not allow them, and none where they do not")
    func failures() {
        #expect(!status(SampleEnergy.readings()).contains("Energy:"))
        let failed = status(SampleEnergy.readings(error: Scenes.outage))
        #expect(failed.contains("\nEnergy: failed, next try at 17:26:05: NetAtmo is out of order (HTTP 503: HTML in place of JSON)\n"))
        var refused = EnergyReadings()
        refused.isRefused = true
        refused.lastAttempt = .init(time: Self.now, duration: .seconds(1), error: NetatmoError(.wrongScope))
        let lines = status(refused).split(separator: "\n").filter { $0.hasPrefix("Energy:") }
        #expect(lines == ["Energy: the token does not allow thermostats (NetAtmo Energy): sign in again to see them"])
    }

    @Test("are words of ASCII where the reader's locale has no more, and obey nobody's commands")
    func ascii() {
        let room = Room(
            id: "1", name: "K\u{1B}[2Jøkken\n", deviceIDs: [], state: .init(temperature: 20, setpoint: 21, mode: .other("m\u{7}°x")))
        let text = status(SampleEnergy.readings([home(room, mode: .other("c\u{1B}c"))]), ascii: true)
        #expect(text.utf8.allSatisfy { $0 < 0x7F && ($0 >= 0x20 || $0 == 0x0A) })
        #expect(text.contains(": temperature 20.0 C; setpoint 21.0 C; m"), "\(text)")
    }

    @Test(
        "have modes in words, and no end that is over",
        arguments: [
            (.schedule, "schedule"), (.manual, "manual"), (.most, "maximum"), (.off, "off"), (.away, "away"),
            (.frostGuard, "frost guard"),
            (.home, "home"), (.other("boost"), "boost"),
        ] as [(SetpointMode, String)])
    func modes(mode: SetpointMode, words: String) {
        func line(until end: Date?) -> String {
            let room = Room(id: "1", name: "Bod", deviceIDs: [], state: .init(temperature: 20, mode: mode, setpointEnd: end))
            return status(SampleEnergy.readings([home(room)])).split(separator: "\n").first { $0.hasPrefix("Bod: ") }.map(String.init) ?? ""
        }
        #expect(line(until: nil) == "Bod: temperature 20.0 °C; \(words); measured 0 s ago")
        #expect(line(until: Self.now) == line(until: nil))
        #expect(line(until: Self.now.addingTimeInterval(60)) == "Bod: temperature 20.0 °C; \(words) until 17:19:05; measured 0 s ago")
    }

    // MARK: - Lines that follow

    /// What a follower says of the living room after so many seconds.
    private struct Followed {
        var follower = PlainFollower(settings: StatusTextTests.configuration.status, symbols: .unicode, time: .utc)

        mutating func say(_ room: Room, after seconds: TimeInterval, modules: [Station] = []) -> [String] {
            let time = RoomLinesTests.now.addingTimeInterval(seconds)
            // The station's own fetch stays as it was.
            let snapshot = Snapshot(
                data: DataStatus(stations: modules, fetchedAt: RoomLinesTests.now),
                energy: SampleEnergy.readings([SampleEnergy.home(rooms: [room], toldAt: time)], at: seconds))
            return follower.text(for: snapshot, at: time).split(separator: "\n").map(String.init).filter { !$0.hasPrefix("Mon ") }
        }
    }

    private static let facts = "battery high; radio very good; measured 0 s ago"

    @Test("follow: a room is said at first, told apart from a module of its name, and no boiler that goes on and off all day")
    func first() {
        var followed = Followed()
        let stue = Station(
            base: ReadingScenes.module("70:01", .base, "Stue", [.temperature: 21], age: 0), modules: [], name: nil, homeName: "Bergen")
        #expect(
            followed.say(SampleEnergy.living(), after: 0, modules: [stue]) == [
                "17:18:05 Stue: temperature 21.0 °C; measured 0 s ago",
                "17:18:05 Stue (room): temperature 20.4 °C; setpoint 21.0 °C; heating power 64 %; manual; \(Self.facts)",
            ])
        #expect(followed.say(SampleEnergy.living(), after: 480, modules: [stue]) == [])
    }

    @Test("follow: homes are named where there are several")
    func homes() {
        var followed = Followed()
        let said = followed.say(SampleEnergy.living(), after: 0, modules: [SampleStations.hytte])
        #expect(said.contains { $0.hasPrefix("17:18:05 Bergen, Stue (room): ") }, "\(said)")
    }

    @Test("follow: a room is said again by half a degree, by its setpoint, its mode and its window")
    func changes() {
        var followed = Followed()
        _ = followed.say(SampleEnergy.living(), after: 0)
        func said(_ room: Room, _ round: Double) -> String? {
            let lines = followed.say(room, after: round * 480)
            #expect(lines.count <= 1)
            return lines.first.map { String($0.dropFirst(9).prefix { $0 != ":" } + $0.drop { $0 != ":" }.dropFirst()) }
        }
        #expect(said(SampleEnergy.living(20.8), 1) == nil)
        #expect(said(SampleEnergy.living(20.9), 2)?.contains("temperature 20.9 °C") == true)
        #expect(said(SampleEnergy.living(20.9, setpoint: 21.1), 3)?.contains("setpoint 21.1 °C") == true)
        #expect(said(SampleEnergy.living(20.9, setpoint: 21.1, mode: .away), 4)?.contains("; away; ") == true)
        #expect(said(SampleEnergy.living(20.9, setpoint: 21.1, mode: .away, isWindowOpen: true), 5)?.contains("; window open; ") == true)
        #expect(said(SampleEnergy.living(20.9, setpoint: 21.1, mode: .away), 6)?.contains("window") == false)
        #expect(said(SampleEnergy.living(20.9, setpoint: 21.1, mode: .away, heatingPower: 70), 7) == nil)
    }

    @Test("follow: a room that falls out of reach is said at once, and that it is back")
    func reach() {
        var followed = Followed()
        _ = followed.say(SampleEnergy.living(), after: 0)
        let lost = followed.say(SampleEnergy.living(nil, isReachable: false), after: 480)
        #expect(lost.count == 1 && lost[0].hasPrefix("17:26:05 Stue (room): unreachable, last seen 17:17:35"), "\(lost)")
        #expect(followed.say(SampleEnergy.living(nil, isReachable: false), after: 960) == [])
        let back = followed.say(SampleEnergy.living(), after: 1440)
        #expect(back.count == 1 && back[0].hasPrefix("17:42:05 Stue (room): reachable again; temperature 20.4 °C; "), "\(back)")
    }
}
