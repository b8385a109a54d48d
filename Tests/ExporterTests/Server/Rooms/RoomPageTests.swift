import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem
@testable import Server

@Suite("Rooms on the pages")
struct RoomPageTests {
    private static let schedule = HeatingSchedule(
        id: "s", name: "Winter", isSelected: true,
        zones: [
            .init(id: 0, name: nil, kind: .night, setpoints: ["r1": 17]),
            .init(id: 1, name: "<i>Dag</i>", kind: .day, setpoints: ["r1": 21]),
        ], changes: [.init(minute: 360, zoneID: 1), .init(minute: 1320, zoneID: 0)])

    private static func home(
        named name: String = "Stue", mode: EnergyHome.Mode? = .schedule, age: TimeInterval = 0, reachable: Bool = true,
        alerts: [AlertRule.Subject: AlertRule.Side] = [:]
    ) -> EnergyHome {
        let state = Room.State(
            isReachable: reachable, temperature: 20.4, setpoint: 21, mode: .manual, setpointEnd: SampleStations.now(4 * 3600 + 2515),
            heatingPower: 64, isAnticipating: true, isWindowOpen: true)
        let valve = EnergyDevice.State(isReachable: true, batteryMillivolts: 2200, batteryLevel: .veryLow, radio: 60)
        return EnergyHome(
            id: "h", name: "Fjord", mode: mode, rooms: [Room(id: "r1", name: name, deviceIDs: ["v"], state: state, alerts: alerts)],
            devices: [
                EnergyDevice(id: "v", kind: .valve, name: "Ventil", roomID: "r1", relayID: "p", state: valve),
                EnergyDevice(
                    id: "t", kind: .thermostat, name: "Termostat", relayID: "p", state: .init(isBoilerOn: true, hasComfortBoost: true)),
            ], schedules: [schedule], toldAt: SampleStations.now(-age))
    }

    private func bench(_ home: EnergyHome = home(), _ change: (inout EnergyReadings) -> Void = { _ in }) -> WebBench {
        let bench = WebBench()
        var energy = EnergyReadings()
        energy.homes = [home]
        energy.fetchedAt = SampleStations.now
        change(&energy)
        bench.store.publish(energy)
        return bench
    }

    private func page(_ path: String = "/", of bench: WebBench) async throws -> String {
        try await bench.test(.live) { client in try await client.send(.get, path).text }
    }

    @Test("A room's card has its temperature and setpoint, how much it heats, why, what goes on there, and its worst battery and radio")
    func card() async throws {
        let html = try await page(of: bench())
        #expect(html.contains(#"<section class="station rooms" data-home="h"><header><h3><bdi>Fjord</bdi></h3>"#))
        #expect(html.contains(#"<a href="/module/r1"><bdi>Stue</bdi></a>"#))
        let text = html.replacing(/<[^>]*>/, with: "").replacing(/\s+/, with: " ")
        #expect(text.contains("20.4° →setpoint 21.0°"))
        #expect(html.contains(#"<rect class="part" width="64%""#) && text.contains("heating64 %"))
        #expect(text.contains("manual until 22:00 window open anticipating"))
        #expect(html.contains(#"<span class="bad">battery very low</span>"#) && html.contains("<span>radio very good</span>"))
        #expect(text.contains("told 0:00 ago") && !html.contains("unreachable") && !html.contains("module aged"))
    }

    @Test("A boiler's card says whether it is on, and its comfort boost")
    func boiler() async throws {
        let html = try await page(of: bench())
        #expect(html.contains("<span><strong>on</strong></span> <span>comfort boost</span>"))
    }

    @Test("A room that is stale, or out of reach, or over a limit of the user's says so as a module does")
    func aged() async throws {
        let stale = try await page(of: bench(Self.home(age: 3601)))
        #expect(stale.contains("module aged") && stale.contains(#"<span class="warning">stale, told "#))
        let away = try await page(of: bench(Self.home(reachable: false)))
        #expect(away.contains(#"<span class="bad">unreachable</span>"#))
        let cold = try await page(of: bench(Self.home(alerts: [.measure(.temperature): .under])))
        #expect(cold.contains(#"<span class="warning">20.4° <small>low</small></span>"#))
    }

    @Test("Where rooms are not asked for nothing is said of them; a token that does not allow them and a failure are told")
    func problems() async throws {
        let none = WebBench()
        none.fill()
        #expect(try await page(of: none).contains(#"<div id="rooms"></div>"#))
        let refused = try await page(
            of: bench {
                $0.homes = []
                $0.isRefused = true
            })
        #expect(refused.contains("The token does not allow NetAtmo Energy"))
        let failed = try await page(
            of: bench { $0.lastAttempt = .init(time: SampleStations.now, duration: .zero, error: NetatmoError(.outage, message: "<b>")) })
        #expect(failed.contains("Asking for the rooms failed: NetAtmo is out of order (&lt;b&gt;)"))
    }

    @Test("The page of a room has its readings, its devices and today's schedule with a mark at now")
    func room() async throws {
        let html = try await page("/module/r1", of: bench())
        #expect(html.contains("<dt>Temperature</dt><dd>20.4 °C</dd><dt>Setpoint</dt><dd>21.0 °C</dd><dt>Heating power</dt><dd>64 %</dd>"))
        #expect(html.contains(#"<bdi>Ventil</bdi> <span class="quiet">Valve</span>"#) && !html.contains("Termostat"))
        #expect(html.contains(#"<span class="bad">battery very low, 2200 mV</span>"#))
        // 17:18 of a Monday by the clock of the page.
        #expect(html.contains(#"<line class="now" x1="72.1%""#))
        let words = "Today: 00:00 to 06:00 Night, 17.0 °C; 06:00 to 22:00 &lt;i&gt;Dag&lt;/i&gt;, 21.0 °C; 22:00 to 24:00 Night, 17.0 °C"
        #expect(html.contains(#"aria-label="\#(words)""#))
        #expect(html.contains(#"<rect class="zone day""#) && html.matches(of: /class="zone night"/).count == 2)
        #expect(!html.contains("Not in force"))
        #expect(try await page("/module/r1", of: bench(Self.home(mode: .away))).contains("Not in force: the home’s mode is away."))
        #expect(try await page("/module/t", of: bench()).contains("comfort boost"))
    }

    @Test("Rooms have charts behind those of modules, the setpoint beside the temperature", arguments: [true, false])
    func charts(hasSetpoint: Bool) async throws {
        let bench = bench()
        let station = try #require(Self.home().roomStation)
        let subject = try #require(HistorySubject(of: station.base, in: station))
        var history = MeasureHistory(measures: subject.measures)
        for step in 0..<12 {
            history.append(at: SampleStations.now(Double(step - 12) * 1800)) { measure in
                measure == .temperature ? 20 : !hasSetpoint ? nil : step < 6 ? 17 : 21
            }
        }
        bench.histories.keep(history, of: subject.at(.measurement))
        let html = try await page("/module/r1", of: bench)
        #expect(html.contains("<h4>Room temperature") == true)
        // Half hours are of one curve.
        #expect(html.attributes("d", ofClass: "line").count == 1, "\(html.attributes("d", ofClass: "line"))")
        #expect(html.attributes("d", ofClass: "setpoint").count == (hasSetpoint ? 1 : 0))
        #expect(html.contains(", setpoint 21.0 °C") == hasSetpoint)
        #expect(html.contains("<dt>setpoint</dt> <dd>17.0 to 21.0 °C</dd>") == hasSetpoint)
        let overview = try await page(of: bench)
        #expect(overview.contains(#"<span class="quiet">Room temperature</span><span class="now">20.4 → 21.0 °C</span>"#))
    }

    @Test("No name of a room breaks out of where it is put", arguments: ["/", "/module/r1"])
    func hostile(path: String) async throws {
        let html = try await page(path, of: bench(Self.home(named: "<script>alert(1)</script>\" onload=\"x\u{202E}")))
        #expect(!html.contains("<script>") && !html.contains("\" onload") && !html.contains(" style="))
        #expect(!html.unicodeScalars.contains("\u{202E}") && html.contains("&lt;script&gt;alert(1)"))
    }
}
