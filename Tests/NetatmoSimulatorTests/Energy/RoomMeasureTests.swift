import HTTPTypes
import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

@Suite("getroommeasure")
struct RoomMeasureTests {
    private static func query(_ room: EnergyRoom, _ rest: String) -> String {
        "/api/getroommeasure?home_id=\(Simulation.fjord)&room_id=\(room.rawValue)&" + rest
    }

    /// Values by their times, from the plain shape.
    private func values(_ simulation: Simulation, _ room: EnergyRoom, _ rest: String) async throws -> [Int: [Double?]] {
        guard case .object(let members) = try await simulation.body(Self.query(room, rest + "&optimize=false")) else { return [:] }
        let pairs = members.compactMap { time, row in Int(time).map { ($0, row.elements.map(\.number)) } }
        return Dictionary(pairs) { $1 }
    }

    @Test("What the history says of a time is what homestatus said then, whenever it is asked", arguments: [EnergyRoom.living, .bedroom])
    func agrees(room: EnergyRoom) async throws {
        let simulation = Simulation.unlimited(at: TestClock.monday - 86_400)
        var shown: [Int: Double] = [:]
        var setpoints: [Int: Double] = [:]
        for _ in 0..<96 {
            simulation.clock.advance(by: 900)
            let status = try #require(try await simulation.room(room))
            let time = simulation.clock.time
            shown[time - time % 300] = try #require(status["therm_measured_temperature"]?.number)
            setpoints[time - time % 300] = try #require(status["therm_setpoint_temperature"]?.number)
        }
        // One that remembers, and one that has just begun.
        for asked in [simulation, Simulation(at: TestClock.monday)] {
            let past = try await self.values(asked, room, "scale=max&type=temperature&limit=300")
            for (time, temperature) in shown { #expect(past[time] == [temperature]) }
            let told = try await self.values(asked, room, "scale=30min&type=sp_temperature&limit=60")
            let common = told.keys.filter { setpoints[$0] != nil }
            #expect(common.count > 40)
            for time in common { #expect(told[time] == [setpoints[time]]) }
        }
        #expect(Set(shown.values).count > 5 && Set(setpoints.values).count == 3)
    }

    @Test("Rooms follow their setpoints through a winter's day, and cool no further than they must")
    func warmth() async throws {
        let past = try await self.values(Simulation(), .living, "scale=1hour&type=temperature,sp_temperature&limit=72&real_time=true")
        #expect(past.count == 72)
        for (_, row) in past {
            let temperature = try #require(row.first.flatMap { $0 })
            #expect((16...23).contains(temperature))
        }
        // In the evening, after hours of one setpoint.
        let evening = 1_795_388_400 - 86_400 + 21 * 3600
        let row = try #require(past[evening])
        let temperature = try #require(row.first.flatMap { $0 })
        #expect(row.last == 21 && abs(temperature - 21) < 0.5)
    }

    @Test("Optimized, a day in hours is one run with a step; a step is named by its middle, with real_time by its beginning")
    func optimized() async throws {
        let rest = "scale=1hour&type=temperature&date_begin=1795388400&date_end=1795424400"
        for (flag, offset) in [("false", 1800), ("true", 0)] {
            let runs = try #require(try await Simulation().body(Self.query(.living, rest + "&real_time=\(flag)"))?.elements)
            #expect(runs.count == 1)
            #expect(runs.first?["beg_time"] == .number(Double(1_795_388_400 + offset)))
            #expect(runs.first?["step_time"] == .number(3600))
            #expect(runs.first?["value"]?.elements.count == 11)
        }
    }

    @Test("The extremes of a day are those of its measurements, with their times")
    func extremes() async throws {
        let simulation = Simulation()
        let begin = 1_795_388_400 - 86_400
        let types = "min_temp,max_temp,date_min_temp,date_max_temp,temperature"
        let day = try await self.values(simulation, .bedroom, "scale=1day&type=\(types)&date_begin=\(begin)&limit=1&real_time=true")
        let row = try #require(day[begin]).compactMap(\.self)
        let all = try await self.values(simulation, .bedroom, "scale=max&type=temperature&date_begin=\(begin)&date_end=\(begin + 86_399)")
        #expect(all.count == 288)
        let temperatures = all.compactMapValues { $0.first.flatMap(\.self) }
        #expect(row.count == 5)
        #expect(row[0] == temperatures.values.min() && row[1] == temperatures.values.max())
        #expect(temperatures[Int(row[2])] == row[0] && temperatures[Int(row[3])] == row[1])
        #expect(row[0] < row[4] && row[4] < row[1])
    }

    @Test("Weeks and months have a past back to the set-up, at most 1024 values come, and nothing of the future", .timeLimit(.minutes(1)))
    func span() async throws {
        let simulation = Simulation()
        let months = try await self.values(simulation, .living, "scale=1month&type=temperature&date_begin=0&real_time=true")
        // From October 2022 on.
        #expect(months.count == 50 && months.keys.min() == 1_664_575_200)
        let many = try await self.values(simulation, .living, "scale=max&type=temperature&date_begin=1790000000&limit=5000")
        #expect(many.count == 1024)
        let future = "scale=max&type=temperature&date_begin=\(TestClock.monday + 1000)"
        #expect(try await simulation.body(Self.query(.living, future)) == .array([]))
    }

    @Test("The past of a room that is out of reach ends where it was lost")
    func lost() async throws {
        let past = try await self.values(Simulation(), .bath, "scale=max&type=temperature&limit=1")
        let time = try #require(past.keys.first)
        #expect((TestClock.monday - 26_500...TestClock.monday - 26_200).contains(time))
    }

    @Test(
        "Parameters that are missing or make no sense are named",
        arguments: [
            ("", 400, 10), ("home_id=\(Simulation.fjord)", 400, 10), ("home_id=\(Simulation.fjord)&room_id=1160310001", 400, 10),
            ("home_id=\(Simulation.fjord)&room_id=1160310001&scale=1day", 400, 10),
            ("home_id=\(Simulation.fjord)&room_id=1160310001&scale=5min&type=temperature", 400, 21),
            ("home_id=\(Simulation.fjord)&room_id=1160310001&scale=1day&type=sp_temperature", 400, 21),
            ("home_id=\(Simulation.fjord)&room_id=1160310001&scale=max&type=sp_temperature", 400, 21),
            ("home_id=\(Simulation.fjord)&room_id=1160310001&scale=1hour&type=min_temp", 400, 21),
            ("home_id=\(Simulation.fjord)&room_id=1160310001&scale=1hour&type=temperature,temperature", 400, 21),
            ("home_id=\(Simulation.fjord)&room_id=1160310001&scale=1hour&type=temperature&limit=0", 400, 21),
            ("home_id=nobody&room_id=1160310001&scale=1hour&type=temperature", 404, 9),
            ("home_id=\(Simulation.hytte)&room_id=1160310001&scale=1hour&type=temperature", 404, 9),
        ])
    func refusals(query: String, status: Int, code: Double) async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client in
            let response = try await client.data("/api/getroommeasure?" + query, token: token)
            #expect(response.status.code == status)
            #expect(try response.json()["error"]?["code"] == .number(code))
        }
    }
}
