import HTTPTypes
import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

@Suite("The boiler")
struct BoilerTests {
    private static let relay = "70:ee:50:00:50:01"
    private static let thermostat = "04:00:00:00:50:02"
    private static let query = "/api/getmeasure?device_id=\(relay)&module_id=\(thermostat)&"

    private func rows(_ simulation: Simulation, _ rest: String) async throws -> [[Double]] {
        let runs = try await simulation.body(Self.query + rest)?.elements ?? []
        return runs.flatMap { $0["value"]?.elements ?? [] }.map { $0.elements.compactMap(\.number) }
    }

    @Test("The seconds of each half hour are those in which homestatus says that it is on")
    func agrees() async throws {
        let begin = TestClock.monday - TestClock.monday % 1800
        let simulation = Simulation.unlimited(at: begin)
        var seconds: [Double] = []
        for _ in 0..<4 {
            var on = 0.0
            for _ in 0..<60 {
                if try await simulation.device(Self.thermostat)?["boiler_status"] == .bool(true) { on += 30 }
                simulation.clock.advance(by: 30)
            }
            seconds.append(on)
        }
        let rows = try await self.rows(simulation, "scale=30min&type=boileron,boileroff&date_begin=\(begin)&date_end=\(begin + 7199)")
        #expect(rows == seconds.map { [$0, 1800 - $0] })
        #expect(seconds.contains { $0 > 0 && $0 < 1800 })
    }

    @Test("A day's sums are those of its half hours, and the step under way counts as far as it is")
    func sums() async throws {
        let simulation = Simulation()
        let begin = 1_795_388_400 - 86_400
        let halfHours = try await self.rows(simulation, "scale=30min&type=boileron&date_begin=\(begin)&date_end=\(begin + 86_399)")
        #expect(halfHours.count == 48)
        let days = try await self.rows(simulation, "scale=1day&type=sum_boiler_on,sum_boiler_off&date_begin=\(begin)")
        #expect(days.count == 2)
        #expect(days.first?.first == halfHours.compactMap(\.first).reduce(0, +))
        #expect(days.first?.reduce(0, +) == 86_400)
        // Since midnight.
        #expect(days.last?.reduce(0, +) == 62_285)
    }

    @Test(
        "The more the neediest room wants the longer it burns, and not at all for little",
        arguments: [(0, 0), (4, 0), (5, 30), (50, 300), (100, 600)])
    func demand(power: Int, seconds: Int) {
        #expect(Boiler.seconds(forDemand: power) == seconds)
    }

    @Test(
        "It is asked for by relay and thermostat, with the names of the scale",
        arguments: [
            ("device_id=\(relay)&module_id=\(thermostat)&scale=1hour&type=boileron", 200, nil),
            ("device_id=\(relay)&module_id=\(thermostat)&scale=1week&type=sum_boiler_off", 200, nil),
            ("device_id=\(relay)&scale=1hour&type=boileron", 400, 10),
            ("device_id=\(relay)&module_id=09:00:00:00:50:03&scale=1hour&type=boileron", 404, 9),
            ("device_id=\(relay)&module_id=04:00:00:00:70:02&scale=1hour&type=boileron", 404, 9),
            ("device_id=\(thermostat)&module_id=\(thermostat)&scale=1hour&type=boileron", 400, 21),
            ("device_id=\(relay)&module_id=\(thermostat)&scale=max&type=boileron", 400, 21),
            ("device_id=\(relay)&module_id=\(thermostat)&scale=1day&type=boileron", 400, 21),
            ("device_id=\(relay)&module_id=\(thermostat)&scale=1hour&type=sum_boiler_on", 400, 21),
            ("device_id=\(relay)&module_id=\(thermostat)&scale=1hour&type=Temperature", 400, 21),
        ] as [(String, Int, Double?)])
    func requests(query: String, status: Int, code: Double?) async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client in
            let response = try await client.data("/api/getmeasure?" + query, token: token)
            #expect(response.status.code == status)
            #expect(try response.json()["error"]?["code"] == code.map(JSONValue.number))
        }
    }
}
