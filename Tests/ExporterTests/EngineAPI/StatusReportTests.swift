import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo

@Suite("A status that is read back")
struct StatusReportTests {
    private let bench = StatusBench()

    private func json(at seconds: TimeInterval = 30) async throws -> [UInt8] {
        Array(try await bench.text(at: seconds).utf8)
    }

    private func report(at seconds: TimeInterval = 30, token: TokenStatus) async throws -> StatusReport {
        bench.store.update { $0.token = token }
        return try StatusReport(json: try await json(at: seconds))
    }

    private static let valid = TokenStatus(
        possession: .token(expiry: SampleStations.now(7200), lifetime: 10_800, renewsAt: SampleStations.now(6600)))

    @Test("is the document that /api/status gave, to the last key")
    func roundTrip() async throws {
        bench.publish(SampleStations.all)
        let text = try await json()
        let again = try StatusReport(json: text).json()
        let decoder = JSONDecoder()
        let (first, second) = (try decoder.decode(JSONValue.self, from: Data(text)), try decoder.decode(JSONValue.self, from: Data(again)))
        #expect(first == second)
    }

    @Test(
        "is refused where it is none",
        arguments: [
            "", "{}", "[]", "null", "not json", #"{"version":"2"}"#, #"{"version":2}"#, "<html>", "{\"version\":2,\"now\":\"\u{1B}[2J\"}",
        ])
    func notAStatus(_ text: String) {
        #expect(throws: StatusReportError.notAStatus) { try StatusReport(json: Array(text.utf8)) }
    }

    @Test("of another version is refused by its number", arguments: [1, 3])
    func otherVersion(_ version: Int) {
        #expect(throws: StatusReportError.otherVersion(version)) { try StatusReport(json: Array(#"{"version":\#(version)}"#.utf8)) }
    }

    @Test("with keys that are not known, or without some that may be null, is read all the same")
    func otherKeys() async throws {
        bench.publish(SampleStations.all)
        bench.store.update { $0.exporter = .listening(address: "127.0.0.1", port: 7) }
        let text = String(decoding: try await json(), as: UTF8.self)
            .replacing(#""lastScrape":null"#, with: #""another":[1,2]"#).replacing(#","port":7"#, with: "")
        let report = try StatusReport(json: Array(text.utf8))
        #expect(report.lastScrape == nil)
        #expect(report.snapshot.exporter == .listening(address: "127.0.0.1", port: 9210))
    }

    @Test("names the account's units, whatever they are, and writes the readings in them", arguments: Units.Wind.allCases)
    func units(_ wind: Units.Wind) async throws {
        for pressure in Units.Pressure.allCases {
            for units in [
                Units(wind: wind, pressure: pressure), Units(temperature: .fahrenheit, rain: .inches, wind: wind, pressure: pressure),
            ] {
                bench.publish(SampleStations.all, preferences: units)
                let named = try #require(try StatusReport(json: try await json()).snapshot.data.preferences)
                #expect(named == units)
                let modules = try await bench.modules()
                for (module, measure, unit) in [
                    (0, "temperature", units.temperature.rawValue), (0, "pressure", pressure.rawValue),
                    (2, "rainToday", units.rain.rawValue),
                    (3, "windStrength", wind.rawValue),
                ] {
                    guard case .object(let readings) = modules[module]["readings"], case .object(let reading) = readings[measure] else {
                        throw NothingCame(what: measure)
                    }
                    #expect(reading["textUnit"] == .string(unit))
                }
            }
        }
        bench.publish(SampleStations.all)
        #expect(try StatusReport(json: try await json()).snapshot.data.preferences == nil)
    }

    @Test("is the same document in ASCII alone")
    func ascii() async throws {
        let base = Device(id: "70:ee", kind: .base, name: "Kjøkken 東京 🌧 \"\\", readings: Readings(time: nil, values: [.temperature: 21.4]))
        bench.publish([Station(base: base, modules: [], name: nil, homeName: nil)])
        let text = try await json()
        let ascii = StatusReport.ascii(json: text)
        #expect(ascii.allSatisfy { $0 < 0x80 })
        #expect(String(decoding: ascii, as: UTF8.self).contains(#""name":"Kj\u00f8kken \u6771\u4eac \ud83c\udf27 "#))
        let decoder = JSONDecoder()
        #expect(try decoder.decode(JSONValue.self, from: Data(ascii)) == decoder.decode(JSONValue.self, from: Data(text)))
    }

    @Test("is valid with a token that works and readings that are not stale")
    func valid() async throws {
        bench.publish(SampleStations.all)
        #expect(try await report(token: Self.valid).verdict() == .valid)
    }

    @Test("is valid by rooms alone too, and no longer than they are fresh")
    func rooms() {
        var energy = EnergyReadings()
        energy.homes = [
            EnergyHome(
                id: "h", name: nil, rooms: [Room(id: "r", name: nil, deviceIDs: [], state: .init(temperature: 20))], devices: [],
                toldAt: SampleStations.now)
        ]
        let snapshot = Snapshot(token: TokenStatus(possession: Self.valid.possession), energy: energy)
        let settings = StatusSettings(build: .init(version: "1", commit: "1"), refreshInterval: .seconds(480), staleAge: .seconds(3600))
        func verdict(_ seconds: TimeInterval) -> StatusVerdict {
            StatusReport(snapshot, at: SampleStations.now(seconds), lastScrape: nil, settings: settings).verdict()
        }
        #expect([0, 3600, 3601].map(verdict) == [.valid, .valid, .stale])
    }

    @Test("is stale without readings, or once the newest is too old")
    func stale() async throws {
        #expect(try await report(token: Self.valid).verdict() == .stale)
        bench.publish(SampleStations.all)
        #expect(try await report(at: 3500, token: Self.valid).verdict() == .valid)
        // The newest is of 30 s before.
        #expect(try await report(at: 3570, token: Self.valid).verdict() == .valid)
        #expect(try await report(at: 3571, token: Self.valid).verdict() == .stale)
        #expect(try await report(at: 3600, token: Self.valid).verdict() == .stale)
        #expect(try await report(at: 3600, token: Self.valid).verdict(staleAge: .seconds(7200)) == .valid)
    }

    @Test("is of somebody who is not signed in where no token works, whatever the readings are")
    func notSignedIn() async throws {
        bench.publish(SampleStations.all)
        let refused = NetatmoError(.invalidGrant, status: 400, code: "invalid_grant")
        let expired = TokenStatus.Possession.token(expiry: SampleStations.now(10), lifetime: 10_800, renewsAt: nil)
        for possession in [TokenStatus.Possession.none(ignored: nil), .refreshTokenOnly, .rejected(refused, expiry: nil), expired] {
            #expect(try await report(token: TokenStatus(possession: possession)).verdict() == .notSignedIn)
        }
    }

    @Test("is valid of a token of which nobody said when it expires; its document says no time")
    func unknownExpiry() async throws {
        bench.publish(SampleStations.all)
        let report = try await report(token: TokenStatus(possession: .token(expiry: nil, lifetime: 10_800, renewsAt: nil)))
        #expect(report.verdict() == .valid)
        let json = String(decoding: try report.json(), as: UTF8.self)
        for member in [#""expiry":null"#, #""lifetimeSeconds":null"#, #""isValid":true"#, #""state":"expiring""#, #""canRenew":false"#] {
            #expect(json.replacing(": ", with: ":").contains(member), "\(member)")
        }
    }

    @Test("while a renewal is under way is what the token at hand makes of it")
    func renewing() async throws {
        bench.publish(SampleStations.all)
        let renewal = TokenStatus.Renewal.underWay(since: SampleStations.now)
        #expect(try await report(token: TokenStatus(possession: Self.valid.possession, renewal: renewal)).verdict() == .valid)
        #expect(try await report(token: TokenStatus(possession: .refreshTokenOnly, renewal: renewal)).verdict() == .notSignedIn)
    }
}
