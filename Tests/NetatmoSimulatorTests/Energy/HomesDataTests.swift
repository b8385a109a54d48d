import HTTPTypes
import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

@Suite("homesdata")
struct HomesDataTests {
    @Test("Two homes with every key, and the same preferences as stations tell")
    func keys() async throws {
        var configuration = Simulation.configuration
        configuration.displayUnits = DisplayUnits(system: 1, wind: 2, pressure: 1)
        let body = try #require(try await Simulation(configuration).body("/api/homesdata"))
        let homes = body["homes"]?.elements ?? []
        #expect(homes.map { $0["name"]?.string } == ["Fjord", "Hytte"])
        for home in homes {
            #expect(
                home.keys == [
                    "id", "name", "altitude", "coordinates", "country", "timezone", "therm_mode", "temperature_control_mode", "rooms",
                    "modules", "schedules",
                ]
            )
            #expect(home["timezone"] == .string("Europe/Oslo"))
            for room in home["rooms"]?.elements ?? [] { #expect(room.keys == ["id", "name", "type", "module_ids"]) }
        }
        #expect(body["user"]?["unit_system"] == .number(1))
        #expect(body["user"]?["unit_wind"] == .number(2))
        #expect(body["user"]?["unit_pressure"] == .number(1))
        #expect(body["user"]?["feel_like_algorithm"] == .number(0))
    }

    @Test("Fjord is the weather station's home, and lists it with its modules, a camera and a plug among what heats")
    func modules() async throws {
        let simulation = Simulation()
        let station = try #require(try await simulation.devices().first)
        let home = try #require(try await simulation.homes().first)
        #expect(home["id"] == station["home_id"] && home["name"] == station["home_name"])
        let modules = home["modules"]?.elements ?? []
        let ids = modules.map { $0["id"]?.string }
        let weather = [station] + (station["modules"]?.elements ?? [])
        #expect(weather.count == 5 && weather.allSatisfy { ids.contains($0["_id"]?.string) })
        let types = modules.compactMap { $0["type"]?.string }
        #expect(types.filter { ["NAPlug", "NATherm1", "NRV"].contains($0) } == ["NAPlug", "NATherm1", "NRV", "NRV", "NRV"])
        #expect(types.contains("NACamera") && types.contains("NLP"))
        #expect(Set(ids).count == ids.count)
    }

    @Test("Devices name their room and relay, rooms their devices")
    func references() async throws {
        for home in try await Simulation().homes() {
            let modules = home["modules"]?.elements ?? []
            for room in home["rooms"]?.elements ?? [] {
                let here = modules.filter { $0["room_id"] == room["id"] }
                #expect(!here.isEmpty && room["module_ids"] == .array(here.compactMap { $0["id"] }))
                for module in here {
                    let relay = modules.first { $0["id"] == module["bridge"] }
                    #expect(relay?["modules_bridged"]?.elements.contains(module["id"] ?? .null) == true)
                }
            }
        }
    }

    @Test("One schedule of each home is selected; its zones have temperatures for all rooms, older ones under the older key")
    func schedules() async throws {
        let homes = try await Simulation().homes()
        #expect(homes.map { $0["schedules"]?.elements.count } == [2, 1])
        for (home, key) in zip(homes, ["therm_setpoint_temperature", "temp"]) {
            let selected = (home["schedules"]?.elements ?? []).filter { $0["selected"] == .bool(true) }
            let schedule = try #require(selected.first)
            #expect(selected.count == 1)
            #expect(schedule["type"] == .string("therm"))
            #expect(schedule["away_temp"]?.number != nil && schedule["hg_temp"]?.number != nil)
            let zones = schedule["zones"]?.elements ?? []
            #expect(zones.map { $0["type"] } == [.number(0), .number(1), .number(5)])
            for zone in zones {
                #expect(zone["rooms"]?.elements.map { $0["id"] } == home["rooms"]?.elements.map { $0["id"] })
                #expect(zone["rooms"]?.elements.allSatisfy { $0.keys == ["id", key] && $0[key]?.number != nil } == true)
            }
            let offsets = (schedule["timetable"]?.elements ?? []).compactMap { $0["m_offset"]?.integer }
            #expect(offsets.first == 0 && offsets == offsets.sorted() && offsets.allSatisfy { (0..<10_080).contains($0) })
            let zoneIDs = Set(zones.compactMap { $0["id"]?.integer })
            #expect(schedule["timetable"]?.elements.allSatisfy { zoneIDs.contains($0["zone_id"]?.integer ?? -1) } == true)
        }
    }

    @Test(
        "Homes are chosen by their ID and by their relay, in a query or a form; none is no error",
        arguments: [
            ("home_id", Simulation.hytte, ["Hytte"]), ("home_id", "nobody", []), ("home_id", "", ["Fjord", "Hytte"]),
            ("gateway_types", "NAPlug", ["Fjord"]), ("gateway_types", "OTH", ["Hytte"]), ("gateway_types", "BNS", []),
            ("gateway_types", "OTH,NAPlug", ["Fjord", "Hytte"]), ("gateway_types", "NRV", []),
        ])
    func chosen(field: String, value: String, names: [String]) async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client in
            let get = try await client.data("/api/homesdata?\(field)=\(value)", token: token)
            let post = try await client.form("/api/homesdata", [(field, value)], token: token)
            #expect(get.status == .ok && get.text == post.text)
            #expect(try get.json()["body"]?["homes"]?.elements.compactMap { $0["name"]?.string } == names)
        }
    }

    @Test(
        "An account for load tests has one home with a room and a valve for each six modules",
        arguments: [(0, 0), (5, 0), (6, 1), (3000, 500)])
    func load(modules: Int, rooms: Int) async throws {
        var configuration = Simulation.configuration
        configuration.moduleCount = modules
        let simulation = Simulation(configuration)
        let homes = try await simulation.homes()
        #expect(homes.count == min(rooms, 1))
        guard let home = homes.first, let id = home["id"]?.string else { return }
        let station = try #require(try await simulation.devices().first)
        #expect(home["id"] == station["home_id"] && home["name"] == station["home_name"])
        let body = try #require(try await simulation.status(of: id)?["home"])
        let valves = (body["modules"]?.elements ?? []).filter { $0["type"] == .string("NRV") }
        #expect(Set(valves.compactMap { $0["id"]?.string }).count == rooms)
        #expect(Set((home["rooms"]?.elements ?? []).compactMap { $0["name"]?.string }).count == rooms)
        let shown = body["rooms"]?.elements ?? []
        #expect(Set(shown.compactMap { $0["id"]?.string }).count == rooms)
        #expect(shown.allSatisfy { $0["therm_measured_temperature"]?.number != nil && $0["heating_power_request"]?.number != nil })
    }
}
