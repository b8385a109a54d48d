import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("The pages for debugging")
struct DebugPageTests {
    @Test("/debug/data is 502 with the reason before there are readings")
    func noData() async throws {
        let bench = WebBench(debugHandlers: true)
        try await bench.test(.router) { client in
            let before = try await client.send(.get, "/debug/data")
            #expect(before.status == .badGateway)
            #expect(before.text == "No readings yet: nothing was fetched so far\n")
            let error = NetatmoError(.quota, status: 403, code: "26")
            bench.store.publish(DataStatus(lastAttempt: .init(time: SampleStations.now, duration: .zero, error: error)))
            let after = try await client.send(.get, "/debug/data")
            #expect(after.status == .badGateway)
            #expect(after.text == "No readings yet: request quota used up (HTTP 403, code 26)\n")
        }
    }

    @Test("/debug/data holds the readings under NetAtmo's own keys, and reads back as the same stations")
    func data() async throws {
        let bench = WebBench(debugHandlers: true)
        bench.fill()
        try await bench.test(.router) { client in
            let answer = try await client.send(.get, "/debug/data")
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == "application/json")
            #expect(answer.text.hasPrefix(#"{"Body":{"devices":[{"_id":"70:ee:50:00:00:10","#))
            #expect(answer.text.contains(#""Temperature":21.4,"#))
            #expect(answer.text.contains(#""time_utc":1795454255"#))
            let stations = SampleStations.stations(answer.text.replacing(#"{"Body":"#, with: #"{"body":"#))
            #expect(stations.map(\.name) == ["Fjord", "Hytte"])
            #expect(stations.flatMap(\.devices).map(\.readings?.values) == SampleStations.all.flatMap(\.devices).map(\.readings?.values))
            #expect(stations.flatMap(\.devices).map(\.battery) == SampleStations.all.flatMap(\.devices).map(\.battery))
        }
    }

    @Test("/debug/data keeps the readings while fetching fails")
    func dataAfterFailure() async throws {
        let bench = WebBench(debugHandlers: true)
        let attempt = DataStatus.Attempt(time: SampleStations.now, duration: .zero, error: NetatmoError(.timeout))
        bench.store.publish(DataStatus(stations: SampleStations.all, fetchedAt: SampleStations.now, lastAttempt: attempt))
        try await bench.test(.router) { client in
            let answer = try await client.send(.get, "/debug/data")
            #expect(answer.status == .ok)
        }
    }

    @Test(
        "/debug/token is 404 without a token",
        arguments: [TokenStatus.Possession.none(ignored: nil), .refreshTokenOnly, .rejected(.init(.invalidGrant), expiry: nil)])
    func noToken(possession: TokenStatus.Possession) async throws {
        let bench = WebBench(debugHandlers: true)
        bench.store.update { $0.token = TokenStatus(possession: possession) }
        try await bench.test(.router) { client in
            let answer = try await client.send(.get, "/debug/token")
            #expect(answer.status == .notFound)
        }
    }

    @Test("/debug/token says of a token without an expiry that it is valid, and no time")
    func unknownExpiry() async throws {
        let bench = WebBench(debugHandlers: true)
        bench.store.update { $0.token = TokenStatus(possession: .token(expiry: nil, lifetime: 10_800, renewsAt: nil)) }
        try await bench.test(.router) { client in
            let answer = try await client.send(.get, "/debug/token")
            #expect(answer.text == #"{"expiry":null,"hasAccessToken":true,"hasRefreshToken":false,"isValid":true}"# + "\n")
            #expect(try await client.send(.get, "/").text.contains("expiring, expiry unknown; there is no refresh token"))
        }
    }

    @Test(
        "/debug/token says what there is of a token",
        arguments: [(9600.0, true, true), (5, true, false), (9600, false, true), (-5, false, false)])
    func token(seconds: TimeInterval, canRenew: Bool, isValid: Bool) async throws {
        let bench = WebBench(debugHandlers: true)
        let expiry = SampleStations.now(seconds)
        let possession = TokenStatus.Possession.token(expiry: expiry, lifetime: 10_800, renewsAt: canRenew ? expiry : nil)
        bench.store.update { $0.token = TokenStatus(possession: possession) }
        try await bench.test(.router) { client in
            let expected =
                #"{"expiry":"\#(RFC3339.text(expiry))","hasAccessToken":true,"hasRefreshToken":\#(canRenew),"isValid":\#(isValid)}"# + "\n"
            let answer = try await client.send(.get, "/debug/token")
            #expect(answer.text == expected)
        }
    }
}
