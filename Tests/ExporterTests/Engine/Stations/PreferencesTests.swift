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
