import HTTPTypes
import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

@Suite("Errors of the data API")
struct DataErrorTests {
    @Test(
        "Errors of the API have a code and a message",
        arguments: [
            ("/api/getstationsdata", nil, 401, 1),
            ("/api/getstationsdata", "made|up", 403, 2),
            ("/api/homesdata", nil, 404, 404),
            ("/api/a/b/c", "made|up", 404, 404),
            ("/api/getmeasure", "made|up", 403, 2),
            ("/api/gethomecoachsdata", "made|up", 403, 2),
        ] as [(String, String?, Int, Double)])
    func errors(path: String, token: String?, status: Int, code: Double) async throws {
        try await Simulation().run { client in
            let response = try await client.data(path, token: token)
            #expect(response.status.code == status)
            let error = try response.json()["error"]
            #expect(error?["code"] == .number(code))
            #expect(error?["message"]?.string?.isEmpty == false)
        }
    }

    @Test("A token without the right scope gets code 13, and home coaches are none")
    func scopes() async throws {
        let simulation = Simulation()
        let station = await simulation.netatmo.issueTokens().access
        let coach = await simulation.netatmo.issueTokens(scope: ["read_homecoach"]).access
        try await simulation.run { client in
            let refused = try await client.data("/api/getstationsdata", token: coach)
            #expect(refused.status == .forbidden)
            #expect(try refused.json()["error"]?["code"] == .number(13))
            #expect(try await client.data("/api/gethomecoachsdata", token: station).json()["error"]?["code"] == .number(13))
            let coaches = try await client.data("/api/gethomecoachsdata", token: coach)
            #expect(coaches.status == .ok)
            #expect(try coaches.json()["body"]?["devices"] == .array([]))
        }
    }

    @Test("An unknown device is not found")
    func unknownDevice() async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client in
            let response = try await client.data("/api/getstationsdata?device_id=nobody", token: token)
            #expect(response.status == .notFound)
            #expect(try response.json()["error"]?["code"] == .number(9))
        }
    }
}
