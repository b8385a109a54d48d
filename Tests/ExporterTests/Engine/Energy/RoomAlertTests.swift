import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("Alerts on rooms")
struct RoomAlertTests {
    private static let cold = AlertRule(module: "stue", .measure(.temperature), .under, 16)

    private func texts(_ bench: EnergyBench) -> [String] {
        bench.events.compactMap { if case .readingAlert(let alert) = $0 { alert.text } else { nil } }
    }

    private func fetches(_ bench: EnergyBench, _ count: Int) async throws {
        try await bench.store.first("round \(count)") {
            $0.events.count { if case .energyFetched = $0.kind { true } else { false } } == count
        }
    }

    @Test("stand in the events once, mark the room until it is back, and are passed on")
    func once() async throws {
        let journal = Journal()
        let bench = EnergyBench(rules: [Self.cold], onAlerts: { for alert in $0 { journal.note(alert.text) } })
        bench.homes("1")
        for temperature in [15.9, 15, 16.5] { bench.status("1", temperature) }
        let under: [AlertRule.Subject: AlertRule.Side] = [.measure(.temperature): .under]
        try await bench.run {
            for (round, marks) in [under, under, [:]].enumerated() {
                if round > 0 { try await bench.wake(at: Double(round) * 480) }
                try await fetches(bench, round + 1)
                #expect(bench.energy.homes.first?.rooms.map(\.alerts) == [marks])
                #expect(bench.energy.roomStations.first?.base.alerts == marks, "who shows rooms as modules sees the same")
            }
        }
        let told = ["Stue (room) temperature 15.9 °C, under 16", "Stue (room) temperature 16.5 °C, no longer under 16"]
        #expect(texts(bench) == told && journal.entries == told)
    }

    @Test("are judged by what the room was heard to measure: not while its home does not answer, and by no limit of another module")
    func others() async throws {
        let rule = AlertRule(module: "Loft", .measure(.temperature), .under, 16)
        let bench = EnergyBench(rules: [rule, AlertRule(.measure(.setpoint), .over, 20)])
        bench.homes("1", "2")
        bench.status("1", 10)
        bench.transport.script(EnergyBench.statusPath, .status(500, "oops"))
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.store.event("the failure") { if case .energyFailed = $0 { true } else { false } }
        }
        #expect(texts(bench) == ["Stue (room) setpoint 21.0 °C, over 20"])
    }

    @Test("that a run before this one told are not told again, though what it told of stations is among it")
    func restart() async throws {
        let told = ReadingAlert(deviceID: "r1", name: "Stue", rule: Self.cold, value: 15, isRaised: true)
        let ofStation = ReadingAlert(deviceID: "02:00", name: "Stue", rule: Self.cold, value: 15, isRaised: true)
        let earlier = [told, ofStation].map { Event(time: SampleStations.now(-60), kind: .readingAlert($0)) }
        let bench = EnergyBench(rules: [Self.cold], earlier: earlier)
        bench.homes("1")
        bench.status("1", 15)
        bench.status("1", 17)
        try await bench.run {
            try await fetches(bench, 1)
            #expect(texts(bench).count == 2 && bench.energy.homes.first?.rooms.first?.alerts.isEmpty == false)
            try await bench.wake(at: 480)
            try await fetches(bench, 2)
        }
        #expect(texts(bench).last == "Stue (room) temperature 17.0 °C, no longer under 16")
    }

    @Test("are not forgotten while the list of homes is not to be had after a sign-in")
    func signIn() async throws {
        let bench = EnergyBench(rules: [Self.cold])
        bench.homes("1")
        bench.status("1", 15)
        bench.transport.script(EnergyBench.homesPath, .status(500, "oops"))
        bench.homes("1")
        bench.status("1", 15)
        try await bench.run {
            try await fetches(bench, 1)
            bench.clock.advance(by: .seconds(60))
            bench.tokens.receive("a2", isSignIn: true)
            bench.wakeUp.ring()
            try await bench.attempt(at: 60)
            try await bench.wake(at: 90)
            try await fetches(bench, 2)
        }
        #expect(texts(bench) == ["Stue (room) temperature 15.0 °C, under 16"])
    }

    @Test("on a name that no room has are told once the stations were told too, and once alone")
    func unknownName() async throws {
        let rules = try AlertRule.rules("Stue temperature < 16, Ute temperature < 0, Bedrom temperature < 16")
        let names = RuleNames(rules, hasRooms: true)
        let bench = EnergyBench(rules: rules, names: names)
        bench.homes("1")
        for _ in 0...2 { bench.status("1", 20) }
        let isRemark: @Sendable (Event.Kind) -> Bool = { event in if case .dataRemark = event { true } else { false } }
        try await bench.run {
            try await fetches(bench, 1)
            #expect(!bench.events.contains(where: isRemark), "it may be a module's")
            #expect(names.note(stations: SampleStations.all) == .alertsWithoutModule(names: ["Bedrom"]))
            try await bench.wake(at: 480)
            try await fetches(bench, 2)
            #expect(!bench.events.contains(where: isRemark), "it is told by then")
            #expect(names.note(stations: []) == .alertsWithoutModule(names: ["Ute", "Bedrom"]), "Stue is a room all the same")
            #expect(names.note(stations: SampleStations.all) == .alertsWithoutModule(names: ["Bedrom"]))
        }
    }

    @Test("on a name that nothing has are told by whoever is told of last; a token that allows no rooms tells that there are none")
    func unknownNameOfRooms() async throws {
        let rules = try AlertRule.rules("Bedrom temperature < 16")
        for isRefused in [false, true] {
            let names = RuleNames(rules, hasRooms: true)
            #expect(names.note(stations: SampleStations.all) == nil)
            let bench = EnergyBench(rules: rules, names: names)
            if isRefused {
                bench.transport.script(EnergyBench.homesPath, .apiError(403, code: 13), .apiError(403, code: 13))
            } else {
                bench.homes("1")
                bench.status("1", 20)
            }
            try await bench.run {
                try await bench.attempt(at: 0)
                if isRefused { try await bench.wake(at: 30) }
                try await bench.store.event("the remark") { $0 == .dataRemark(.alertsWithoutModule(names: ["Bedrom"])) }
            }
        }
    }
}
