import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Plain
@testable import OperatingSystem

@Suite("The status in words")
struct StatusTextTests {
    static let configuration = ExporterConfiguration(
        address: ListenAddress(host: nil, port: 9210), externalURL: nil, apiURL: "http://127.0.0.1:1",
        credentials: SampleTokens.credentials,
        refreshInterval: .seconds(480), staleAge: .seconds(3600), debugHandlers: false, renewExpired: false,
        build: BuildInformation(version: "1.2.3", commit: "abc1234")
    )

    private func text(_ snapshot: Snapshot, ascii: Bool = false) -> String {
        let report = StatusReport(
            snapshot, at: Scenes.now, lastScrape: Scenes.now.addingTimeInterval(-8), settings: Self.configuration.status)
        return StatusText(symbols: ascii ? .ascii : .unicode, time: .utc).text(of: report)
    }

    @Test("says what the screen says, one thing a line")
    func whole() {
        let expected = """
            Token: VALID, expires in 2 h 41 min, at 19:59:12
            Renewal: due at 19:49:12
            Saved: at 16:59:12
            Readings: 7 modules, fetched at 17:18:00, next fetch at 17:26:00
            Exporter: on :9210, last scrape 8 s ago

            Bergen:
            Stue: temperature 21.4 °C rising, lowest 18.9 °C at 05:00:00, highest 22.1 °C at 15:00:00; humidity 41 %; CO2 913 ppm; \
            noise 37 dB; pressure 1013.2 mbar falling; absolute pressure 1011.8 mbar; Wi-Fi very good; firmware 204; measured 30 s ago
            Ute: temperature -3.6 °C falling, lowest -5.2 °C at 04:26:40, highest -1.4 °C at 13:20:00; humidity 88 %; \
            battery 64 %, 5300 mV; radio very good; firmware 50; measured 1 min ago
            Regn: rain 0.1 mm; rain in the last hour 0.4 mm; rain today 7.7 mm; battery 12 %, low, 4100 mV; radio good; firmware 14; \
            measured 1 min ago
            Vind: wind 14 km/h from SW, strongest 42 km/h from SW at 10:33:20; gusts 31 km/h from SW; battery 80 %, 5600 mV; radio good; \
            firmware 27; measured 1 min ago
            Loft: unreachable, last seen 14:02:00; firmware 50


            """
        let text = text(Scenes.snapshot())
        #expect(text.hasPrefix(expected), "\(text)")
    }

    @Test("says that the readings are being fetched, and not when that began")
    func fetching() {
        var snapshot = Scenes.snapshot()
        snapshot.data.isFetching = true
        #expect(text(snapshot).contains("\nReadings: 7 modules, fetched at 17:18:00, being fetched\n"))
    }

    @Test("says what is to be thought of values in a word, but not of stale ones")
    func verdicts() throws {
        let lines = text(Scenes.snapshot(stations: ReadingScenes.stations)).split(separator: "\n")
        func line(_ name: String) throws -> Substring { try #require(lines.first { $0.hasPrefix("\(name): ") }) }
        #expect(try line("Bedroom").contains("; humidity 72 %, high; CO2 2140 ppm, bad; "))
        #expect(try line("Bedroom").contains("; Wi-Fi bad; "))
        #expect(try line("Attic").contains("; humidity 25 %, low; CO2 1432 ppm, high; battery 30 %, low, 4700 mV; radio bad; "))
        #expect(try line("Rain").contains("; battery 12 %, very low, 3950 mV; radio good; "))
        #expect(try line("Living room").contains("; humidity 41 %; CO2 913 ppm; "))
        #expect(try line("Study").contains("; health unhealthy; "))
        #expect(try line("Cellar") == "Cellar: unreachable")
        let stale = ReadingScenes.module("70:09", .base, "Old", [.co2: 2140], age: 7200)
        let old = text(Scenes.snapshot(stations: [Station(base: stale, modules: [], name: nil, homeName: "House")]))
        #expect(old.contains("\nOld: stale; CO2 2140 ppm; measured 2 h 0 min ago\n"))
    }

    @Test("says of a module that NetAtmo sends nothing of that there are no readings")
    func noReadings() {
        let base = ReadingScenes.module("70:09", .base, "New", signal: .wifi(60))
        let text = text(Scenes.snapshot(stations: [Station(base: base, modules: [], name: nil, homeName: "House")]))
        #expect(text.contains("\nNew: no readings; Wi-Fi good\n"))
    }

    @Test("names no direction where the wind has none")
    func calm() {
        let base = ReadingScenes.module("06:09", .wind, "Wind", [.windStrength: 0, .windAngle: -1, .gustStrength: 3, .gustAngle: 400])
        let text = text(Scenes.snapshot(stations: [Station(base: base, modules: [], name: nil, homeName: "House")]))
        #expect(text.contains("\nWind: wind 0 km/h; gusts 3 km/h; measured 1 min ago\n"))
    }

    @Test("has the account's units")
    func units() {
        var snapshot = Scenes.snapshot()
        snapshot.data = DataStatus(
            stations: SampleStations.all,
            preferences: Units(temperature: .fahrenheit, rain: .inches, wind: .beaufort, pressure: .inchesOfMercury),
            fetchedAt: Scenes.now)
        let text = text(snapshot)
        #expect(text.contains("\nStue: temperature 70.5 °F rising, lowest 66.0 °F at 05:00:00, highest 71.8 °F at 15:00:00; "))
        #expect(text.contains("; pressure 29.92 inHg falling; "))
        #expect(text.contains("\nVind: wind 3 Bft from SW, strongest 6 Bft from SW at 10:33:20; gusts 5 Bft from SW; "))
        #expect(text.contains("; rain today 0.303 in; "))
    }

    @Test("tells each module that is out of reach, stale or low on battery in words")
    func troubles() {
        let text = text(Scenes.snapshot())
        #expect(text.contains("\nLoft: unreachable"))
        #expect(text.contains("battery 12 %"))
    }

    @Test("says of every state of the token what to do or what comes next", arguments: Scenes.tokens.map(\.name))
    func tokens(_ name: String) throws {
        let status = try #require(Scenes.tokens.first { $0.name == name }).status
        let lines = text(Scenes.snapshot(token: status)).split(separator: "\n")
        let expected = [
            "missing": ["Token: NO TOKEN", "Renewal: none, there is no refresh token: sign in"],
            "ignored": [
                "Token: NO TOKEN", "Renewal: none, sign in: the token in the file had expired at Sun 17:18 and was ignored",
            ],
            "valid": ["Token: VALID, expires in 2 h 41 min, at 19:59:12", "Renewal: due at 19:49:12"],
            "expiring-alone": [
                "Token: EXPIRING, expires in 20 min, at 17:38:05", "Renewal: none, there is no refresh token: sign in",
            ],
            "renewing": ["Token: RENEWING, expires in 10 min, at 17:28:05", "Renewal: under way"],
        ]
        if let expected = expected[name] { #expect(lines.prefix(2).map(String.init) == expected) }
        if name == "rejected" { #expect(lines[1].hasPrefix("Renewal: none, sign in: ")) }
        if name == "unsaved" { #expect(lines.contains { $0.hasPrefix("Saved: no, the token is in memory alone: ") }) }
        if name.contains("blocked") {
            let saving = """
                Saved: a new token could not be, so none is asked for: can't create a new file beside it: Permission denied; let the user \
                who runs this program write to its directory, next try at 17:18:15
                """
            #expect(lines.contains(saving[...]), "\(lines)")
        }
        if name.contains("failing") { #expect(lines[1].hasPrefix("Renewal: failed, next try at 17:18:45: ")) }
    }

    @Test("says of a token without an expiry that it is not known")
    func unknownExpiry() {
        let status = TokenStatus(possession: .token(expiry: nil, lifetime: 10_800, renewsAt: nil))
        let lines = text(Scenes.snapshot(token: status)).split(separator: "\n")
        #expect(lines.prefix(2) == ["Token: EXPIRING, expiry unknown", "Renewal: none, there is no refresh token: sign in"])
    }

    @Test("tells the latest events first, in the user's time")
    func history() {
        let lines = text(Scenes.snapshot()).split(separator: "\n")
        #expect(lines.suffix(6).prefix(2) == ["History:", "17:18:00 data ok: 7 modules 48ms"])
        #expect(lines.last == "16:59:12 token renewed: until 19:59:12")
    }

    @Test("is ASCII where the reader has no more")
    func ascii() {
        let text = text(Scenes.snapshot(), ascii: true)
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        #expect(text.contains("temperature 21.4 C rising, lowest 18.9 C at 05:00:00"))
    }

    @Test("is ASCII for the longest names, the worst log and every unit too, and cuts them by dots")
    func longNames() {
        let name = String(repeating: "Stue ", count: 100)
        let stations = SampleStations.stations(SampleStations.json(baseNamed: name, modules: [("02:01", "Kjøkken")]))
        var snapshot = Scenes.snapshot(stations: stations)
        snapshot.data = DataStatus(stations: stations, preferences: .imperial, fetchedAt: Scenes.now)
        let text = text(snapshot, ascii: true)
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        #expect(text.contains("Stue Stu...: temperature 68.9 F; "))
        #expect(text.contains("\nKj?kken: "))
    }

    @Test("holds nothing that commands a terminal, whoever chose the names")
    func hostile() {
        let name = "Stue\u{1B}]2;title\u{07}\u{9B}2J\nToken: VALID"
        let stations = SampleStations.stations(SampleStations.json(baseNamed: name))
        let text = text(Scenes.snapshot(token: TokenStatus(), stations: stations))
        #expect(!text.unicodeScalars.contains { $0 != "\n" && ($0.value < 0x20 || 0x7F...0x9F ~= $0.value) })
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("Token:") } == ["Token: NO TOKEN"])
    }
}
