import HTTPTypes
import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

@Suite("Rights, records and faults of heating")
struct EnergyAccessTests {
    private static let paths = [
        "/api/homesdata", "/api/homestatus?home_id=\(Simulation.fjord)",
        "/api/getroommeasure?home_id=\(Simulation.fjord)&room_id=1160310001&scale=1day&type=temperature&limit=1",
        "/api/getmeasure?device_id=70:ee:50:00:50:01&module_id=04:00:00:00:50:02&scale=1day&type=sum_boiler_on&limit=1",
    ]

    @Test("Everything takes read_thermostat, and nothing else", arguments: Self.paths)
    func scope(path: String) async throws {
        let simulation = Simulation()
        let without = await simulation.netatmo.issueTokens(scope: ["read_station", "read_homecoach"]).access
        let with = await simulation.netatmo.issueTokens(scope: ["read_thermostat"]).access
        try await simulation.run { client in
            let refused = try await client.data(path, token: without)
            #expect(refused.status == .forbidden)
            #expect(try refused.json()["error"]?["code"] == .number(13))
            #expect(try await client.data(path, token: with).status == .ok)
            #expect(try await client.form(path, [], token: with).status == .ok)
            #expect(try await client.data("/api/getstationsdata", token: with).status == .forbidden)
            #expect(try await client.data(path, token: nil).status == .unauthorized)
        }
    }

    @Test("Requests are recorded under their endpoint, and faults meet each")
    func faults() async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        let endpoints: [Endpoint] = [.homesData, .homeStatus, .roomMeasure]
        for endpoint in endpoints.reversed() { await simulation.netatmo.inject(.unavailable, on: endpoint) }
        try await simulation.run { client async throws in
            for path in Self.paths.prefix(3) {
                #expect(try await client.data(path, token: token).status == .serviceUnavailable)
                #expect(try await client.data(path, token: token).status == .ok)
            }
        }
        #expect(await simulation.netatmo.requests.map(\.endpoint) == endpoints.flatMap { [$0, $0] })
        #expect(await simulation.netatmo.requests.map(\.fault) == ["status", nil, "status", nil, "status", nil])
    }

    @Test("In an outage there are no homes, and of a home's status nothing or its ID alone", arguments: [false, true])
    func omissions(isHostile: Bool) async throws {
        var configuration = Simulation.configuration
        configuration.isHostile = isHostile
        let simulation = Simulation(configuration)
        await simulation.netatmo.inject(.emptyDevices, on: .any, times: 2)
        #expect(try await simulation.homes().isEmpty)
        #expect(try await simulation.status() == .object([:]))
        await simulation.netatmo.inject(.missingReadings, on: .homeStatus)
        #expect(try await simulation.status() == .object(["home": .object(["id": .string(Simulation.fjord)])]))
        #expect(try await simulation.homes().count > 1)
    }
}
