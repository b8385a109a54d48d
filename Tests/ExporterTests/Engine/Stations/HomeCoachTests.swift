import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("Home coaches and favourites")
struct HomeCoachTests {
    private static let path = "/api/gethomecoachsdata"
    private static let coach = #"""
        {"body": {"devices": [{"_id": "70:ee:50:00:00:99", "type": "NHC", "station_name": "Soverom", "reachable": true, "wifi_status": 45,
        "dashboard_data": {"time_utc": 1795454255, "Temperature": 19.5, "health_idx": 1}}]}, "status": "ok"}
        """#

    @Test("Nobody asks for home coaches or favourites unless told to")
    func unwanted() async throws {
        let bench = PollerBench()
        bench.transport.stations(.stations)
        try await bench.run { try await bench.attempt(at: 0) }
        #expect(bench.transport.requests.map(\.path) == [ScriptedTransport.stationsPath])
        #expect(bench.transport.requests[0].form.isEmpty)
    }

    @Test("Favourites are asked for by NetAtmo's parameter")
    func favorites() async throws {
        let bench = PollerBench(favorites: true)
        bench.transport.stations(.stations)
        try await bench.run { try await bench.attempt(at: 0) }
        #expect(bench.transport.requests[0].form == ["get_favorites": SampleTokens.secret("true")])
    }

    @Test("A coach is a station of one module under its own name, behind the weather stations")
    func station() async throws {
        let bench = PollerBench(homeCoach: true)
        bench.transport.stations(.stations)
        bench.transport.script(Self.path, .status(200, Self.coach))
        try await bench.run { try await bench.attempt(at: 0) }
        #expect(bench.data.stations.dropLast() == SampleStations.taken[...])
        let coach = try #require(bench.data.stations.last)
        #expect(coach.devices.map(\.displayName) == ["Soverom"])
        #expect(coach.name == "Soverom")
        #expect(coach.base.kind == .homeCoach)
        #expect(coach.base.readings?[.healthIndex] == 1)
        #expect(bench.events.last == .dataFetched(modules: 8, took: .zero))
    }

    @Test("A coach that comes with the stations too is there once")
    func once() async throws {
        let bench = PollerBench(homeCoach: true)
        bench.transport.stations(.status(200, Self.coach))
        bench.transport.script(Self.path, .status(200, Self.coach))
        try await bench.run { try await bench.attempt(at: 0) }
        #expect(bench.data.stations.map(\.base.id) == ["70:ee:50:00:00:99"])
    }

    @Test("A token without the scope is no failure: it is said once it was refused twice, and asked again after a sign-in")
    func scope() async throws {
        let bench = PollerBench(homeCoach: true)
        bench.transport.stations(.stations, .stations, .stations, .stations)
        bench.transport.script(Self.path, .apiError(403, code: 13), .apiError(403, code: 13), .status(200, Self.coach))
        try await bench.run {
            try await bench.attempt(at: 0)
            #expect(bench.data.isUp)
            try await bench.store.event("the readings") { $0 == .dataFetched(modules: 7, took: .zero) }
            try await bench.wake(at: 30)
            try await bench.attempt(at: 30)
            try await bench.store.event("the refusal") { $0 == .homeCoachRefused }
            #expect(bench.events == [.dataFetched(modules: 7, took: .zero), .homeCoachRefused])
            try await bench.wake(at: 510)
            try await bench.attempt(at: 510)
            #expect(bench.transport.requests.count { $0.path == Self.path } == 2)
            try await bench.store.first("the readings") { $0.events.last?.kind == .dataFetched(modules: 7, took: .zero) }
            bench.clock.advance(by: .seconds(20))
            bench.tokens.receive("a2", isSignIn: true)
            bench.wakeUp.ring()
            try await bench.attempt(at: 530)
            #expect(bench.data.stations.count == 3)
        }
    }

    @Test("A refusal that does not come again costs the coaches nothing")
    func passingRefusal() async throws {
        let bench = PollerBench(homeCoach: true)
        bench.transport.stations(.stations, .stations, .stations)
        bench.transport.script(Self.path, .status(200, Self.coach), .apiError(403, code: 13), .status(200, Self.coach))
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            #expect(bench.data.stations.count == 3, "those before are kept")
            try await bench.wake(at: 510)
            try await bench.attempt(at: 510)
            #expect(bench.data.stations.count == 3)
            #expect(bench.data.nextFetch == SampleStations.now(990))
        }
        #expect(!bench.events.contains(.homeCoachRefused))
    }

    @Test("Where the coaches fail, the stations are new, the coaches are kept, and the failure is told")
    func failure() async throws {
        let bench = PollerBench(homeCoach: true)
        bench.transport.stations(.stations, .status(200, SampleStations.json(baseNamed: "New")))
        bench.transport.script(Self.path, .status(200, Self.coach), .outage)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            #expect(bench.data.stations.map(\.name) == ["New", "Soverom"])
            #expect(!bench.data.isUp)
            #expect(bench.data.lastAttempt?.error?.kind == .outage)
            #expect(bench.data.nextFetch == SampleStations.now(510))
        }
    }

    @Test("An access token that the coaches' endpoint refuses is replaced as any")
    func unauthorized() async throws {
        let bench = PollerBench(homeCoach: true)
        bench.tokens.replace(by: .success(SampleTokens.secret("a2")))
        bench.transport.stations(.stations, .stations)
        bench.transport.script(Self.path, .apiError(403, code: 3), .status(200, Self.coach))
        try await bench.run { try await bench.attempt(at: 0) }
        #expect(bench.data.stations.count == 3)
        #expect(bench.tokens.refused == [SampleTokens.secret("a1")])
    }
}
