import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("Asking for Energy's rooms")
struct EnergyPollerTests {
    @Test(
        "asks which homes there are, and for each how it is, at the start; then how they are at each interval, and which there are each hour"
    )
    func rhythm() async throws {
        let bench = EnergyBench()
        bench.homes("1", "2")
        bench.homes("1")
        for round in 0..<8 {
            bench.status("1", 20 + Double(round) / 10)
            bench.status("2", 18)
        }
        bench.status("1", 25)
        try await bench.run {
            try await bench.attempt(at: 0)
            #expect(bench.temperatures == [20, 18])
            #expect(bench.events == [.energyFetched(rooms: 2)])
            #expect(bench.transport.requests.map { $0.form["home_id"]?.reveal() } == [nil, "1", "2"])
            for round in 1...7 {
                try await bench.wake(at: Double(round) * 480)
                try await bench.attempt(at: Double(round) * 480)
            }
            #expect(bench.paths.count { $0 == EnergyBench.homesPath } == 1, "an hour is not over after 56 minutes")
            #expect(bench.temperatures == [20.7, 18])
            try await bench.wake(at: 3840)
            try await bench.attempt(at: 3840)
            #expect(bench.paths.count { $0 == EnergyBench.homesPath } == 2)
            #expect(bench.temperatures == [25], "a home that is gone from the list is asked for no more")
        }
    }

    @Test("A failure of one home's status leaves its rooms as they were, takes the other's, and is tried again with a growing wait")
    func oneHome() async throws {
        let bench = EnergyBench()
        bench.homes("1", "2")
        bench.status("1", 20)
        bench.status("2", 18)
        bench.transport.script(EnergyBench.statusPath, .status(500, "oops"))
        bench.status("2", 18.5)
        bench.status("1", 21)
        bench.status("2", 19)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            #expect(bench.temperatures == [20, 18.5])
            #expect(bench.energy.homes.map(\.toldAt) == [SampleStations.now, SampleStations.now(480)])
            #expect(!bench.energy.isUp && bench.energy.fetchedAt == SampleStations.now(480))
            try await bench.store.event("the failure") { if case .energyFailed(let error, _) = $0 { error.kind == .outage } else { false } }
            try await bench.wake(at: 510)
            try await bench.attempt(at: 510)
            #expect(bench.temperatures == [21, 19] && bench.energy.isUp)
        }
    }

    @Test("A home shows as soon as it has told how it is, while the next one is still asked")
    func oneByOne() async throws {
        let bench = EnergyBench()
        let gate = Gate()
        bench.homes("1", "2")
        bench.status("1", 20)
        bench.transport.script(
            EnergyBench.statusPath,
            .status(200, #"{"body":{"home":{"id":"2","rooms":[{"id":"r2","therm_measured_temperature":18}]}}}"#).held(by: gate))
        try await bench.run {
            try await bench.transport.requests(atLeast: 3)
            try await bench.store.first("the first home") { $0.energy?.homes.count == 2 }
            #expect(bench.temperatures == [20, nil] && bench.energy.fetchedAt == SampleStations.now)
            #expect(bench.events.isEmpty, "it is told when all were asked")
            gate.open()
            try await bench.attempt(at: 0)
            #expect(bench.temperatures == [20, 18])
        }
    }

    @Test("The wait doubles with each failure in a row, and begins anew behind a success")
    func waits() async throws {
        let bench = EnergyBench()
        let fails = Reply.failure(NetatmoError(.network))
        bench.transport.script(EnergyBench.homesPath, fails, fails)
        bench.homes("1")
        bench.status("1", 20)
        bench.transport.script(EnergyBench.statusPath, fails)
        try await bench.run {
            try await bench.attempt(at: 0)
            for time in [30.0, 90, 570, 600] {
                try await bench.wake(at: time)
                try await bench.attempt(at: time)
            }
            #expect(
                bench.events.map { if case .energyFailed(_, let next) = $0 { next.timeIntervalSince(SampleStations.now) } else { -1 } }
                    .prefix(4) == [30, 90, -1, 600])
        }
    }

    @Test("A list of no homes where there were some is not believed for an hour: they stay, and it is asked again each time")
    func noHomes() async throws {
        let bench = EnergyBench()
        bench.homes("1")
        bench.status("1", 20)
        try await bench.run {
            try await bench.attempt(at: 0)
            // A stranger, so that the list is asked for before its time.
            bench.status("1", 21, more: #",{"id":"v9","type":"NRV"}"#)
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            bench.homes()
            bench.status("1", 22)
            try await bench.wake(at: 960)
            try await bench.attempt(at: 960)
            #expect(bench.temperatures == [22] && !bench.energy.isUp)
            bench.homes()
            try await bench.clock.sleeper(until: SampleStations.now(990))
            bench.clock.set(to: SampleStations.now(3600))
            try await bench.attempt(at: 3600)
            #expect(bench.temperatures == [] && bench.energy.isUp, "what lasts for an hour is so")
        }
    }

    @Test("By a clock that is set back an empty list is not believed any sooner")
    func noHomesByAClockSetBack() async throws {
        let bench = EnergyBench()
        bench.homes("1")
        bench.status("1", 20)
        bench.status("1", 21, more: #",{"id":"v9","type":"NRV"}"#)
        bench.homes()
        bench.status("1", 22)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(480))
            bench.clock.set(to: SampleStations.now(-86_400))
            try await bench.wake(at: -86_390)
            try await bench.attempt(at: -86_390)
            try await bench.wake(at: -86_390 + 480)
            try await bench.attempt(at: -86_390 + 480)
            #expect(bench.temperatures == [22] && !bench.energy.isUp)
        }
    }

    @Test("An empty list is asked for again with the next fetch, from the start on")
    func emptyFromTheStart() async throws {
        let bench = EnergyBench()
        bench.homes()
        bench.homes("1")
        bench.status("1", 20)
        try await bench.run {
            try await bench.attempt(at: 0)
            #expect(bench.energy.homes.isEmpty && bench.energy.isUp)
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            #expect(bench.temperatures == [20])
            #expect(bench.paths == [EnergyBench.homesPath, EnergyBench.homesPath, EnergyBench.statusPath])
        }
    }

    @Test("An answer that says nothing of a home takes nothing back: its rooms stay as old as they are")
    func emptyStatus() async throws {
        let bench = EnergyBench()
        bench.homes("1")
        bench.status("1", 20)
        bench.transport.script(EnergyBench.statusPath, .status(200, #"{"body":{}}"#))
        try await bench.run {
            try await bench.attempt(at: 0)
            let told = bench.energy.homes.first?.toldAt
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            #expect(bench.temperatures == [20] && bench.energy.homes.first?.toldAt == told && told != nil)
        }
    }

    @Test("A list that fails is gone without where there is one of before; at the start nothing more is asked for")
    func list() async throws {
        let bench = EnergyBench()
        bench.transport.script(EnergyBench.homesPath, .status(500, "oops"))
        bench.homes("1")
        bench.status("1", 20)
        try await bench.run {
            try await bench.attempt(at: 0)
            #expect(bench.paths == [EnergyBench.homesPath])
            #expect(bench.energy.homes.isEmpty && bench.energy.fetchedAt == nil)
            try await bench.wake(at: 30)
            try await bench.attempt(at: 30)
            #expect(bench.temperatures == [20])
            bench.transport.script(EnergyBench.homesPath, .status(500, "oops"))
            for round in 1...8 { bench.status("1", 20 + Double(round)) }
            for round in 1...8 {
                try await bench.wake(at: 30 + Double(round) * 480)
                try await bench.attempt(at: 30 + Double(round) * 480)
            }
            #expect(bench.temperatures == [28], "how it is comes all the same")
            #expect(!bench.energy.isUp)
        }
    }

    @Test("Where the way to NetAtmo fails, nothing more is asked in that round", arguments: [false, true])
    func noWay(isList: Bool) async throws {
        let bench = EnergyBench()
        bench.homes("1", "2")
        bench.status("1", 20)
        bench.status("2", 18)
        try await bench.run {
            try await bench.attempt(at: 0)
            // An hour later the list is due too.
            let time: TimeInterval = isList ? 3600 : 480
            bench.transport.script(isList ? EnergyBench.homesPath : EnergyBench.statusPath, .failure(NetatmoError(.network)))
            try await bench.clock.sleeper(until: SampleStations.now(480))
            bench.clock.set(to: SampleStations.now(time))
            try await bench.attempt(at: time)
            #expect(bench.paths.count == 4)
            #expect(bench.energy.lastAttempt?.error?.kind == .network && bench.temperatures == [20, 18])
        }
    }

    @Test("A new list keeps how the rooms were, until they are told anew")
    func listAnew() async throws {
        let bench = EnergyBench()
        bench.homes("1")
        bench.status("1", 20)
        bench.homes("1")
        bench.transport.script(EnergyBench.statusPath, .status(500, "oops"))
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(480))
            bench.clock.set(to: SampleStations.now(3600))
            try await bench.attempt(at: 3600)
            #expect(bench.paths.count { $0 == EnergyBench.homesPath } == 2, "an hour is over")
            #expect(bench.temperatures == [20] && bench.energy.homes.map(\.toldAt) == [SampleStations.now])
        }
    }

    @Test("A valve that is not in the list has the list asked for once more, and not again as long as it stays unknown")
    func unknown() async throws {
        let bench = EnergyBench()
        bench.homes("1")
        bench.status("1", 20, more: #",{"id":"new","type":"NRV"}"#)
        bench.homes("1")
        bench.status("1", 20, more: #",{"id":"new","type":"NRV"}"#)
        bench.status("1", 20, more: #",{"id":"new","type":"NRV"}"#)
        try await bench.run {
            for round in 0...2 {
                if round > 0 { try await bench.wake(at: Double(round) * 480) }
                try await bench.attempt(at: Double(round) * 480)
            }
            let (list, status) = (EnergyBench.homesPath, EnergyBench.statusPath)
            #expect(bench.paths == [list, status, list, status, status])
        }
    }

    @Test("A token without the scope is told once, after it was refused twice, and asks for nothing more before a sign-in")
    func refused() async throws {
        let bench = EnergyBench()
        bench.transport.script(EnergyBench.homesPath, .apiError(403, code: 13), .apiError(403, code: 13))
        bench.homes("1")
        bench.status("1", 20)
        try await bench.run {
            try await bench.attempt(at: 0)
            #expect(bench.events.isEmpty && !bench.energy.isRefused, "one refusal is not believed")
            try await bench.wake(at: 30)
            try await bench.attempt(at: 30)
            try await bench.store.event("the refusal") { $0 == .energyRefused }
            #expect(bench.energy.isRefused && bench.energy.nextFetch == nil)
            bench.tokens.receive("a2")
            bench.wakeUp.ring()
            #expect(await bench.comesToRest() && bench.paths.count == 2, "a renewal allows no more than the token before it")
            bench.clock.advance(by: .seconds(3600))
            bench.tokens.receive("a3", isSignIn: true)
            bench.wakeUp.ring()
            try await bench.attempt(at: 3630)
            #expect(bench.temperatures == [20] && !bench.energy.isRefused)
            #expect(bench.events == [.energyRefused, .energyFetched(rooms: 1)])
        }
    }

    @Test("A refusal counts only behind another one: an answer between them, or a sign-in, begins anew", arguments: [false, true])
    func refusalsApart(isSignIn: Bool) async throws {
        let bench = EnergyBench()
        bench.transport.script(EnergyBench.homesPath, .apiError(403, code: 13))
        if !isSignIn { bench.homes("1") }
        bench.transport.script(EnergyBench.homesPath, .apiError(403, code: 13))
        bench.status("1", 20)
        try await bench.run {
            try await bench.attempt(at: 0)
            if isSignIn {
                bench.clock.advance(by: .seconds(20))
                bench.tokens.receive("a2", isSignIn: true)
                bench.wakeUp.ring()
                try await bench.attempt(at: 20)
            } else {
                try await bench.wake(at: 30)
                try await bench.attempt(at: 30)
                try await bench.clock.sleeper(until: SampleStations.now(510))
                bench.clock.set(to: SampleStations.now(3630))
                try await bench.attempt(at: 3630)
            }
            #expect(await bench.comesToRest())
            #expect(!bench.energy.isRefused && bench.energy.nextFetch != nil && !bench.events.contains(.energyRefused))
        }
    }

    @Test("After a sign-in it is no longer known that the token does not allow it, though NetAtmo has not answered yet")
    func signInAfterRefusal() async throws {
        let bench = EnergyBench()
        bench.transport.script(EnergyBench.homesPath, .apiError(403, code: 13), .apiError(403, code: 13), .outage)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.wake(at: 30)
            try await bench.store.event("the refusal") { $0 == .energyRefused }
            bench.clock.advance(by: .seconds(60))
            bench.tokens.receive("a2", isSignIn: true)
            bench.wakeUp.ring()
            try await bench.attempt(at: 90)
            #expect(!bench.energy.isRefused && bench.energy.lastAttempt?.error?.kind == .outage)
        }
    }

    @Test("A new token has nothing asked for ahead of its time, but what failed is tried at once, ten seconds after the last try")
    func newToken() async throws {
        let bench = EnergyBench()
        bench.homes("1")
        bench.status("1", 20)
        bench.transport.script(EnergyBench.statusPath, .failure(NetatmoError(.network)))
        bench.status("1", 21)
        try await bench.run {
            try await bench.attempt(at: 0)
            bench.tokens.receive("a2")
            bench.wakeUp.ring()
            #expect(await bench.comesToRest() && bench.paths.count == 2)
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            try await bench.clock.sleeper(until: SampleStations.now(510))
            bench.clock.set(to: SampleStations.now(483))
            bench.tokens.receive("a3")
            bench.wakeUp.ring()
            try await bench.wake(at: 490)
            try await bench.attempt(at: 490)
            #expect(bench.temperatures == [21])
        }
    }

    @Test("After a sign-in that does not allow it the rooms of the one before are gone")
    func refusedLater() async throws {
        let bench = EnergyBench()
        bench.homes("1")
        bench.status("1", 20)
        bench.transport.script(EnergyBench.homesPath, .apiError(403, code: 13), .apiError(403, code: 13))
        try await bench.run {
            try await bench.attempt(at: 0)
            bench.clock.advance(by: .seconds(60))
            bench.tokens.receive("a2", isSignIn: true)
            bench.wakeUp.ring()
            try await bench.attempt(at: 60)
            #expect(bench.temperatures == [20], "one refusal is not believed")
            try await bench.wake(at: 90)
            try await bench.store.event("the refusal") { $0 == .energyRefused }
            #expect(bench.energy.homes.isEmpty && bench.energy.fetchedAt == nil)
        }
    }

    @Test("Once the token is gone the last try is none that succeeded; the rooms stay")
    func tokenGone() async throws {
        let bench = EnergyBench()
        bench.homes("1")
        bench.status("1", 20)
        try await bench.run {
            try await bench.attempt(at: 0)
            bench.tokens.lose(.state(.missing))
            try await bench.wake(at: 480)
            try await bench.store.first("no time for the next") { $0.energy?.nextFetch == nil }
            #expect(!bench.energy.isUp && bench.temperatures == [20])
        }
    }

    @Test("By a clock that is set back the next round and the next list come no later than by the old one")
    func clockSetBack() async throws {
        let bench = EnergyBench()
        bench.homes("1")
        bench.status("1", 20)
        bench.status("1", 21)
        try await bench.run {
            try await bench.attempt(at: 0)
            try await bench.clock.sleeper(until: SampleStations.now(480))
            bench.clock.set(to: SampleStations.now(-86_400))
            try await bench.wake(at: -86_390)
            try await bench.attempt(at: -86_390)
            #expect(bench.temperatures == [21])
        }
    }

    @Test("Without a token nothing is asked for, and with one at once")
    func noToken() async throws {
        let bench = EnergyBench()
        bench.tokens.lose(.state(.missing))
        bench.homes("1")
        bench.status("1", 20)
        try await bench.run {
            try await bench.store.first("no time for the next") { $0.energy != nil && $0.energy?.nextFetch == nil }
            #expect(bench.paths.isEmpty)
            bench.clock.advance(by: .seconds(100))
            bench.tokens.receive("a2")
            bench.wakeUp.ring()
            try await bench.attempt(at: 100)
            #expect(bench.temperatures == [20])
        }
    }
}
