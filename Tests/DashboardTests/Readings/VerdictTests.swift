import TerminalUI
import Testing

@testable import Homes
@testable import Screen

@Suite("What is thought of values")
struct VerdictTests {
    private func verdict(_ kind: Device.Kind, _ measure: Measure, _ value: Double) -> Verdict {
        ReadingScenes.module("1", kind, nil, [measure: value]).verdict(of: measure)
    }

    @Test(
        "CO2 asks for a look over 1000 ppm and is bad over 2000",
        arguments: [(400.0, Verdict.fine), (1000, .fine), (1001, .warning), (2000, .warning), (2001, .bad)])
    func co2(_ value: Double, _ expected: Verdict) {
        #expect(verdict(.base, .co2, value) == expected)
    }

    @Test("Humidity asks for a look outside 30 to 60 %", arguments: [(29.0, Verdict.warning), (30, .fine), (60, .fine), (61, .warning)])
    func humidity(_ value: Double, _ expected: Verdict) {
        for kind in [Device.Kind.base, .indoor, .homeCoach] { #expect(verdict(kind, .humidity, value) == expected) }
        for kind in [Device.Kind.outdoor, .other("NAModule9")] { #expect(verdict(kind, .humidity, value) == .fine) }
    }

    @Test("A home coach's numbers have NetAtmo's words")
    func health() {
        let health = [-1, 0, 1, 2, 3, 4, 5, 1.5].map { Readings(time: nil, values: [.healthIndex: $0]).health }
        #expect(health == [nil, .healthy, .fine, .fair, .poor, .unhealthy, nil, nil])
        #expect(HealthIndex.allCases.map(\.word) == ["healthy", "fine", "fair", "poor", "unhealthy"])
        #expect(HealthIndex.allCases.map(\.verdict) == [.fine, .fine, .warning, .warning, .bad])
    }

    @Test(
        "A battery's level follows NetAtmo's voltages for its kind",
        arguments: [
            (Device.Kind.outdoor, [3999, 4000, 4500, 5000, 5500]), (.rain, [3999, 4000, 4500, 5000, 5500]),
            (.indoor, [4559, 4560, 4920, 5280, 5640]),
            (.wind, [4359, 4360, 4770, 5180, 5590]),
        ])
    func battery(_ kind: Device.Kind, _ millivolts: [Int]) {
        func levels(_ shift: Int) -> [Device.BatteryLevel?] {
            millivolts.map { ReadingScenes.module("1", kind, nil, battery: ReadingScenes.battery(100, $0 + shift)).batteryLevel }
        }
        #expect(levels(0) == Device.BatteryLevel.allCases)
        #expect(Array(levels(-1).dropFirst()) == Device.BatteryLevel.allCases.dropLast())
    }

    @Test(
        "Without a voltage, or for another kind, the percentage tells",
        arguments: [(0, 0), (9, 0), (10, 1), (24, 1), (25, 2), (50, 3), (75, 4), (100, 4)])
    func percentage(_ percent: Int, _ level: Int) {
        #expect(ReadingScenes.module("1", .rain, nil, battery: ReadingScenes.battery(percent)).batteryLevel?.rawValue == level)
        #expect(ReadingScenes.module("1", .other("X"), nil, battery: ReadingScenes.battery(percent, 6000)).batteryLevel?.rawValue == level)
        #expect(ReadingScenes.module("1", .base, nil).batteryLevel == nil)
    }

    @Test(
        "A verdict that is not good has a word",
        arguments: [
            (Device.Kind.base, Measure.co2, 913.0, nil), (.base, .co2, 1432, "high"), (.base, .co2, 2140, "bad"),
            (.indoor, .humidity, 25, "low"), (.indoor, .humidity, 41, nil), (.indoor, .humidity, 72, "high"),
            (.outdoor, .humidity, 88, nil),
            (.homeCoach, .healthIndex, 4, nil), (.base, .temperature, 45, nil),
        ] as [(Device.Kind, Measure, Double, String?)])
    func words(_ kind: Device.Kind, _ measure: Measure, _ value: Double, _ word: String?) {
        #expect(ReadingScenes.module("1", kind, nil, [measure: value]).verdictWord(of: measure) == word)
    }

    @Test(
        "Readings that are bad and stale are marked as stale alone, from the first moment after the age on",
        arguments: [(3600.0, false), (3600.5, true), (7384, true)])
    func staleAndBad(age: Double, isStale: Bool) throws {
        let base = ReadingScenes.module("1", .base, "Attic", [.temperature: 9, .humidity: 25, .co2: 2140, .noise: 30], age: age)
        let coach = ReadingScenes.module("2", .homeCoach, "Coach", [.temperature: 21, .healthIndex: 4], age: age)
        // The first row is the selected one, which has a style of its own.
        let first = ReadingScenes.module("0", .base, "First", [.temperature: 20])
        let stations = [first, base, coach].map { Station(base: $0, modules: [], name: nil, homeName: nil, homeID: nil, place: nil) }
        let state = Scenes.state(Scenes.snapshot(stations: stations), columns: 140, rows: 36)
        for name in ["Attic", "Coach"] {
            let row = try #require(state.frame.lines.lastIndex { $0.contains(name) })
            let roles = Set((0..<140).map { state.frame[$0, row] }.filter { $0.glyph != " " }.map(\.style.role))
            #expect(roles.contains(.bad) != isStale, "\(name): \(roles)")
            #expect(roles.contains(.warning) == (isStale || name == "Attic"), "\(name): \(roles)")
        }
        let row = try #require(state.frame.lines.last { $0.contains("Attic") })
        #expect(row.contains("!!2140") != isStale)
        #expect(row.contains("2140"))
    }

    @Test("Every verdict but a good one has a mark beside its colour")
    func marks() {
        #expect([Verdict.fine, .warning, .bad].map { $0.mark(.ascii) } == ["", "!", "!!"])
        #expect(Verdict.fine.style == nil)
    }
}
