import HTTPTypes
import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

@Suite("gethomecoachsdata")
struct HomeCoachTests {
    private static let nursery = "70:ee:50:00:40:01"

    @Test("Two coaches have every key but each its own for the name, no home, no modules and no altitude")
    func keys() async throws {
        let coaches = try await Simulation().coaches()
        let common: Set = [
            "_id", "type", "date_setup", "last_setup", "last_status_store", "last_upgrade", "wifi_status", "firmware", "reachable",
            "co2_calibrating", "place", "data_type", "dashboard_data",
        ]
        #expect(coaches.map(\.keys) == [common.union(["station_name"]), common.union(["name"])])
        #expect(coaches.first?["station_name"] == .string("Barnerom"))
        #expect(coaches.last?["name"] == .string("Kontor"))
        for coach in coaches {
            #expect(coach["type"] == .string("NHC"))
            #expect(coach["reachable"] == .bool(true))
            #expect(coach["place"]?.keys == ["timezone", "country", "city", "location"])
            #expect(
                coach["dashboard_data"]?.keys == [
                    "time_utc", "Temperature", "CO2", "Humidity", "Noise", "Pressure", "AbsolutePressure", "health_idx", "min_temp",
                    "max_temp", "date_min_temp", "date_max_temp", "temp_trend", "pressure_trend",
                ]
            )
        }
    }

    @Test("The envelope is that of stations")
    func envelope() async throws {
        let simulation = Simulation()
        let coaches = try #require(try await simulation.body("/api/gethomecoachsdata"))
        let stations = try #require(try await simulation.body("/api/getstationsdata"))
        #expect(coaches.keys == stations.keys)
        #expect(coaches["user"] == stations["user"])
    }

    @Test("One is asked for by its ID, in a query or a form; an unknown one and a station are not found")
    func byID() async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        let path = "/api/gethomecoachsdata"
        try await simulation.run { client in
            let get = try await client.data(path + "?device_id=" + Self.nursery, token: token)
            let post = try await client.form(path, [("device_id", Self.nursery)], token: token)
            #expect(get.text == post.text)
            #expect(try get.json()["body"]?["devices"]?.elements.map { $0["_id"]?.string } == [Self.nursery])
            for id in ["nobody", "70:ee:50:00:10:01"] {
                #expect(try await client.data(path + "?device_id=" + id, token: token).status == .notFound)
            }
        }
    }

    @Test("An account for load tests has none")
    func load() async throws {
        var configuration = Simulation.configuration
        configuration.moduleCount = 6
        #expect(try await Simulation(configuration).body("/api/gethomecoachsdata")?["devices"] == .array([]))
    }

    @Test("Over a day the health index follows the air, and both healthy and stuffy hours occur")
    func healthOverADay() async throws {
        var configuration = Simulation.configuration
        configuration.enforcesRequestLimits = false
        let simulation = Simulation(configuration)
        var indices: Set<Int> = []
        for _ in 0..<48 {
            simulation.clock.advance(by: 1800)
            for data in try await simulation.coaches().compactMap({ $0["dashboard_data"] }) {
                let index = try #require(data["health_idx"]?.integer)
                #expect((0...4).contains(index))
                #expect(index > 0 || data["CO2"]?.number ?? .infinity < 900)
                indices.insert(index)
            }
        }
        #expect(indices.count > 1)
    }

    @Test(
        "The worst of the measures decides on the health index",
        arguments: [
            (600, 210, 45, 40, 0), (900, 210, 45, 40, 1), (1150, 210, 45, 40, 2), (1400, 210, 45, 40, 3), (1600, 210, 45, 40, 4),
            (600, 245, 45, 40, 1), (600, 310, 45, 40, 4), (600, 120, 45, 40, 4), (600, 210, 75, 40, 2), (600, 210, 5, 40, 4),
            (600, 210, 45, 72, 3), (1150, 245, 45, 80, 4), (Int.max, .min, -1, .max, 4),
        ])
    func health(carbonDioxide: Int, temperature: Int, humidity: Int, loudness: Int, index: Int) {
        #expect(
            HealthIndex.of(carbonDioxide: carbonDioxide, temperature: temperature, humidity: humidity, loudness: loudness) == index
        )
    }

    @Test("getmeasure knows its past, and ends it with the value that is shown")
    func measures() async throws {
        let simulation = Simulation()
        let shown = try #require(try await simulation.coaches().first?["dashboard_data"])
        let types = ["Temperature", "CO2", "Humidity", "Noise", "Pressure"]
        let query = "device_id=\(Self.nursery)&scale=max&type=\(types.joined(separator: ","))&limit=1"
        for query in [query, query + "&module_id=\(Self.nursery)"] {
            let run = try #require(try await simulation.body("/api/getmeasure?" + query)?.elements.first)
            #expect(run["beg_time"] == shown["time_utc"])
            #expect(run["value"] == .array([.array(types.map { shown[$0] ?? .null })]))
        }
        let foreign = "device_id=\(Self.nursery)&module_id=02:00:00:00:10:02&scale=max&type=Temperature"
        #expect(try await simulation.body("/api/getmeasure?" + foreign) == nil)
    }
}
