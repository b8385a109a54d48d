import HTTPTypes
import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

@Suite("getmeasure")
struct MeasureTests {
    private static let base = "70:ee:50:00:10:01"
    private static let outdoor = "02:00:00:00:10:02"
    private static let rain = "05:00:00:00:10:03"

    private func body(_ simulation: Simulation, _ query: String) async throws -> JSONValue? {
        let token = await simulation.netatmo.issueTokens().access
        return try await simulation.run { client in
            try await client.data("/api/getmeasure?" + query, token: token).json()["body"]
        }
    }

    @Test("The latest value at scale max is the one that getstationsdata shows")
    func agrees() async throws {
        let simulation = Simulation()
        let shown = try #require(try await simulation.devices().first?["modules"]?.elements.first?["dashboard_data"])
        let query = "device_id=\(Self.base)&module_id=\(Self.outdoor)&scale=max&type=Temperature,Humidity&limit=1"
        let runs = try #require(try await self.body(simulation, query)?.elements)
        let run = try #require(runs.first)
        #expect(run["beg_time"] == shown["time_utc"])
        #expect(run["step_time"] == nil)
        #expect(run["value"] == .array([.array([shown["Temperature"] ?? .null, shown["Humidity"] ?? .null])]))
    }

    @Test("A day in hours, optimized: one run with a step; what isn't measured is null")
    func optimized() async throws {
        let simulation = Simulation()
        let end = TestClock.monday - 7200
        let query = "device_id=\(Self.base)&scale=1hour&type=temperature,CO2,Rain&date_begin=\(end - 86_400)&date_end=\(end)"
        let runs = try #require(try await self.body(simulation, query)?.elements)
        #expect(runs.count == 1)
        #expect(runs.first?["step_time"] == .number(3600))
        let values = try #require(runs.first?["value"]?.elements)
        #expect(values.count == 24)
        #expect(values.allSatisfy { $0.elements.count == 3 && $0.elements[0].number != nil && $0.elements[2] == .null })
    }

    @Test("Not optimized: an object by time, and an empty array for nothing")
    func plain() async throws {
        let simulation = Simulation()
        let query = "device_id=\(Self.base)&scale=30min&type=Pressure&limit=4&optimize=false"
        let body = try #require(try await self.body(simulation, query))
        #expect(body.keys.count == 4)
        #expect(body.keys.allSatisfy { Int($0) != nil })
        let future = "&date_begin=\(TestClock.monday + 100_000)"
        #expect(try await self.body(simulation, query + future) == .array([]))
    }

    @Test("An hour's rain is the sum of its minutes, as sum_rain_1 is")
    func rain() async throws {
        let simulation = Simulation()
        let shown = try #require(try await simulation.devices().first?["modules"]?.elements[1]["dashboard_data"])
        let query = "device_id=\(Self.base)&module_id=\(Self.rain)&scale=max&type=Rain&limit=12"
        let values = try #require(try await self.body(simulation, query)?.elements.first?["value"]?.elements)
        let sum = values.compactMap { $0.elements.first?.number }.reduce(0, +)
        #expect(abs(sum - (shown["sum_rain_1"]?.number ?? -1)) < 1e-9)
    }

    @Test(
        "Every measure of a module at scale max is the one that getstationsdata shows",
        arguments: [
            ("70:ee:50:00:10:01", ["Temperature", "CO2", "Humidity", "Noise", "Pressure"]),
            ("06:00:00:00:10:04", ["WindStrength", "WindAngle", "GustStrength", "GustAngle"]),
            ("05:00:00:00:10:03", ["Rain"]),
        ])
    func allMeasures(id: String, types: [String]) async throws {
        let simulation = Simulation()
        let devices = try await simulation.devices()
        let units = devices + devices.flatMap { $0["modules"]?.elements ?? [] }
        let shown = try #require(units.first { $0["_id"] == .string(id) }?["dashboard_data"])
        let query = "device_id=\(Self.base)&module_id=\(id)&scale=max&type=\(types.joined(separator: ","))&limit=1"
        let run = try #require(try await self.body(simulation, query)?.elements.first)
        #expect(run["beg_time"] == shown["time_utc"])
        #expect(run["value"] == .array([.array(types.map { shown[$0] ?? .null })]))
    }

    @Test("A day is kept in steps of five minutes, however often is measured")
    func shortInterval() async throws {
        let simulation = Simulation(at: TestClock.monday, SimulatorConfiguration(measureInterval: .seconds(5), tokenRandomness: .seeded))
        let query = "device_id=\(Self.base)&scale=max&type=Temperature&date_begin=\(TestClock.monday - 86_400)"
        let run = try #require(try await self.body(simulation, query)?.elements.first)
        #expect(run["step_time"] == .number(300))
        #expect(run["value"]?.elements.count == 288)
    }

    @Test("A coarse step is named by its middle, with real_time by its beginning", arguments: [("false", 1800), ("true", 0)])
    func realTime(flag: String, offset: Int) async throws {
        let simulation = Simulation()
        let query = "device_id=\(Self.base)&module_id=\(Self.rain)&type=sum_rain&limit=2&date_begin=\(TestClock.monday - 9000)"
        let exact = try await self.body(simulation, query + "&scale=1hour&real_time=true")
        let other = try await self.body(simulation, query + "&scale=1hour&real_time=\(flag)")
        let time = try #require(exact?.elements.first?["beg_time"]?.integer)
        #expect(other?.elements.first?["beg_time"]?.integer == time + offset)
    }

    @Test("At most 1024 points, from date_begin on")
    func limit() async throws {
        let simulation = Simulation()
        let query = "device_id=\(Self.base)&scale=max&type=Noise&date_begin=\(TestClock.monday - 1_000_000)&limit=5000"
        let runs = try #require(try await self.body(simulation, query)?.elements)
        #expect(runs.flatMap { $0["value"]?.elements ?? [] }.count == 1024)
        let run = try #require(runs.first)
        let begin = try #require(run["beg_time"]?.integer)
        #expect((TestClock.monday - 1_000_000..<TestClock.monday - 999_700).contains(begin))
    }

    /// A month has no fixed length, so that each is a run of its own or of two.
    private func rows(_ simulation: Simulation, _ query: String) async throws -> [JSONValue] {
        try await self.body(simulation, query)?.elements.flatMap { $0["value"]?.elements ?? [] } ?? []
    }

    @Test(
        "There is nothing from before the set-up but the rest of its month, and years of rain are summed quickly", .timeLimit(.minutes(1)))
    func setUp() async throws {
        let simulation = Simulation()
        let query = "device_id=\(Self.base)&module_id=\(Self.rain)&scale=1month&type=sum_rain&date_begin=0&real_time=true"
        let begin = try await self.body(simulation, query)?.elements.first?["beg_time"]?.integer
        // 1 October 2020, 00:00 in Bergen.
        #expect(begin == 1_601_503_200)
        #expect(try await self.rows(simulation, query).count == 74)
    }

    @Test("A lost module's past ends where it was lost")
    func lost() async throws {
        let simulation = Simulation()
        let query = "device_id=\(Self.base)&module_id=03:00:00:00:10:05&scale=max&type=Temperature&limit=1"
        let run = try #require(try await self.body(simulation, query)?.elements.first)
        let time = try #require(run["beg_time"]?.integer)
        #expect(time <= TestClock.monday - 11_800)
    }

    @Test("Highest and lowest of a day enclose its mean", arguments: ["1day", "1week", "1month"])
    func summaries(scale: String) async throws {
        let simulation = Simulation()
        let query = "device_id=\(Self.base)&module_id=\(Self.outdoor)&scale=\(scale)&type=min_temp,Temperature,max_temp&limit=5"
        let values = try await self.rows(simulation, query)
        #expect(values.count == 5)
        for row in values.map({ $0.elements.compactMap(\.number) }) {
            #expect(row.count == 3 && row == row.sorted())
        }
    }

    @Test(
        "Parameters that are missing or make no sense are named",
        arguments: [
            ("", 400, 10),
            ("device_id=70:ee:50:00:10:01&scale=max", 400, 10),
            ("device_id=70:ee:50:00:10:01&scale=5min&type=Temperature", 400, 21),
            ("device_id=70:ee:50:00:10:01&scale=max&type=Happiness", 400, 21),
            ("device_id=70:ee:50:00:10:01&scale=max&type=Rain,rain", 400, 21),
            ("device_id=70:ee:50:00:10:01&scale=max&type=Temperature&limit=0", 400, 21),
            ("device_id=70:ee:50:00:10:01&scale=max&type=Temperature&limit=-9223372036854775808", 400, 21),
            ("device_id=70:ee:50:00:10:01&scale=max&type=Temperature&date_begin=99999999999999999999", 400, 21),
            ("device_id=70:ee:50:00:10:01&scale=max&type=Temperature&optimize=perhaps", 400, 21),
            ("device_id=nobody&scale=max&type=Temperature", 404, 9),
            ("device_id=70:ee:50:00:10:01&module_id=nobody&scale=max&type=Temperature", 404, 9),
        ])
    func refusals(query: String, status: Int, code: Double) async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client in
            let response = try await client.data("/api/getmeasure?" + query, token: token)
            #expect(response.status.code == status)
            #expect(try response.json()["error"]?["code"] == .number(code))
        }
    }
}
