import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

@Suite("Hostile homes")
struct HostileHomesTests {
    private static var simulation: Simulation {
        var configuration = Simulation.configuration
        configuration.isHostile = true
        return Simulation(configuration)
    }

    private static func home(_ id: JSONValue) async throws -> JSONValue {
        try #require(try await Self.simulation.homes().first { $0["id"] == id })
    }

    @Test("Each name arrives as it is, as that of a room and of a valve; the home and its schedule have bad ones too")
    func names() async throws {
        let home = try await Self.home(.string("names"))
        for list in ["rooms", "modules"] {
            let names = (home[list]?.elements ?? []).compactMap { $0["name"]?.string }
            #expect(names.count == HostileAccount.names.count)
            for (name, expected) in zip(names, HostileAccount.names) {
                // Scalar by scalar: strings are equal too where they are only canonically equivalent.
                #expect(name.unicodeScalars.elementsEqual(expected.text.unicodeScalars))
            }
        }
        let schedule = home["schedules"]?.elements.first
        for name in [home["name"], schedule?["name"], schedule?["zones"]?.elements.first?["name"]] {
            #expect(name?.string?.contains("<script>") == true && name?.string?.contains("\u{1B}") == true)
        }
        #expect(try await Self.simulation.status(of: "names")?["home"]?["rooms"]?.elements.count == HostileAccount.names.count)
    }

    @Test("Some homes are none, have no ID, or that alone")
    func noHomes() async throws {
        let homes = try await Self.simulation.homes()
        #expect(homes.contains(.null) && homes.contains(.number(42)) && homes.contains(.object([:])) && homes.contains { $0.string != nil })
        #expect(homes.contains { $0.keys == ["id"] } && homes.contains { $0.keys == ["name"] } && homes.contains { $0["id"] == .null })
    }

    @Test(
        "The body of a status is empty, a list or null, its home an ID alone or a list; of an unknown home it is empty",
        arguments: [
            ("empty-body", .object([:])), ("body-list", .array([])), ("body-null", .null), ("nobody", .object([:])),
            ("home-alone", .object(["home": .object(["id": .string("home-alone")])])),
        ] as [(String, JSONValue)])
    func bodies(id: String, body: JSONValue) async throws {
        #expect(try await Self.simulation.status(of: id) == body)
    }

    @Test("IDs are numbers in one answer and text in the other")
    func numbersAsIDs() async throws {
        let home = try await Self.home(.number(4711))
        #expect(home["rooms"]?.elements.map { $0["id"] } == [.number(2_746_182_631), .string("2746182632")])
        #expect(home["modules"]?.elements.map { $0["id"] } == [.number(17), .string("18")])
        let status = try #require(try await Self.simulation.status(of: "4711")?["home"])
        #expect(status["id"] == .string("4711"))
        #expect(status["rooms"]?.elements.map { $0["id"] } == [.string("2746182631"), .number(2_746_182_632), .number(1.5)])
    }

    @Test("Modes, types and states are unknown")
    func unknownWords() async throws {
        let home = try await Self.home(.string("unknown-words"))
        #expect(home["therm_mode"] == .string("party"))
        #expect(home["modules"]?.elements.first?["type"] == .string("NAThermostat9"))
        #expect(home["schedules"]?.elements.map { $0["type"] } == ["moonlight", "electricity", "cooling"].map(JSONValue.string))
        let status = try #require(try await Self.simulation.status(of: "unknown-words")?["home"])
        let modes = status["rooms"]?.elements.compactMap { $0["therm_setpoint_mode"]?.string } ?? []
        #expect(modes.contains("party") && modes.contains("") && modes.contains { $0.contains("\n") })
        #expect(status["modules"]?.elements.first?["battery_state"] == .string("exhausted"))
    }

    @Test("Numbers come as text of which some is no number, as nulls, and beyond all bounds")
    func values() async throws {
        let text = try #require(try await Self.simulation.status(of: "numbers-as-text")?["home"]?["rooms"]?.elements.first)
        #expect(text["therm_measured_temperature"] == .string("20.5"))
        #expect(text["therm_setpoint_temperature"] == .string("NaN"))
        #expect(text["heating_power_request"] == .string("1e999"))
        let nulls = try #require(try await Self.simulation.status(of: "nulls")?["home"]?["rooms"]?.elements.first)
        #expect(nulls.keys.count == 10 && nulls.keys.allSatisfy { $0 == "id" || nulls[$0] == .null })
        let rooms = try await Self.simulation.status(of: "impossible-values")?["home"]?["rooms"]?.elements ?? []
        let temperatures = rooms.compactMap { $0["therm_measured_temperature"]?.number }
        #expect(temperatures.contains { $0 > 1e200 } && temperatures.contains { $0 < -1e200 } && temperatures.contains(-274))
        let offsets = try await Self.home(.string("impossible-values"))["schedules"]?.elements.first?["timetable"]?.elements ?? []
        #expect(offsets.contains { ($0["m_offset"]?.number ?? 0) < 0 } && offsets.contains { ($0["m_offset"]?.number ?? 0) > 1e18 })
    }

    @Test("Lists are objects, text and numbers")
    func wrongTypes() async throws {
        let home = try await Self.home(.string("wrong-types"))
        #expect(home["rooms"]?.keys == ["1"] && home["modules"] == .string("none") && home["schedules"] == .number(42))
        let body = try #require(try await Self.simulation.status(of: "wrong-types"))
        #expect(body["home"]?["rooms"] == .string("warm") && body["errors"]?.keys == ["code", "id"])
    }

    @Test("Rooms and modules share names and IDs")
    func twins() async throws {
        let home = try await Self.home(.string("twins"))
        #expect(home["rooms"]?.elements.map { $0["name"] } == Array(repeating: .string("Twin"), count: 3))
        #expect(home["rooms"]?.elements.map { $0["id"] } == [.string("1"), .string("2"), .string("2")])
        #expect(home["modules"]?.elements.count == 2 && home["modules"]?.elements.first == home["modules"]?.elements.last)
    }

    @Test("Errors stand beside data, of devices that answer and of none")
    func errors() async throws {
        let body = try #require(try await Self.simulation.status(of: "errors"))
        #expect(body["home"]?["rooms"]?.elements.count == 1)
        let errors = body["errors"]?.elements ?? []
        #expect(errors.contains(.null) && errors.contains(.object([:])) && errors.contains { $0["code"] == .number(99) })
        #expect(errors.contains { $0["id"] == .string("nobody") })
    }

    @Test("The preferences are none, and of a room there is no past")
    func others() async throws {
        let body = try #require(try await Self.simulation.body("/api/homesdata"))
        #expect(body["user"]?["unit_wind"] == .number(99))
        let measure = "/api/getroommeasure?home_id=names&room_id=1&scale=1day&type=temperature"
        #expect(try await Self.simulation.body(measure) == nil)
    }
}
