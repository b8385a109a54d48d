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
            ("/api/getthermostatsdata", nil, 404, 404),
            ("/api/homesdata", nil, 401, 1),
            ("/api/homestatus", "made|up", 403, 2),
            ("/api/getroommeasure", "made|up", 403, 2),
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

    @Test(
        "A token without the right for what it asks gets code 13",
        arguments: [
            ("read_station", "/api/getstationsdata", 200),
            ("read_homecoach", "/api/getstationsdata", 403),
            ("read_station", "/api/gethomecoachsdata", 403),
            ("read_homecoach", "/api/gethomecoachsdata", 200),
            ("read_station", "/api/getmeasure?device_id=70:ee:50:00:10:01&scale=max&type=CO2", 200),
            ("read_homecoach", "/api/getmeasure?device_id=70:ee:50:00:10:01&scale=max&type=CO2", 403),
            ("read_station", "/api/getmeasure?device_id=70:ee:50:00:40:01&scale=max&type=CO2", 403),
        ])
    func scopes(scope: String, path: String, status: Int) async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens(scope: [scope]).access
        try await simulation.run { client in
            let response = try await client.data(path, token: token)
            #expect(response.status.code == status)
            #expect(try response.json()["error"]?["code"] == (status == 200 ? nil : .number(13)))
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
