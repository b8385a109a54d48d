import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem

@Suite("The account's units")
struct PreferencesTests {
    private static let coachPath = "/api/gethomecoachsdata"

    private static func stations(_ user: String) -> Reply {
        .status(200, #"{"body": {"devices": [{"_id": "70:ee", "type": "NAMain"}]\#(user)}, "status": "ok"}"#)
    }

    private static let knots = stations(#", "user": {"administrative": {"windunit": 4}}"#)
    private static let silent = stations("")

    @Test("They come with the stations, and the home coaches' answer changes nothing")
    func withCoaches() async throws {
        let bench = PollerBench(homeCoach: true)
        bench.transport.stations(Self.knots)
        bench.transport.script(Self.coachPath, .status(200, #"{"body": {"devices": []}, "status": "ok"}"#))
        try await bench.run { try await bench.attempt(at: 0) }
        #expect(bench.data.preferences == Units(wind: .knots))
    }

    @Test("An answer that does not name them, and a failure, leave those that are known")
    func kept() async throws {
        let bench = PollerBench()
        bench.transport.stations(Self.knots, Self.silent, .status(503, "down"))
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            #expect(bench.data.preferences == Units(wind: .knots))
            try await bench.wake(at: 960)
            try await bench.attempt(at: 960)
            #expect(bench.data.preferences == Units(wind: .knots))
        }
    }

    /// At 30 °C and 70 %, from the account that prefers this formula, as far as the answer says.
    private static func warm(_ number: Int?) -> Reply {
        let user = number.map { #", "user": {"administrative": {"feel_like_algo": \#($0)}}"# } ?? ""
        let air = #""dashboard_data": {"time_utc": \#(Int(SampleStations.now.timeIntervalSince1970)), "Temperature": 30, "Humidity": 70}"#
        let module = #"{"_id": "02:00", "type": "NAModule1", \#(air)}"#
        return .status(
            200, #"{"body": {"devices": [{"_id": "70:ee", "type": "NAMain", "modules": [\#(module)]}]\#(user)}, "status": "ok"}"#)
    }

    @Test("How warm it feels is told as the account prefers, as far as it is known, and anew after a sign-in")
    func warmFormula() async throws {
        let bench = PollerBench()
        bench.transport.stations(Self.warm(nil), Self.warm(1), Self.warm(nil), Self.warm(nil))
        let formula = { @Sendable in bench.data.stations.first?.modules.first?.readings?.felt?.formula }
        try await bench.run {
            try await bench.attempt(at: 0)
            #expect(formula() == .humidex)
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            #expect(formula() == .heatIndex)
            try await bench.wake(at: 960)
            try await bench.attempt(at: 960)
            #expect(formula() == .heatIndex)
            try await bench.clock.sleeper(until: SampleStations.now(1440))
            bench.tokens.receive("a2", isSignIn: true)
            bench.wakeUp.ring()
            try await bench.wake(at: 970)
            try await bench.attempt(at: 970)
            #expect(formula() == .humidex)
        }
    }

    @Test("After a sign-in the account may be another, with units that are not known yet")
    func otherAccount() async throws {
        let bench = PollerBench()
        bench.transport.stations(Self.knots, Self.silent)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(480))
            bench.tokens.receive("a2", isSignIn: true)
            bench.wakeUp.ring()
            try await bench.wake(at: 10)
            try await bench.attempt(at: 10)
            #expect(bench.data.preferences == nil)
        }
    }
}
