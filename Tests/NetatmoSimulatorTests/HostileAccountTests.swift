import FoundationEssentials
import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

@Suite("The hostile account")
struct HostileAccountTests {
    private static var simulation: Simulation {
        var configuration = Simulation.configuration
        configuration.isHostile = true
        return Simulation(configuration)
    }

    private static func station(_ name: String) async throws -> JSONValue {
        try #require(try await Self.simulation.devices().first { $0["station_name"] == .string(name) })
    }

    private static func modules(of station: String) async throws -> [JSONValue] {
        try #require(try await Self.station(station)["modules"]?.elements)
    }

    @Test("Each name arrives as it is, as that of a station, its home, its city, its base and a module, with fresh readings")
    func names() async throws {
        let devices = try await Self.simulation.devices()
        for (name, device) in zip(HostileAccount.names, devices) {
            let text = JSONValue.string(name.text)
            let module = try #require(device["modules"]?.elements.first)
            let places = [
                device["station_name"], device["home_name"], device["module_name"], device["place"]?["city"], module["module_name"],
            ]
            // Scalar by scalar: strings are equal too where they are only canonically equivalent.
            #expect(places.allSatisfy { $0 == text && $0?.string?.unicodeScalars.elementsEqual(name.text.unicodeScalars) == true })
            for data in [device["dashboard_data"], module["dashboard_data"]] {
                #expect(data?["time_utc"] == .number(Double(TestClock.monday - 60)))
                #expect(data?["Temperature"]?.number != nil)
            }
        }
    }

    @Test(
        "Among the names is everything that breaks labels, pages, terminals and columns",
        arguments: [
            "\"", "'", "\\", "\n", "\r", "\r\n", "\t", "\u{0}", "\u{7}", "\u{7F}", "\u{9B}2J", "\u{1B}[2J", "\u{1B}]0;", "\u{1B}P",
            "<script>alert(1)</script>", "</title>", "onerror=", "&lt;", "\u{202E}", "\u{2067}", "\u{2069}", "\u{200F}", "\u{200D}",
            "\u{200B}", "\u{FEFF}", "\u{2028}", "\u{1F1F3}\u{1F1F4}", "\u{5E9}", "\u{FFFF}",
        ])
    func attacks(text: String) {
        let scalars = Array(text.unicodeScalars)
        #expect(HostileAccount.names.contains { $0.text.unicodeScalars.contains(scalars) })
    }

    @Test("There is a name of 10,000 characters, one character of hundreds of scalars, a blank name and an empty one")
    func sizes() {
        let names = HostileAccount.names.map(\.text)
        #expect(names.contains { $0.count == 10_000 })
        #expect(names.contains { $0.contains { $0.unicodeScalars.count > 500 } })
        #expect(names.contains { !$0.isEmpty && $0.allSatisfy(\.isWhitespace) })
        #expect(names.contains(""))
        #expect(Set(HostileAccount.names.map(\.attack)).count == names.count)
    }

    @Test("Modules have equal names, no names, unknown types, and some are no modules")
    func oddModules() async throws {
        let modules = try await Self.modules(of: "Odd modules")
        #expect(modules.count { $0["module_name"] == .string("Twin") } == 2)
        #expect(modules.contains { $0["module_name"] == .null && $0["_id"] != nil })
        #expect(modules.contains { $0["module_name"] == .string("  ") })
        let unknown = try #require(modules.first { $0["type"] == .string("NAModule9") })
        #expect(unknown["dashboard_data"]?["Radon"] == .number(148))
        #expect(modules.contains { $0 == .array(["a module", "that is", "an array"].map(JSONValue.string)) })
        #expect(modules.contains(.null) && modules.contains(.number(42)) && modules.contains(.bool(true)))
        #expect(modules.contains { $0["_id"] == nil && $0["type"] != nil })
    }

    @Test("Numbers come as text, of which some is no number")
    func numbersAsText() async throws {
        let station = try await Self.station("Numbers as text")
        let data = try #require(station["dashboard_data"])
        #expect(data["Temperature"] == .string("21.4"))
        #expect(data["CO2"] == .string("NaN"))
        #expect(data["Noise"] == .string("1e999"))
        #expect(data["time_utc"] == .string("\(TestClock.monday - 60)"))
    }

    @Test("Nulls stand where anything should")
    func nulls() async throws {
        let device = try #require(try await Self.simulation.devices().first { $0["_id"] == .string("70:ee:50:0b:ad:03") })
        for key in device.keys.subtracting(["_id", "type", "dashboard_data", "modules"]) {
            #expect(device[key] == .null)
        }
        #expect(device["dashboard_data"]?.keys.allSatisfy { device["dashboard_data"]?[$0] == .null } == true)
    }

    @Test("Modules out of reach carry sentinels, with last_seen 0, kept and null")
    func unreachable() async throws {
        let modules = try await Self.modules(of: "Unreachable")
        #expect(modules.map { $0["last_seen"] } == [.number(0), .number(Double(TestClock.monday - 86_400)), .null])
        for module in modules {
            #expect(module["reachable"] == .bool(false))
            #expect([module["firmware"], module["rf_status"], module["battery_vp"]] == [.number(255), .number(255), .number(65_535)])
            #expect(module["battery_percent"] == .number(100))
        }
        let reachable = try #require(try await Self.modules(of: "Sentinels").first)
        #expect(reachable["reachable"] == .bool(true))
        #expect(reachable["rf_status"] == .number(255))
    }

    @Test("Times lie before 1970, beyond any calendar and between the seconds")
    func times() async throws {
        let times = try await Self.modules(of: "Times").map { $0["dashboard_data"]?["time_utc"] }
        let numbers = times.compactMap { $0?.number }
        #expect(numbers.contains(-1) && numbers.contains(0) && numbers.contains(255) && numbers.contains(65_535))
        #expect(numbers.contains { $0 > 1e200 } && numbers.contains { $0 < -1e200 })
        #expect(numbers.contains { $0 != $0.rounded() })
        #expect(times.contains(.string("now")))
    }

    @Test("Types contradict the documentation")
    func wrongTypes() async throws {
        let devices = try await Self.simulation.devices()
        #expect(devices.contains { $0["modules"] == .string("none") })
        #expect(devices.contains { $0["modules"]?.keys == ["0"] })
        #expect(devices.contains { $0["dashboard_data"]?.string != nil })
        #expect(devices.contains { $0["dashboard_data"]?.elements.count == 2 })
        #expect(devices.contains(.null) && devices.contains(.number(42)) && devices.contains(.object([:])))
    }

    @Test("Two stations have one ID, and two modules of each")
    func duplicates() async throws {
        let twins = try await Self.simulation.devices().filter { $0["station_name"] == .string("Duplicate") }
        #expect(twins.count == 2 && twins.first == twins.last)
        let modules = twins.first?["modules"]?.elements ?? []
        #expect(modules.count == 2 && modules.first == modules.last)
    }

    @Test("Home coaches have hostile names, health indices that don't exist, and the user's preferences are none")
    func coaches() async throws {
        let body = try #require(try await Self.simulation.body("/api/gethomecoachsdata"))
        let coaches = body["devices"]?.elements ?? []
        #expect(coaches.contains { $0["name"]?.string?.contains("<script>") == true })
        let indices = coaches.compactMap { $0["dashboard_data"]?["health_idx"] }
        #expect(indices.contains(.number(5)) && indices.contains(.number(-1)) && indices.contains(.null))
        #expect(body["user"]?["administrative"]?["windunit"] == .number(99))
    }

    @Test("Whichever device is asked for, all come; measures there are none")
    func parameters() async throws {
        let all = try await Self.simulation.devices()
        #expect(all.count > HostileAccount.names.count + 10)
        #expect(try await Self.simulation.devices(query: "?device_id=nobody") == all)
        #expect(try await Self.simulation.body("/api/getmeasure?device_id=70:ee:50:0b:ad:01&scale=max&type=CO2") == nil)
    }
}
