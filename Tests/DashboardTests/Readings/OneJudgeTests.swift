import Foundation
import NIOCore
import TerminalUI
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import Plain
@testable import PrometheusMetrics
@testable import Screen
@testable import OperatingSystem

/// A device, and what is to be thought of how old its readings are.
struct AgedDevice: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let readings: Readings?
    let isStale: Bool
    var isReachable = true

    var station: Station {
        let device = Device(id: "70:01", kind: .base, name: "Attic", reachable: isReachable, readings: readings)
        let other = ReadingScenes.module("02:01", .outdoor, "Garden", [.temperature: 5])
        return Station(base: other, modules: [device], name: nil, homeName: "House")
    }

    private static func readings(age: TimeInterval?) -> Readings {
        Readings(time: age.map { Scenes.now.addingTimeInterval(-$0) }, values: [.temperature: 9, .humidity: 72, .co2: 2140])
    }

    static let all = [
        AgedDevice(testDescription: "measured just now", readings: readings(age: 0), isStale: false),
        AgedDevice(testDescription: "ahead of the clock", readings: readings(age: -300), isStale: false),
        AgedDevice(testDescription: "exactly as old as it may be", readings: readings(age: 3600), isStale: false),
        AgedDevice(testDescription: "a moment older", readings: readings(age: 3600.1), isStale: true),
        AgedDevice(testDescription: "values without a time", readings: readings(age: nil), isStale: true),
        AgedDevice(testDescription: "no readings", readings: nil, isStale: true),
        AgedDevice(testDescription: "no readings, out of reach", readings: nil, isStale: true, isReachable: false),
    ]
}

@Suite("Each question about a home has one answer, whichever reader asks")
struct OneJudgeTests {
    private static let configuration = StatusTextTests.configuration

    private func report(_ stations: [Station], preferences: Units? = nil) -> StatusReport {
        var snapshot = Scenes.snapshot(stations: stations)
        snapshot.data = DataStatus(stations: stations, preferences: preferences, fetchedAt: Scenes.now)
        return StatusReport(snapshot, at: Scenes.now, settings: Self.configuration.status)
    }

    /// What the JSON says under a path of keys of a device of the first station.
    private func told(_ report: StatusReport, device: Int = 0, _ path: String...) throws -> JSONValue {
        let document = try JSONDecoder().decode(JSONValue.self, from: Data(try report.json()))
        return (["stations", "0", "modules", "\(device)"] + path).reduce(document) { value, key in
            switch value {
            case .object(let members): members[key] ?? .null
            case .array(let elements): Int(key).map { elements[$0] } ?? .null
            default: .null
            }
        }
    }

    private func string(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

    @Test("Stale is the same to the JSON and to the series", arguments: AgedDevice.all)
    func programs(_ device: AgedDevice) throws {
        #expect(try told(report([device.station]), device: 1, "isStale") == .bool(device.isStale))
        let store = SnapshotStore()
        store.publish(DataStatus(stations: [device.station], fetchedAt: Scenes.now))
        let page = MetricsPage(
            store: store, refreshInterval: .seconds(480), staleAge: .seconds(3600), build: Self.configuration.build)
        let text = page.text(.prometheus, at: Scenes.now).map { String(buffer: $0) }.joined()
        #expect(text.contains(#"netatmo_sensor_co2_ppm{home="House",module="Attic""#) == !device.isStale)
    }

    @Test("Stale is the same to the screen, in its table, its count and the module in full", arguments: AgedDevice.all)
    func screen(_ device: AgedDevice) throws {
        let hasReadings = device.readings != nil
        var state = Scenes.state(Scenes.snapshot(stations: [device.station]), columns: 140, rows: 36)
        #expect(state.environment.judgement(of: device.station.modules[0]).isStale == device.isStale)
        let row = try #require(state.frame.lines.lastIndex { $0.contains("Attic") })
        let line = state.frame.lines[row]
        let roles = Set((0..<140).map { state.frame[$0, row] }.filter { $0.glyph != " " }.map(\.style.role))
        #expect(line.contains("!!2140") == (hasReadings && !device.isStale), "\(line)")
        #expect(roles.contains(.warning) == (device.isStale && device.isReachable || !device.isStale), "\(line): \(roles)")
        #expect(state.frame.lines.contains { $0.contains("1 stale") } == (hasReadings && device.isStale))
        _ = state.handle(.key(.down))
        _ = state.handle(.key(.enter))
        let full = state.frame.lines.joined(separator: "\n")
        #expect(full.contains("! stale") == (hasReadings && device.isStale), "\(full)")
        #expect(full.contains("2140 ppm !!") == (hasReadings && !device.isStale), "\(full)")
    }

    @Test("Stale is the same to status and to the lines that follow", arguments: AgedDevice.all)
    func plain(_ device: AgedDevice) throws {
        let hasReadings = device.readings != nil
        var follower = PlainFollower(settings: Self.configuration.status, symbols: .unicode, time: .utc)
        let texts = [
            StatusText(symbols: .unicode, time: .utc).text(of: report([device.station])),
            follower.text(for: Scenes.snapshot(stations: [device.station]), at: Scenes.now),
        ]
        for text in texts {
            let line = try #require(text.split(separator: "\n").first { $0.contains("Attic: ") })
            #expect(line.contains("stale") == (hasReadings && device.isStale), "\(line)")
            #expect(line.contains("2140 ppm, bad") == (hasReadings && !device.isStale), "\(line)")
        }
        let alone = Station(base: device.station.modules[0], modules: [], name: nil, homeName: nil)
        #expect(report([alone]).verdict() == (device.isStale ? .stale : .valid))
        #expect(report([alone]).verdict(staleAge: .seconds(3600)) == (device.isStale ? .stale : .valid))
    }

    @Test(
        "A signal has one of four words, the same by Wi-Fi and by radio",
        arguments: [
            (Device.Signal.wifi(95), "bad", Verdict.bad), (.wifi(86), "bad", .bad), (.wifi(85), "average", .warning),
            (.wifi(71), "average", .warning), (.wifi(70), "good", .fine), (.wifi(57), "good", .fine), (.wifi(56), "very good", .fine),
            (.wifi(0), "very good", .fine),
            (.radio(95), "bad", .bad), (.radio(90), "bad", .bad), (.radio(89), "average", .warning), (.radio(80), "average", .warning),
            (.radio(79), "good", .fine), (.radio(70), "good", .fine), (.radio(69), "very good", .fine), (.radio(60), "very good", .fine),
        ])
    func signal(_ signal: Device.Signal, _ word: String, _ verdict: Verdict) throws {
        let module = ReadingScenes.module("1", .indoor, "Attic", [.temperature: 20], signal: signal)
        let level = try #require(module.signalLevel)
        #expect((level.words, level.verdict) == (word, verdict))
        let station = Station(base: module, modules: [], name: nil, homeName: "House")
        let report = report([station])
        #expect(try told(report, "signal", "word") == .string(word))
        #expect(try told(report, "signal", "verdict") == .string(verdict.rawValue))
        #expect(try told(report, "signal", "level") == .string("\(level)"))
        #expect(StatusText(symbols: .unicode, time: .utc).text(of: report).contains(" \(word); measured"))
        var state = Scenes.state(Scenes.snapshot(stations: [station]))
        _ = state.handle(.key(.enter))
        #expect(state.frame.lines.contains { $0.contains(" \(word)  \(signal.number)") })
    }

    @Test("A signal is not judged where the device is out of reach")
    func unheard() throws {
        let module = ReadingScenes.module("1", .indoor, "Attic", reachable: false, signal: .radio(95))
        #expect(module.signalLevel == nil)
        let report = report([Station(base: module, modules: [], name: nil, homeName: nil)])
        #expect(try told(report, "signal", "value") == .integer(95))
        for key in ["word", "verdict", "level"] { #expect(try told(report, "signal", key) == .null) }
    }

    @Test(
        "A battery is judged by its voltage where that is known, whatever the percentage says",
        arguments: [
            (12, 5000, "high", Verdict.fine), (40, 4200, "low", .warning), (40, 3999, "very low", .bad), (nil, 5600, "full", .fine),
            (9, nil, "very low", .bad), (15, nil, "low", .warning), (24, nil, "low", .warning), (25, nil, "medium", .fine),
        ] as [(Int?, Int?, String, Verdict)])
    func battery(_ percent: Int?, _ millivolts: Int?, _ word: String, _ verdict: Verdict) throws {
        let module = ReadingScenes.module(
            "1", .outdoor, "Attic", [.temperature: 20], battery: ReadingScenes.battery(percent, millivolts))
        let report = report([Station(base: module, modules: [], name: nil, homeName: "House")])
        #expect(try told(report, "battery", "word") == .string(word))
        #expect(try told(report, "battery", "verdict") == .string(verdict.rawValue))
        let line = StatusText(symbols: .unicode, time: .utc).text(of: report)
        let told = [percent.map { "\($0) %" }, percent == nil || verdict != .fine ? word : nil].compactMap(\.self).joined(separator: ", ")
        #expect(line.contains("; battery \(told)"), "\(line)")
    }

    @Test(
        "A reading's verdict and its word travel in the JSON, and stale readings have none",
        arguments: [
            (Device.Kind.base, Measure.co2, 913.0, Verdict.fine, nil), (.base, .co2, 1432, .warning, "high"),
            (.base, .co2, 2140, .bad, "bad"),
            (.indoor, .humidity, 25, .warning, "low"), (.indoor, .humidity, 72, .warning, "high"), (.outdoor, .humidity, 88, .fine, nil),
            (.homeCoach, .healthIndex, 1, .fine, nil), (.homeCoach, .healthIndex, 2, .warning, nil),
            (.homeCoach, .healthIndex, 4, .bad, nil),
            (.base, .temperature, 45, .fine, nil), (.base, .noise, 90, .fine, nil),
        ] as [(Device.Kind, Measure, Double, Verdict, String?)])
    func reading(_ kind: Device.Kind, _ measure: Measure, _ value: Double, _ verdict: Verdict, _ word: String?) throws {
        for (age, verdict, word) in [(60, verdict.rawValue, word), (3601.0, nil, nil)] {
            let module = ReadingScenes.module("1", kind, nil, [measure: value], age: age)
            let report = report([Station(base: module, modules: [], name: nil, homeName: nil)])
            #expect(try told(report, "readings", measure.jsonKey, "verdict") == string(verdict))
            #expect(try told(report, "readings", measure.jsonKey, "word") == string(word))
            #expect(try told(report, "readings", measure.jsonKey, "value") == .integer(Int64(value)))
        }
    }

    @Test(
        "A reading is also told as people read it, in their units; a direction by its point, a coach's health by its word",
        arguments: [
            (Measure.temperature, -3.6, "25.5", "°F"), (.temperature, 21.4, "70.5", "°F"), (.pressure, 1013.2, "29.92", "inHg"),
            (.rainToday, 7.7, "0.303", "in"), (.windStrength, 14, "9", "mph"), (.windAngle, 225, "SW", ""), (.windAngle, -1, "", ""),
            (.healthIndex, 2, "fair", ""), (.healthIndex, 7, "", ""), (.co2, 913.4, "913", "ppm"), (.humidity, 41, "41", "%"),
        ])
    func texts(_ measure: Measure, _ value: Double, _ text: String, _ unit: String) throws {
        let module = ReadingScenes.module("1", .other("X"), nil, [measure: value])
        let report = report([Station(base: module, modules: [], name: nil, homeName: nil)], preferences: .imperial)
        for (key, expected) in [("text", text), ("textUnit", unit), ("unit", measure.unit.rawValue)] {
            #expect(try told(report, "readings", measure.jsonKey, key) == .string(expected))
        }
        #expect(report.snapshot.data.stations[0].base.readings?[measure] == value)
    }

    @Test("A number below zero has the typographic minus sign, unless it rounds to zero")
    func minus() {
        #expect([-3.6, -0.04, 0, 0.04].map { ReadingText($0, of: .temperature, in: .metric).text } == ["−3.6", "0.0", "0.0", "0.0"])
    }
}
