import HTTPTypes
import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

@Suite("homestatus")
struct HomeStatusTests {
    private static let lost = "09:00:00:00:50:05"
    private static let roomKeys: Set = [
        "id", "reachable", "therm_measured_temperature", "therm_setpoint_temperature", "therm_setpoint_mode", "therm_setpoint_start_time",
        "therm_setpoint_end_time", "anticipating", "open_window",
    ]

    @Test("A room has every key; with a thermostat alone none of a valve's power, out of reach no temperature")
    func rooms() async throws {
        let simulation = Simulation()
        #expect(try await simulation.room(.living)?.keys == Self.roomKeys)
        for room in [EnergyRoom.bedroom, .kitchen] {
            #expect(try await simulation.room(room)?.keys == Self.roomKeys.union(["heating_power_request"]))
        }
        let bath = try #require(try await simulation.room(.bath))
        #expect(bath.keys == Self.roomKeys.subtracting(["therm_measured_temperature"]))
        #expect(bath["reachable"] == .bool(false))
    }

    @Test("The lost valve is in errors with code 6, and the rest of the answer is as usual")
    func errors() async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client in
            let response = try await client.data("/api/homestatus?home_id=" + Simulation.fjord, token: token)
            #expect(response.status == .ok)
            let json = try response.json()
            #expect(json["status"] == .string("ok"))
            #expect(json["time_server"] == .number(Double(TestClock.monday)))
            #expect(json["body"]?["errors"] == .array([.object(["code": .number(6), "id": .string(Self.lost)])]))
            #expect(json["body"]?["home"]?["rooms"]?.elements.count == 4)
        }
        let valve = try #require(try await simulation.device(Self.lost))
        #expect(valve["reachable"] == .bool(false))
        #expect(valve["last_seen"] == .number(Double(TestClock.monday - 26_200)))
        #expect(try await simulation.status(of: Simulation.hytte)?.keys == ["home"])
    }

    @Test("Each kind of device has its own keys; one spells its radio as NetAtmo's description does")
    func devices() async throws {
        let simulation = Simulation()
        let all: Set = ["id", "type", "reachable", "firmware_revision", "last_seen"]
        let valve = all.union(["bridge", "battery_level", "battery_state"])
        let thermostat = valve.union(["rf_strength", "boiler_status", "boiler_valve_comfort_boost", "anticipating"])
        let expected: [(String, String, Set<String>)] = [
            ("70:ee:50:00:50:01", Simulation.fjord, all.union(["wifi_strength"])),
            ("04:00:00:00:50:02", Simulation.fjord, thermostat),
            ("09:00:00:00:50:03", Simulation.fjord, valve.union(["rf_strenght"])),
            ("09:00:00:00:50:04", Simulation.fjord, valve.union(["rf_strength"])),
            ("70:ee:50:00:70:01", Simulation.hytte, all.union(["wifi_strength", "outdoor_temperature"])),
            ("04:00:00:00:70:02", Simulation.hytte, thermostat),
        ]
        for (id, home, keys) in expected {
            let device = try #require(try await simulation.device(id, of: home))
            #expect(device.keys == keys)
            let seen = try #require(device["last_seen"]?.integer)
            #expect((TestClock.monday - 700...TestClock.monday).contains(seen))
        }
        #expect(try await simulation.device("09:00:00:00:50:04")?["battery_state"] == .string("very_low"))
    }

    @Test(
        "A battery's word agrees with its voltage",
        arguments: [
            (EnergyDeviceKind.thermostat, 4100, "full"), (.thermostat, 4099, "high"), (.thermostat, 3300, "medium"),
            (.openThermThermostat, 3000, "low"), (.openThermThermostat, 2999, "very_low"), (.valve, 3200, "full"), (.valve, 2700, "high"),
            (.valve, 2400, "medium"), (.valve, 2200, "low"), (.valve, 2199, "very_low"), (.valve, -1, "very_low"), (.relay, 5000, nil),
        ] as [(EnergyDeviceKind, Int, String?)])
    func batteries(kind: EnergyDeviceKind, millivolts: Int, word: String?) {
        #expect(kind.batteryState(millivolts: millivolts) == word)
    }

    @Test("The cabin's relay feels the weather that its station feels, but for how the two differ at all times")
    func outdoors() async throws {
        let simulation = Simulation.unlimited()
        var differences: Set<Int> = []
        for _ in 0..<12 {
            simulation.clock.advance(by: 3600)
            let relay = try #require(try await simulation.device("70:ee:50:00:70:01", of: Simulation.hytte))
            let felt = try #require(relay["outdoor_temperature"]?.number)
            let station = try #require(try await simulation.devices().last { $0["home_name"] == .string("Hytte") })
            let outdoor = try #require(station["modules"]?.elements.first?["dashboard_data"]?["Temperature"]?.number)
            differences.insert(Int(((felt - outdoor) * 10).rounded()))
        }
        #expect(differences.count == 1 && differences.allSatisfy { (-5...5).contains($0) })
    }

    @Test("The cabin's boiler keeps hot water ready in the evening")
    func comfortBoost() async throws {
        let simulation = Simulation()
        let thermostat = "04:00:00:00:70:02"
        #expect(try await simulation.device(thermostat, of: Simulation.hytte)?["boiler_valve_comfort_boost"] == .bool(true))
        simulation.clock.advance(by: 3600)
        #expect(try await simulation.device(thermostat, of: Simulation.hytte)?["boiler_valve_comfort_boost"] == .bool(false))
    }

    @Test("A home has to be named, and to exist", arguments: [("", 400, 10), ("?home_id=", 400, 10), ("?home_id=nobody", 404, 9)])
    func refusals(query: String, status: Int, code: Double) async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client in
            let response = try await client.data("/api/homestatus" + query, token: token)
            #expect(response.status.code == status)
            #expect(try response.json()["error"]?["code"] == .number(code))
        }
    }
}
