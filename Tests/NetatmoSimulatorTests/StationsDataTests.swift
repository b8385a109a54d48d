import HTTPTypes
import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

@Suite("getstationsdata")
struct StationsDataTests {
    @Test("The envelope has status, times and the user's preferences")
    func envelope() async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client in
            let json = try await client.data("/api/getstationsdata", token: token).json()
            #expect(json.keys == ["body", "status", "time_exec", "time_server"])
            #expect(json["status"] == .string("ok"))
            #expect(json["time_server"] == .number(Double(TestClock.monday)))
            let preferences = json["body"]?["user"]?["administrative"]
            #expect(preferences?.keys == ["lang", "reg_locale", "country", "unit", "windunit", "pressureunit", "feel_like_algo"])
        }
    }

    @Test("The user's units are those of the configuration, and change no value")
    func units() async throws {
        var answers: [JSONValue?] = []
        for units in [DisplayUnits(), DisplayUnits(system: 1, wind: 4, pressure: 2)] {
            var configuration = Simulation.configuration
            configuration.displayUnits = units
            answers.append(try await Simulation(configuration).body("/api/getstationsdata"))
        }
        let preferences = answers.map { $0?["user"]?["administrative"] }
        #expect(preferences.map { $0?["unit"] } == [.number(0), .number(1)])
        #expect(preferences.map { $0?["windunit"] } == [.number(0), .number(4)])
        #expect(preferences.map { $0?["pressureunit"] } == [.number(0), .number(2)])
        #expect(answers[0]?["devices"] == answers[1]?["devices"])
    }

    @Test("GET and POST answer the same")
    func post() async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client in
            let get = try await client.data("/api/getstationsdata?device_id=70:ee:50:00:10:01", token: token)
            let post = try await client.form("/api/getstationsdata", [("device_id", "70:ee:50:00:10:01")], token: token)
            #expect(get.text == post.text)
            #expect(try get.json()["body"]?["devices"]?.elements.count == 1)
        }
    }

    @Test("The base in Bergen has every key")
    func base() async throws {
        let base = try #require(try await Simulation().devices().first)
        #expect(
            base.keys == [
                "_id", "type", "date_setup", "last_setup", "last_status_store", "last_upgrade", "station_name", "module_name", "home_id",
                "home_name", "wifi_status", "firmware", "reachable", "co2_calibrating", "place", "data_type", "dashboard_data", "modules",
            ]
        )
        #expect(base["module_name"] == .string("Stue"))
        #expect(base["home_name"] == .string("Fjord"))
        #expect(base["place"]?["timezone"] == .string("Europe/Oslo"))
        #expect(base["place"]?["location"]?.elements.compactMap(\.number) == [5.3221, 60.3913])
        #expect(
            base["dashboard_data"]?.keys == [
                "time_utc", "Temperature", "CO2", "Humidity", "Noise", "Pressure", "AbsolutePressure", "min_temp", "max_temp",
                "date_min_temp", "date_max_temp", "temp_trend", "pressure_trend",
            ]
        )
    }

    @Test(
        "Each kind of module measures its own",
        arguments: [
            ("NAModule1", ["Temperature", "Humidity", "min_temp", "max_temp", "date_min_temp", "date_max_temp", "temp_trend"]),
            (
                "NAModule2",
                ["WindStrength", "WindAngle", "GustStrength", "GustAngle", "max_wind_str", "max_wind_angle", "date_max_wind_str"]
            ),
            ("NAModule3", ["Rain", "sum_rain_1", "sum_rain_24"]),
        ])
    func modules(type: String, keys: [String]) async throws {
        let modules = try #require(try await Simulation().devices().first?["modules"]?.elements)
        let module = try #require(modules.first { $0["type"] == .string(type) })
        #expect(module["dashboard_data"]?.keys == Set(keys + ["time_utc"]))
        #expect(
            module.keys == [
                "_id", "type", "module_name", "last_setup", "data_type", "reachable", "firmware", "last_message", "last_seen", "rf_status",
                "battery_vp", "battery_percent", "dashboard_data",
            ]
        )
    }

    @Test("Each kind's values agree with each other, hour by hour")
    func plausible() async throws {
        var configuration = Simulation.configuration
        configuration.enforcesRequestLimits = false
        let simulation = Simulation(configuration)
        for _ in 0..<48 {
            simulation.clock.advance(by: 3600)
            let base = try #require(try await simulation.devices().first)
            let modules = base["modules"]?.elements ?? []
            let air = try #require(base["dashboard_data"])
            let wind = try #require(modules.first { $0["type"] == .string("NAModule2") }?["dashboard_data"])
            let rain = try #require(modules.first { $0["type"] == .string("NAModule3") }?["dashboard_data"])
            #expect((1...3).contains((air["Pressure"]?.number ?? 0) - (air["AbsolutePressure"]?.number ?? 0)), "12 m above the sea")
            #expect(["up", "stable", "down"].contains(air["pressure_trend"]?.string))
            #expect(wind["GustStrength"]?.number ?? -1 >= wind["WindStrength"]?.number ?? 0)
            #expect(rain["sum_rain_1"]?.number ?? -1 >= rain["Rain"]?.number ?? 0)
            if let today = rain["sum_rain_24"]?.number {
                #expect(today >= rain["Rain"]?.number ?? 0)
                #expect(wind["max_wind_str"]?.number ?? -1 >= wind["WindStrength"]?.number ?? 0)
                #expect((0..<360).contains(wind["max_wind_angle"]?.integer ?? -1))
            }
            for module in modules where module["reachable"] == .bool(true) {
                #expect((60...90).contains(module["rf_status"]?.integer ?? 0))
                #expect((4000...6000).contains(module["battery_vp"]?.integer ?? 0))
                #expect(module["last_seen"] == module["dashboard_data"]?["time_utc"])
            }
        }
    }

    @Test("A module out of reach has sentinels and no readings")
    func unreachable() async throws {
        let modules = try #require(try await Simulation().devices().first?["modules"]?.elements)
        let loft = try #require(modules.first { $0["module_name"] == .string("Loft") })
        #expect(loft["reachable"] == .bool(false))
        #expect(loft["dashboard_data"] == nil)
        #expect(loft["firmware"] == .number(255))
        #expect(loft["rf_status"] == .number(255))
        #expect(loft["battery_vp"] == .number(65_535))
        #expect(loft["battery_percent"] == .number(100))
        #expect(loft["last_seen"] == .number(0))
        #expect(loft["last_message"] == .number(Double(TestClock.monday - 11_800)))
    }

    @Test("The cabin has no station_name, a module without a name and a battery that is nearly empty")
    func cabin() async throws {
        let cabin = try await Simulation().devices()[1]
        #expect(cabin["station_name"] == nil)
        #expect(cabin["home_name"] == .string("Hytte"))
        let modules = cabin["modules"]?.elements ?? []
        #expect(modules.map { $0["module_name"]?.string } == [nil, "Soverom"])
        #expect(modules.last?["battery_percent"] == .number(8))
    }

    @Test("The guest's station has pressure only, and modules without name, battery and radio")
    func favorite() async throws {
        let guest = try #require(try await Simulation().devices(query: "?get_favorites=true").last)
        #expect(guest["favorite"] == .bool(true))
        #expect(guest["read_only"] == .bool(true))
        #expect(guest["dashboard_data"]?.keys == ["time_utc", "Pressure", "AbsolutePressure", "pressure_trend"])
        for module in guest["modules"]?.elements ?? [] {
            #expect(module.keys == ["_id", "type", "data_type", "reachable", "dashboard_data"])
        }
    }

    @Test(
        "Favourites come to those who ask for them, if the user has any",
        arguments: [("", 2), ("?get_favorites=true", 3), ("?get_favorites=false", 2), ("?get_favorites=", 2)])
    func favorites(query: String, count: Int) async throws {
        #expect(try await Simulation().devices(query: query).count == count)
        var configuration = Simulation.configuration
        configuration.includesFavorite = false
        #expect(try await Simulation(configuration).devices(query: query).count == 2)
    }

    @Test("A favourite is asked for in a form too, and has to be asked for even by its ID")
    func favoriteInForm() async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        let guest = ("device_id", "70:ee:50:00:30:01")
        try await simulation.run { client in
            let asked = try await client.form("/api/getstationsdata", [guest, ("get_favorites", "true")], token: token)
            #expect(try asked.json()["body"]?["devices"]?.elements.map { $0["home_name"]?.string } == ["Jardin de Marie"])
            #expect(try await client.form("/api/getstationsdata", [guest], token: token).status == .notFound)
        }
    }

    @Test("Readings have an age of less than two intervals, differ in age, and never come from the future")
    func ages() async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client in
            for _ in 0..<40 {
                simulation.clock.advance(by: 17)
                let devices =
                    try await client.data("/api/getstationsdata?get_favorites=true", token: token).json()["body"]?["devices"]?.elements
                    ?? []
                let units = devices + devices.flatMap { $0["modules"]?.elements ?? [] }
                let ages = units.compactMap { $0["dashboard_data"]?["time_utc"]?.integer }.map { simulation.clock.time - $0 }
                #expect(ages.count == 10)
                #expect(ages.allSatisfy { (0..<300).contains($0) })
                #expect(Set(ages).count > 3)
                #expect(devices.allSatisfy { ($0["last_status_store"]?.integer ?? .max) <= simulation.clock.time })
            }
        }
    }

    @Test("With an interval of seconds, readings move within a minute")
    func quickSensors() async throws {
        var configuration = Simulation.configuration
        configuration.measureInterval = .seconds(5)
        configuration.enforcesRequestLimits = false
        let simulation = Simulation(configuration)
        var values: Set<Double> = []
        for _ in 0..<12 {
            simulation.clock.advance(by: 5)
            let data = try await simulation.devices().first?["modules"]?.elements.first?["dashboard_data"]
            values.insert(try #require(data?["Temperature"]?.number))
        }
        #expect(values.count > 1)
    }

    @Test("Readings depend on seed and time alone: not on the process, the history or the order of questions")
    func determinism() async throws {
        let fresh = try await Simulation(at: TestClock.monday + 4000).devices()
        let walked = Simulation(at: TestClock.monday - 100_000)
        for time in [-90_000, 5000, 0, 3700, 4000] {
            walked.clock.set(to: TestClock.monday + time)
            _ = try await walked.devices()
        }
        let same = try await walked.devices()
        #expect(fresh.map { $0["dashboard_data"] } == same.map { $0["dashboard_data"] })
        #expect(fresh[1] == same[1])
        var configuration = Simulation.configuration
        configuration.seed = 2
        let other = try await Simulation(at: TestClock.monday + 4000, configuration).devices()
        #expect(other.map { $0["dashboard_data"] } != fresh.map { $0["dashboard_data"] })
    }

    @Test("Day ranges contain the current value, only widen during the day, and begin anew after midnight")
    func dayRanges() async throws {
        var configuration = Simulation.configuration
        configuration.enforcesRequestLimits = false
        let midnight = CentralEuropeanTime.startOfDay(containing: TestClock.monday)
        let simulation = Simulation(at: midnight, configuration)
        var lowest: Double?
        for minute in stride(from: 7, to: 1440, by: 33) {
            simulation.clock.set(to: midnight + minute * 60)
            let base = try #require(try await simulation.devices().first)
            let data = try #require(base["dashboard_data"])
            let isNew = (data["time_utc"]?.integer ?? 0) < midnight + 600
            #expect((data["min_temp"] == nil) == isNew)
            for (type, key) in [("NAModule2", "max_wind_str"), ("NAModule3", "sum_rain_24")] {
                let module = base["modules"]?.elements.first { $0["type"] == .string(type) }
                let readings = try #require(module?["dashboard_data"])
                #expect((readings[key] == nil) == isNew, "\(key) at minute \(minute)")
            }
            guard let low = data["min_temp"]?.number, let high = data["max_temp"]?.number else { continue }
            let now = try #require(data["Temperature"]?.number)
            #expect(low <= now && now <= high)
            #expect(low <= lowest ?? low)
            lowest = low
            for key in ["date_min_temp", "date_max_temp"] {
                let date = try #require(data[key]?.integer)
                #expect((midnight...simulation.clock.time).contains(date))
            }
        }
        #expect(lowest != nil)
    }

    @Test("Numbers have one decimal at most, and none where they are whole")
    func numbers() async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client in
            let text = try await client.data("/api/getstationsdata", token: token).text
            let fractions = text.split { !"0123456789.".contains($0) }.filter { $0.first != "." }.compactMap { number in
                number.firstIndex(of: ".").map { number[number.index(after: $0)...] }
            }
            // Coordinates have four decimals and rain has three.
            #expect(fractions.count > 20)
            #expect(fractions.allSatisfy { (1...4).contains($0.count) && $0.last != "0" })
        }
    }
}
