import Foundation
import Netatmo
import TerminalUI
import Testing
import TestSupport

@testable import Dashboard
@testable import Exporter

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
            snapshot, at: Scenes.now, lastScrape: Scenes.now.addingTimeInterval(-8), configuration: Self.configuration)
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
            Stue: temperature 21.4 °C rising, humidity 41 %, CO2 913 ppm, noise 37 dB, pressure 1013.2 mbar falling; Wi-Fi excellent; \
            measured 30 s ago

            """
        let text = text(Scenes.snapshot())
        #expect(text.hasPrefix(expected), "\(text)")
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
        if name.contains("failing") { #expect(lines[1].hasPrefix("Renewal: failed, next try at 17:18:45: ")) }
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
        #expect(text.contains("temperature 21.4 C rising"))
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
