import Foundation
import NetatmoSimulator
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem

/// The series of Energy, worked out from NetAtmo's own answers without the code that is tested: by name, home, and room or module.
private struct ExpectedEnergy {
    private(set) var values: [String: Double] = [:]

    private static let ofRooms = [
        "temperature_celsius": "therm_measured_temperature", "setpoint_celsius": "therm_setpoint_temperature",
        "heating_power_request_percent": "heating_power_request", "window_open": "open_window", "anticipating": "anticipating",
        "reachable": "reachable", "setpoint_end_time": "therm_setpoint_end_time", "humidity_percent": "humidity",
    ]
    private static let ofDevices = [
        "boiler_on": "boiler_status", "boiler_comfort_boost": "boiler_valve_comfort_boost",
        "relay_outdoor_temperature_celsius": "outdoor_temperature",
    ]
    private static let types: Set = ["NAPlug", "NATherm1", "NRV", "OTH", "OTM"]

    mutating func add(home: [String: Any], status: [String: Any]) throws {
        let homeName = try #require(home["name"] as? String)
        let homeRooms = try #require(home["rooms"] as? [[String: Any]])
        let rooms = Dictionary(uniqueKeysWithValues: homeRooms.map { ("\($0["id"] ?? "")", $0["name"] as? String ?? "") })
        for room in try #require(status["rooms"] as? [[String: Any]]) {
            let name = try #require(rooms["\(room["id"] ?? "")"])
            for (series, key) in Self.ofRooms {
                guard let number = room[key] as? NSNumber else { continue }
                values["room_\(series) \(homeName) \(name)"] = number.doubleValue
            }
            values["mode \(homeName) \(name) \(room["therm_setpoint_mode"] ?? "")"] = 1
        }
        let homeModules = try #require(home["modules"] as? [[String: Any]])
        let names = Dictionary(uniqueKeysWithValues: homeModules.map { ("\($0["id"] ?? "")", $0["name"] as? String ?? "") })
        for module in status["modules"] as? [[String: Any]] ?? [] where Self.types.contains(module["type"] as? String ?? "") {
            for (series, key) in Self.ofDevices {
                guard let number = module[key] as? NSNumber else { continue }
                values["\(series) \(homeName) \(names["\(module["id"] ?? "")"] ?? "")"] = number.doubleValue
            }
        }
    }
}

@Suite("Energy in a run on the simulator")
struct SimulatedEnergyTests {
    @Test("All rooms and boilers have the values that NetAtmo gave, and no others; the weather stations are there once")
    func values() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly, energy: true) { bench in
            try await bench.isUp()
            try await bench.engine.store.event("the rooms") { if case .energyFetched = $0 { true } else { false } }
            let token = try #require(bench.storage.writes.last).accessToken.reveal()
            func body(_ path: String) async throws -> [String: Any] {
                let text = try await bench.browser.get("\(bench.apiURL)/api/\(path)", headers: [("Authorization", "Bearer \(token)")]).body
                let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
                return try #require(object?["body"] as? [String: Any])
            }
            var expected = ExpectedEnergy()
            for home in try #require(try await body("homesdata")["homes"] as? [[String: Any]]) {
                let status = try #require(try await body("homestatus?home_id=\(home["id"] ?? "")")["home"] as? [String: Any])
                try expected.add(home: home, status: status)
            }
            let page = try await bench.browser.get(bench.url("/metrics")).body
            let found = try served(page)
            #expect(found.count > 30 && Set(found.keys) == Set(expected.values.keys))
            for (series, value) in expected.values { #expect(found[series] == value, "\(series)") }
            #expect(page.split(separator: "\n").count { $0.hasPrefix(#"netatmo_sensor_info{"#) && $0.contains(#"type="NAMain""#) } == 2)
        }
    }

    @Test("A token without the scope costs the stations nothing")
    func withoutScope() async throws {
        let file = { (netatmo: SimulatedNetatmo) in
            try SampleTokens.file(refresh: await netatmo.issueTokens(scope: ["read_station"]).refresh)
        }
        try await EngineBench.run(file: file, energy: true) { bench in
            try await bench.isUp()
            try await bench.engine.store.first("a refusal of Energy") { $0.energy?.lastAttempt?.error?.kind == .wrongScope }
            let page = try await bench.browser.get(bench.url("/metrics")).body
            #expect(page.contains("\nnetatmo_up 1\n") && page.contains("\nnetatmo_energy_up 0\n"))
            #expect(page.contains("netatmo_sensor_temperature_celsius{") && !page.contains("netatmo_room_"))
        }
    }

    /// The samples of rooms, boilers and relays on a page: those of modes only where they are 1.
    private func served(_ page: String) throws -> [String: Double] {
        var found: [String: Double] = [:]
        for line in page.split(separator: "\n") {
            if let match = line.wholeMatch(of: /netatmo_room_setpoint_mode\{home="([^"]*)",room="([^"]*)",mode="([^"]*)"\} (\S+)/) {
                if match.4 == "1" { found["mode \(match.1) \(match.2) \(match.3)"] = 1 }
            } else if let match = line.wholeMatch(
                of: /netatmo_((?:room|boiler|relay)_\w+)\{home="([^"]*)",(?:room|module)="([^"]*)"\} (\S+)/)
            {
                found["\(match.1) \(match.2) \(match.3)"] = Double(match.4) ?? .nan
            }
        }
        return found
    }
}
