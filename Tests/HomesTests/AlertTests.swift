import FoundationEssentials
import Testing

@testable import Homes

@Suite("Alerts of the user's")
struct AlertRuleTests {
    @Test(
        "are read from a text",
        arguments: [
            ("co2 > 1000", [AlertRule(.measure(.co2), .over, 1000)]), ("CO2>1000", [AlertRule(.measure(.co2), .over, 1000)]),
            ("Bedroom temperature < 16", [AlertRule(module: "Bedroom", .measure(.temperature), .under, 16)]),
            ("  battery<15.5 ", [AlertRule(.battery, .under, 15.5)]),
            ("Living room humidity > 60", [AlertRule(module: "Living room", .measure(.humidity), .over, 60)]),
            ("\"Stue, oppe\" co2 > 1", [AlertRule(module: "Stue, oppe", .measure(.co2), .over, 1)]),
            ("\"a > b\"noise > 1", [AlertRule(module: "a > b", .measure(.noise), .over, 1)]),
            ("temperature < -10", [AlertRule(.measure(.temperature), .under, -10)]),
            ("Bad heatingPower > 90", [AlertRule(module: "Bad", .measure(.heatingPower), .over, 90)]),
            ("setpoint > 22", [AlertRule(.measure(.setpoint), .over, 22)]),
            ("battery battery < 5", [AlertRule(module: "battery", .battery, .under, 5)]),
            ("70:ee:50:00:00:01 raintoday > 0", [AlertRule(module: "70:ee:50:00:00:01", .measure(.rainToday), .over, 0)]),
            (
                "co2 > 1000, Bedroom temperature < 16,battery < 15",
                [
                    AlertRule(.measure(.co2), .over, 1000), AlertRule(module: "Bedroom", .measure(.temperature), .under, 16),
                    AlertRule(.battery, .under, 15),
                ]
            ),
        ]
    )
    func read(_ text: String, _ rules: [AlertRule]) throws {
        #expect(try AlertRule.rules(text) == rules)
    }

    @Test(
        "that can't be are told by the part that is wrong and what is expected",
        arguments: [
            ("co2", "co2", "an alert such as"), ("co2 > high", "co2 > high", "a number behind the sign"), ("co2 > ", "co2 >", "a number"),
            ("> 5", "> 5", "a number"), ("co2 > nan", "co2 > nan", "a number"), ("co2 > inf", "co2 > inf", "a number"),
            ("co2 > 1,5", "5", "an alert such as"), ("co2 > 1,", "", "an alert such as"), ("", "", "an alert such as"),
            ("co2 = 5", "co2 = 5", "an alert such as"), ("co2 >= 5", "co2 >= 5", "a number"),
            ("battry < 15", "battry < 15", "temperature"), ("boilerMinutes > 5", "boilerMinutes > 5", "heatingPower"),
            ("humidity > 60, Stue light > 5", "Stue light > 5", "battery"),
            ("Stue\" co2 > 5", "Stue\" co2 > 5", "quotation marks"), ("co2 > 10000000", "co2 > 10000000", "a number"),
            ("Stue; temperature < 3", "Stue; temperature < 3", "a comma between two"),
            ("co2 > 1000; temperature < 3", "co2 > 1000; temperature < 3", "a comma between two"),
        ]
    )
    func wrong(_ text: String, _ part: String, _ expected: String) throws {
        let error = try #require(throws: AlertRuleError.self) { try AlertRule.rules(text) }
        #expect(error.text == part)
        #expect(error.expected.contains(expected))
    }

    @Test("are about modules by their name or id, in any case of letters, and about all where none is named")
    func module() {
        let device = Device(id: "AA:01", kind: .indoor, name: "Stue", readings: nil)
        let nameless = Device(id: "AA:02", kind: .rain, name: nil, readings: nil)
        for (name, isAbout) in [("stue", [true, false]), ("aa:01", [true, false]), ("RAIN 02", [false, true]), ("Stu", [false, false])] {
            let rule = AlertRule(module: name, .battery, .under, 5)
            #expect([device, nameless].map(rule.isAbout) == isAbout, "\(name)")
        }
        #expect(AlertRule(.battery, .under, 5).isAbout(device))
    }
}

@Suite("The watch for alerts")
struct AlertWatchTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)
    private static let over = AlertRule(.measure(.co2), .over, 1000)
    private static let under = AlertRule(module: "Stue", .measure(.temperature), .under, 16)
    private static let battery = AlertRule(.battery, .under, 15)

    private func stations(
        co2: Double = 500, temperature: Double = 20, battery: Int = 80, age: TimeInterval = 0, reachable: Bool = true, id: String = "m"
    ) -> [Station] {
        let time = Self.now.addingTimeInterval(-age)
        let device = Device(
            id: id, kind: .indoor, name: "Stue", reachable: reachable, battery: .init(percent: battery, millivolts: nil),
            readings: Readings(time: time, values: [.co2: co2, .temperature: temperature]))
        return [Station(base: Device(id: "b", kind: .base, name: "Base", readings: nil), modules: [device], name: nil, homeName: nil)]
    }

    private func news(_ watch: inout AlertWatch, _ stations: [Station]) -> [String] {
        watch.judge(stations, Freshness(at: Self.now, staleAge: .seconds(3600))).news.map(\.text)
    }

    @Test("tells a crossing once, and the way back once it is behind the margin")
    func margin() {
        var watch = AlertWatch([Self.over])
        let course: [(Double, String?)] = [
            (1000, nil), (1001, "Stue CO2 1001 ppm, over 1000"), (1500, nil), (1000, nil), (951, nil), (1001, nil),
            (950, "Stue CO2 950 ppm, no longer over 1000"), (999, nil), (1043, "Stue CO2 1043 ppm, over 1000"),
        ]
        for (value, text) in course { #expect(news(&watch, stations(co2: value)) == [text].compactMap(\.self), "\(value)") }
    }

    @Test("tells what is under a limit, and batteries, likewise")
    func below() {
        var watch = AlertWatch([Self.under, Self.battery])
        #expect(news(&watch, stations(temperature: 16, battery: 15)) == [])
        #expect(
            news(&watch, stations(temperature: 15.9, battery: 14))
                == ["Stue temperature 15.9 °C, under 16", "Stue battery 14 %, under 15"])
        #expect(news(&watch, stations(temperature: 16.4, battery: 16)) == [])
        #expect(
            news(&watch, stations(temperature: 16.5, battery: 17))
                == ["Stue temperature 16.5 °C, no longer under 16", "Stue battery 17 %, no longer under 15"])
    }

    @Test("knows nothing of readings that are stale, nor of a module out of reach: nothing is raised, nothing is over")
    func unknown() {
        for away in [stations(co2: 2000, age: 3601), stations(co2: 2000, battery: 5, reachable: false)] {
            var watch = AlertWatch([Self.over, Self.battery])
            #expect(news(&watch, away) == [])
        }
        var watch = AlertWatch([Self.over])
        #expect(news(&watch, stations(co2: 2000, age: 3600)).count == 1)
        #expect(news(&watch, stations(co2: 400, reachable: false)) == [])
        #expect(news(&watch, stations(co2: 400, age: 3601)) == [])
        #expect(news(&watch, stations(co2: 2000)) == [])
        #expect(news(&watch, stations(co2: 400)).count == 1)
    }

    @Test("goes on after a restart, without telling again what was told; what is no rule any more is over")
    func restart() {
        let told = ReadingAlert(deviceID: "m", name: "Stue", rule: Self.over, value: 1100, isRaised: true)
        let back = ReadingAlert(deviceID: "m", name: "Stue", rule: Self.over, value: 900, isRaised: false)
        for (earlier, high, low) in [([told], 0, 1), ([told, back], 1, 0), ([back, told], 0, 1), ([], 1, 0)] {
            var watch = AlertWatch([Self.over], after: earlier)
            #expect(news(&watch, stations(co2: 1100)).count == high)
            var other = AlertWatch([Self.over], after: earlier)
            #expect(news(&other, stations(co2: 900)).count == low)
        }
        var changed = AlertWatch([AlertRule(.measure(.co2), .over, 900)], after: [told])
        #expect(news(&changed, stations(co2: 1100)).count == 1)
    }

    @Test("forgets a module that is no longer in the account")
    func gone() {
        var watch = AlertWatch([Self.over])
        #expect(news(&watch, stations(co2: 1100)).count == 1)
        #expect(news(&watch, stations(id: "other")) == [])
        #expect(news(&watch, stations(co2: 1100)).count == 1)
    }

    @Test("marks what is over its limit until it is back, like a value that is out of range; a worse verdict stays")
    func marks() {
        var watch = AlertWatch([Self.over, Self.under, Self.battery])
        func judged(_ stations: [Station]) -> Device {
            watch.judge(stations, Freshness(at: Self.now, staleAge: .seconds(3600))).stations[0].modules[0]
        }
        let fine = judged(stations())
        #expect(fine.alerts.isEmpty && fine.verdict(of: .temperature) == .fine && fine.batteryVerdict == .fine)
        let cold = judged(stations(co2: 2500, temperature: 10, battery: 14))
        #expect(cold.verdict(of: .temperature) == .warning && cold.verdictWord(of: .temperature) == "low")
        #expect(cold.verdict(of: .co2) == .bad && cold.verdictWord(of: .co2) == "bad")
        #expect(judged(stations(temperature: 16.4)).verdict(of: .temperature) == .warning)
        #expect(judged(stations(temperature: 16.5)).verdict(of: .temperature) == .fine)
        var low = AlertWatch([AlertRule(.battery, .under, 90), AlertRule(.measure(.temperature), .over, 25)])
        let empty = low.judge(stations(temperature: 26), Freshness(at: Self.now, staleAge: .seconds(3600))).stations[0].modules[0]
        #expect(empty.batteryVerdict == .warning && empty.verdictWord(of: .temperature) == "high")
    }

    @Test("without rules touches nothing")
    func none() {
        var watch = AlertWatch([])
        let judged = watch.judge(stations(co2: 5000), Freshness(at: Self.now, staleAge: .seconds(3600)))
        #expect(judged.stations == stations(co2: 5000) && judged.news.isEmpty)
    }
}
