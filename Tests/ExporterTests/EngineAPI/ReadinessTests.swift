import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("Whether the exporter is ready")
struct ReadinessTests {
    private func token(expiresIn seconds: TimeInterval) -> TokenStatus {
        let expiry = SampleStations.now(seconds)
        return TokenStatus(possession: .token(expiry: expiry, lifetime: 10_800, renewsAt: expiry))
    }

    private func data(fetched seconds: TimeInterval?, error: NetatmoError? = nil) -> DataStatus {
        DataStatus(
            stations: SampleStations.all, fetchedAt: seconds.map { SampleStations.now($0) },
            lastAttempt: .init(time: SampleStations.now, duration: .zero, error: error)
        )
    }

    private func reason(_ token: TokenStatus, _ data: DataStatus, staleAge: Duration = .seconds(3600)) -> String? {
        switch Readiness(Snapshot(token: token, data: data), at: SampleStations.now, staleAge: staleAge) {
        case .ready, .readyForNow: nil
        case .notReady(let reason): reason
        }
    }

    @Test("It is with a token that works and readings that were fetched not too long ago")
    func ready() {
        #expect(reason(token(expiresIn: 11), data(fetched: -3600)) == nil)
    }

    @Test("A renewal or fetch that fails does not matter as long as the token works and the readings are young")
    func failuresInBetween() {
        let failing = TokenStatus.Renewal.failing(NetatmoError(.outage), tries: 1, next: nil)
        let status = TokenStatus(possession: token(expiresIn: 600).possession, renewal: failing)
        #expect(reason(status, data(fetched: -480, error: NetatmoError(.outage))) == nil)
    }

    @Test("A token that works and can't be followed by a saved one is ready for now, and says what to do")
    func readyForNow() {
        let error = TokenFileError(path: "/secret/place", cause: .system(FileError(operation: "create a new file beside it", code: EROFS)))
        let status = TokenStatus(possession: token(expiresIn: 600).possession, saving: .blocked(error, next: SampleStations.now(60)))
        let warning = """
            token: no new one is asked for and sign-ins are refused, since it could not be saved: can't create a new file beside it: \
            Read-only file system, next try at 2026-11-23T17:19:05Z; mount the token file's file system for writing, or keep the token \
            elsewhere with --token-file
            """
        let readiness = Readiness(Snapshot(token: status, data: data(fetched: 0)), at: SampleStations.now, staleAge: .seconds(3600))
        #expect(readiness == .readyForNow(warning: warning))
        let without = TokenStatus(saving: .blocked(error, next: SampleStations.now(60)))
        #expect(reason(without, data(fetched: 0))?.contains("mount the token file's file system") == true)
    }

    @Test("What counts is the fetch: stations that went silent are no fault of the exporter")
    func silentStations() {
        let silent = SampleStations.stations(SampleStations.json(baseNamed: "Fjord", measuredAt: SampleStations.now(-86_400)))
        #expect(reason(token(expiresIn: 600), DataStatus(stations: silent, fetchedAt: SampleStations.now)) == nil)
        #expect(reason(token(expiresIn: 600), DataStatus(stations: [], fetchedAt: SampleStations.now)) == nil)
    }

    @Test(
        "A token in its last ten seconds is one that ends in less than that; an expired one is not",
        arguments: [(10.0, true), (0.5, true), (0, false), (-1, false)])
    func ending(seconds: TimeInterval, isEnding: Bool) throws {
        let told = try #require(reason(token(expiresIn: seconds), data(fetched: 0)))
        #expect(told.contains("(in less than 10 s)") == isEnding, "\(told)")
    }

    @Test("Old readings are told with their age, the limit and what failed")
    func oldReadings() {
        let error = NetatmoError(.quota, status: 403, code: "26")
        let expected = "readings: 1h15m old, older than 1h; last try failed: request quota used up (HTTP 403, code 26)"
        #expect(reason(token(expiresIn: 600), data(fetched: -4500, error: error)) == expected)
        #expect(reason(token(expiresIn: 600), data(fetched: -61), staleAge: .seconds(60)) == "readings: 1m1s old, older than 1m")
        #expect(reason(token(expiresIn: 600), data(fetched: nil)) == "readings: none yet")
    }

    @Test("A token that does not work is told with what to do, in one line with what else is wrong")
    func noToken() {
        let fresh = data(fetched: 0)
        let refusal = NetatmoError(.invalidGrant, status: 400)
        #expect(reason(TokenStatus(), fresh) == "token: missing; sign in")
        #expect(
            reason(TokenStatus(possession: .rejected(refusal, expiry: nil)), fresh)
                == "token: rejected; sign in again: refresh token or code refused (HTTP 400)"
        )
        #expect(reason(token(expiresIn: 10), fresh) == "token: valid, expires at 2026-11-23T17:18:15Z (in less than 10 s)")
        #expect(reason(token(expiresIn: -5), data(fetched: nil)) == "token: expired, expired at 2026-11-23T17:18:00Z; readings: none yet")
    }
}
