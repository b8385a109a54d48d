import HTTPTypes
import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

@Suite("Request limits")
struct QuotaTests {
    @Test("50 requests in 10 seconds, then 403 with code 26 until the oldest are 10 seconds old")
    func burst() async throws {
        let simulation = Simulation()
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client async throws in
            for _ in 0..<50 {
                #expect(try await client.data("/api/getstationsdata", token: token).status == .ok)
            }
            simulation.clock.advance(by: 9)
            let refused = try await client.data("/api/getstationsdata", token: token)
            #expect(refused.status == .forbidden)
            #expect(try refused.json()["error"]?["code"] == .number(26))
            simulation.clock.advance(by: 1)
            #expect(try await client.data("/api/getstationsdata", token: token).status == .ok)
        }
    }

    @Test("500 requests in any hour, refused ones not counted")
    func hour() {
        var quota = SimulatedQuota()
        var admitted = 0
        for time in 0..<3600 where quota.admit(at: time) {
            admitted += 1
        }
        #expect(admitted == 500)
        let afterAnHour = quota.admit(at: 3600)
        #expect(afterAnHour)
    }

    @Test("A clock that is set back doesn't lock the user out")
    func clockSetBack() {
        var quota = SimulatedQuota()
        let admitted = ([Int](repeating: 1000, count: 50) + [1001, 500]).map { quota.admit(at: $0) }
        #expect(admitted == [Bool](repeating: true, count: 50) + [false, true])
    }

    @Test("Without limits, load tests run free, and requests without a valid token never count")
    func off() async throws {
        var configuration = Simulation.configuration
        configuration.enforcesRequestLimits = false
        let simulation = Simulation(configuration)
        let token = await simulation.netatmo.issueTokens().access
        try await simulation.run { client async throws in
            for _ in 0..<60 { #expect(try await client.data("/api/getmeasure", token: token).status == .badRequest) }
        }
        let limited = Simulation()
        let other = await limited.netatmo.issueTokens().access
        try await limited.run { client async throws in
            for _ in 0..<60 { #expect(try await client.data("/api/getstationsdata", token: "no").status == .forbidden) }
            #expect(try await client.data("/api/getstationsdata", token: other).status == .ok)
        }
    }
}
