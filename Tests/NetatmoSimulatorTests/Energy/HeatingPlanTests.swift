import Testing

@testable import NetatmoSimulator

@Suite("Setpoints of rooms")
struct HeatingPlanTests {
    /// Monday 23 November 2026, 00:00 in Bergen.
    private static let midnight = 1_795_388_400

    private static func monday(_ hour: Int, _ minute: Int = 0, second: Int = 0) -> Int {
        Self.midnight + hour * 3600 + minute * 60 + second
    }

    private static let zones: [(Int, Double)] = [
        (Self.monday(0), 17), (Self.monday(5, 59, second: 59), 17), (Self.monday(6), 21), (Self.monday(8, 29, second: 59), 21),
        (Self.monday(8, 30), 18.5), (Self.monday(15, 30), 21), (Self.monday(22, 30), 17),
        // Saturday, which sleeps longer and has no eco.
        (Self.monday(5 * 24 + 7, 29, second: 59), 17), (Self.monday(5 * 24 + 7, 30), 21), (Self.monday(5 * 24 + 12), 21),
        // The last minute of the week, and the first of the next.
        (Self.monday(6 * 24 + 23, 59), 17), (Self.monday(7 * 24), 17), (Self.monday(7 * 24 + 6), 21),
        // The Sundays on which the clocks change: half past seven is 5 hours 30 after the change in autumn, 4 hours 30 in spring.
        (1_792_890_000 + 19_799, 17), (1_792_890_000 + 19_800, 21), (1_774_746_000 + 16_199, 17), (1_774_746_000 + 16_200, 21),
    ]

    @Test("The zone in force decides, by the wall's clock, until a second before the next", arguments: Self.zones)
    func schedule(time: Int, setpoint: Double) async throws {
        let room = try #require(try await Simulation(at: time).room(.living))
        #expect(room["therm_setpoint_temperature"] == .number(setpoint))
        #expect(room["therm_setpoint_mode"] == .string("schedule"))
        #expect(room["therm_setpoint_end_time"] == .number(0))
    }

    private static let begins: [(Int, Int)] = [
        (Self.monday(9), Self.monday(8, 30)), (Self.monday(7 * 24 + 1), Self.monday(7 * 24)),
        // Saturday, 23:00 in summer time, to Sunday morning.
        (1_792_890_000 + 19_799, 1_792_890_000 - 14_400), (1_792_890_000 + 19_800, 1_792_890_000 + 19_800),
        (1_774_746_000 + 16_199, 1_774_746_000 - 10_800), (1_774_746_000 + 16_200, 1_774_746_000 + 16_200),
    ]

    @Test("A setpoint of the schedule began when its zone did, also over a change of the clocks", arguments: Self.begins)
    func begin(time: Int, begin: Int) async throws {
        let room = try #require(try await Simulation(at: time).room(.living))
        #expect(room["therm_setpoint_start_time"] == .number(Double(begin)))
    }

    @Test("The wall's clock and instants are each other's inverse, but in the hour that comes twice or not at all")
    func instants() {
        for day in [20_536, 20_541, 20_744, 20_750, 20_751, 20_780] {
            for minute in stride(from: 0, to: LocalWeek.minutesPerDay, by: 10) where !(120..<180).contains(minute) {
                let time = LocalWeek.instant(day: day, minute: minute)
                #expect(CentralEuropeanTime.day(containing: time) == day)
                #expect(LocalWeek.minute(at: time) % LocalWeek.minutesPerDay == minute)
            }
        }
    }

    @Test("A setpoint by hand has an end, and when it comes the schedule is in force again")
    func manual() async throws {
        let simulation = Simulation()
        let by = try #require(try await simulation.room(.kitchen))
        #expect(by["therm_setpoint_mode"] == .string("manual"))
        #expect(by["therm_setpoint_temperature"] == .number(22))
        #expect(by["therm_setpoint_start_time"] == .number(Double(Self.monday(16, 30))))
        let end = try #require(by["therm_setpoint_end_time"]?.integer)
        #expect(end == Self.monday(22))
        simulation.clock.set(to: end - 1)
        #expect(try await simulation.room(.kitchen)?["therm_setpoint_mode"] == .string("manual"))
        simulation.clock.set(to: end)
        let after = try #require(try await simulation.room(.kitchen))
        #expect(after["therm_setpoint_mode"] == .string("schedule"))
        #expect(after["therm_setpoint_temperature"] == .number(20))
        #expect(after["therm_setpoint_end_time"] == .number(0))
    }

    private static let changes: [(Int, Int, Bool)] = [
        (5, 29, false), (5, 30, true), (5, 59, true), (6, 0, false), (8, 15, false), (15, 0, true), (15, 30, false), (22, 15, false),
    ]

    @Test("The heating begins half an hour before a warmer time and says so, but not before a cooler one", arguments: Self.changes)
    func anticipating(hour: Int, minute: Int, anticipates: Bool) async throws {
        let simulation = Simulation(at: Self.monday(hour, minute))
        #expect(try await simulation.room(.living)?["anticipating"] == .bool(anticipates))
        #expect(try await simulation.device("04:00:00:00:50:02")?["anticipating"] == .bool(anticipates))
    }

    @Test("A room gets warmer while a warmer time is anticipated")
    func anticipatedWarmth() async throws {
        let simulation = Simulation(at: Self.monday(5, 30))
        let before = try #require(try await simulation.room(.bedroom))
        simulation.clock.set(to: Self.monday(5, 55))
        let after = try #require(try await simulation.room(.bedroom))
        let temperatures = [before, after].compactMap { $0["therm_measured_temperature"]?.number }
        #expect(temperatures.count == 2 && temperatures[1] > temperatures[0] + 0.4)
        #expect(after["therm_setpoint_temperature"] == before["therm_setpoint_temperature"])
    }

    @Test("The window is open for 20 minutes, in which the room cools and isn't heated")
    func window() async throws {
        let simulation = Simulation(at: Self.monday(7, 29))
        let before = try #require(try await simulation.room(.bedroom))
        #expect(before["open_window"] == .bool(false))
        for minute in [30, 49] {
            simulation.clock.set(to: Self.monday(7, minute))
            let open = try #require(try await simulation.room(.bedroom))
            #expect(open["open_window"] == .bool(true))
            #expect(open["heating_power_request"] == .number(0))
            #expect(try await simulation.room(.kitchen)?["open_window"] == .bool(false))
        }
        simulation.clock.set(to: Self.monday(7, 50))
        let after = try #require(try await simulation.room(.bedroom))
        #expect(after["open_window"] == .bool(false))
        #expect((after["heating_power_request"]?.number ?? 0) > 50)
        let temperatures = [before, after].compactMap { $0["therm_measured_temperature"]?.number }
        #expect(temperatures.count == 2 && temperatures[1] < temperatures[0] - 1)
    }

    @Test("Nobody is in the cabin but at weekends: its mode and its room's say so, with the end")
    func away() async throws {
        let friday = Self.monday(4 * 24 + 15)
        let sunday = Self.monday(6 * 24 + 18)
        let week = 7 * 86_400
        let times: [(Int, String, Int?)] = [
            (Self.monday(12), "away", friday), (friday - 1, "away", friday), (friday, "schedule", nil), (sunday - 1, "schedule", nil),
            (sunday, "away", friday + week), (Self.monday(7 * 24), "away", friday + week),
        ]
        for (time, mode, end) in times {
            let simulation = Simulation(at: time)
            let room = try #require(try await simulation.status(of: Simulation.hytte)?["home"]?["rooms"]?.elements.first)
            #expect(room["therm_setpoint_mode"] == .string(mode))
            #expect(room["therm_setpoint_end_time"] == .number(Double(end ?? 0)))
            #expect((room["therm_setpoint_temperature"] == .number(10)) == (mode == "away"))
            #expect((room["therm_setpoint_start_time"]?.integer ?? .max) <= time)
            #expect(try await simulation.homes().last?["therm_mode"] == .string(mode))
            #expect(try await simulation.homes().first?["therm_mode"] == .string("schedule"))
        }
    }
}
