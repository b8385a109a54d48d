import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("The status as JSON")
struct StatusDocumentTests {
    private let bench = StatusBench()

    private func set(_ token: TokenStatus) {
        bench.store.update { $0.token = token }
    }

    private func error(_ kind: String, _ text: String) -> JSONValue {
        .object(["kind": .string(kind), "text": .string(text)])
    }

    @Test("Its whole text is the one that the README describes")
    func golden() async throws {
        bench.publish(SampleStations.all, preferences: Units(wind: .knots, pressure: .inchesOfMercury))
        let saved = SampleStations.now(-13)
        let expiry = SampleStations.now(10_787)
        bench.store.update {
            $0.exporter = .listening(address: "127.0.0.1:9210", port: 9210)
            $0.token = TokenStatus(
                possession: .token(expiry: expiry, lifetime: 10_800, renewsAt: SampleStations.now(10_187)), saving: .saved(saved)
            )
            $0.events = [
                Event(time: saved, kind: .tokenRenewed(until: expiry, took: .milliseconds(80))),
                Event(time: SampleStations.now, kind: .dataFetched(modules: 7, took: .milliseconds(53))),
            ]
        }
        bench.store.noteScrape(at: SampleStations.now(20))
        let expected = goldenStatus.split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
        #expect(try await bench.text() == expected + "\n")
    }

    @Test("Before anything happened every key is there, with null where there is nothing")
    func empty() async throws {
        let document = try await bench.object("")
        #expect(document["stations"] == .array([]))
        #expect(document["history"] == .array([]))
        #expect(document["exporter"] == .object(["address": .null, "lastScrape": .null]))
        #expect(document["signIn"] == .object(["state": .string("idle"), "until": .null, "reason": .null]))
        let data = try await bench.object("data")
        #expect(data["isUp"] == .bool(false))
        for key in ["fetchedAt", "nextFetch", "preferredUnits", "lastAttempt"] { #expect(data[key] == .null, "\(key)") }
        let token = try await bench.object("token")
        #expect(token["state"] == .string("missing"))
        for key in ["expiry", "lifetimeSeconds", "renewsAt", "error"] { #expect(token[key] == .null, "\(key)") }
    }

    @Test("Each state of the token has its word, and says whether it works and can renew itself")
    func states() async throws {
        let (soon, past) = (SampleStations.now(600), SampleStations.now(-600))
        let outage = TokenStatus.Renewal.failing(NetatmoError(.outage, status: 503), tries: 1, next: soon)
        let refusal = NetatmoError(.invalidGrant, status: 400, code: "invalid_grant")
        func held(_ expiry: Date, renewsAt: Date? = nil) -> TokenStatus.Possession {
            .token(expiry: expiry, lifetime: 10_800, renewsAt: renewsAt)
        }
        let cases: [(TokenStatus, state: String, isValid: Bool, canRenew: Bool)] = [
            (TokenStatus(), "missing", false, false),
            (TokenStatus(possession: .none(ignored: .init(since: past, canRenew: true))), "missing", false, true),
            (TokenStatus(possession: .refreshTokenOnly), "missing", false, true),
            (TokenStatus(possession: held(soon, renewsAt: soon)), "valid", true, true),
            (TokenStatus(possession: held(soon)), "expiring", true, false),
            (TokenStatus(possession: held(soon, renewsAt: soon), renewal: outage), "expiring", true, true),
            (TokenStatus(possession: held(soon, renewsAt: soon), renewal: .underWay(since: past)), "renewing", true, true),
            (TokenStatus(possession: held(past, renewsAt: past), renewal: outage), "expired", false, true),
            (TokenStatus(possession: .rejected(refusal, expiry: nil)), "rejected", false, false),
        ]
        for (status, state, isValid, canRenew) in cases {
            set(status)
            let token = try await bench.object("token")
            #expect(token["state"] == .string(state))
            #expect(token["isValid"] == .bool(isValid), "\(state)")
            #expect(token["canRenew"] == .bool(canRenew), "\(state)")
        }
    }

    @Test("A renewal that fails says what fails, how often it did and when the next try is")
    func failingRenewal() async throws {
        let failing = TokenStatus.Renewal.failing(NetatmoError(.outage, status: 503), tries: 2, next: SampleStations.now(115))
        set(TokenStatus(possession: .refreshTokenOnly, renewal: failing))
        #expect(
            try await bench.object("token.renewal") == [
                "state": .string("failing"), "since": .null, "tries": .integer(2), "next": .string("2026-11-23T17:20:00Z"),
                "error": error("outage", "NetAtmo is out of order (HTTP 503)"),
            ]
        )
    }

    @Test("A renewal under way says since when")
    func renewing() async throws {
        set(TokenStatus(possession: .refreshTokenOnly, renewal: .underWay(since: SampleStations.now)))
        let renewal = try await bench.object("token.renewal")
        #expect(renewal["state"] == .string("underWay"))
        #expect(renewal["since"] == .string("2026-11-23T17:18:05Z"))
    }

    @Test("A token that can't be saved says why and when the next try is, without the file's path")
    func failedSaving() async throws {
        let failure = TokenFileError(path: "/somewhere/token.json", cause: .system(FileError(operation: "write", code: ENOSPC)))
        set(TokenStatus(saving: .failed(failure, next: SampleStations.now(60))))
        bench.store.update { $0.events = [Event(time: SampleStations.now, kind: .saveFailed(failure, next: nil))] }
        let saving = try await bench.object("token.saving")
        #expect(saving["state"] == .string("failed"))
        #expect(saving["next"] == .string("2026-11-23T17:19:05Z"))
        #expect(saving["error"] == error("file", "\(failure.reason); make room on the disk"))
        #expect(try await !bench.text().contains("/somewhere"))
    }

    @Test("A refused token and an ignored one say why they can't be used")
    func unusable() async throws {
        set(TokenStatus(possession: .rejected(NetatmoError(.invalidGrant, status: 400, code: "invalid_grant"), expiry: nil)))
        let refusal = error("invalid_grant", "refresh token or code refused (HTTP 400, code invalid_grant)")
        #expect(try await bench.object("token")["error"] == refusal)
        set(TokenStatus(possession: .none(ignored: .init(since: SampleStations.now(-60), canRenew: true))))
        let ignored = error("expired", "the token in the file had expired at 2026-11-23T17:17:05Z and was ignored")
        #expect(try await bench.object("token")["error"] == ignored)
    }

    @Test("A fetch that fails leaves the readings, and says what failed")
    func failedFetch() async throws {
        let attempt = DataStatus.Attempt(
            time: SampleStations.now(20), duration: .seconds(30), error: NetatmoError(.timeout)
        )
        bench.store.publish(DataStatus(stations: SampleStations.all, fetchedAt: SampleStations.now, lastAttempt: attempt))
        let data = try await bench.object("data")
        #expect(data["isUp"] == .bool(false))
        #expect(
            data["lastAttempt"]
                == .object([
                    "time": .string("2026-11-23T17:18:25Z"), "durationSeconds": .integer(30),
                    "error": error("timeout", "no answer in time"),
                ])
        )
        #expect(try await bench.modules().count == 7)
    }

    @Test("A duration is in whole microseconds, without the noise of floating point")
    func duration() async throws {
        let attempt = DataStatus.Attempt(time: SampleStations.now, duration: .seconds(0.030893564224243164), error: nil)
        bench.store.publish(DataStatus(lastAttempt: attempt))
        #expect(try await bench.text().contains(#""durationSeconds":0.030894,"#))
    }

    @Test(
        "A sign-in says how far it is",
        arguments: [
            (SignInStatus.offered(expires: SampleStations.now), "offered", "2026-11-23T17:18:05Z", nil),
            (.waitingForNetatmo(since: SampleStations.now), "waiting", nil, nil), (.exchanging, "exchanging", nil, nil),
            (.succeeded(until: SampleStations.now), "succeeded", "2026-11-23T17:18:05Z", nil),
            (.failed(reason: "denied"), "failed", nil, "denied"),
        ] as [(SignInStatus, String, String?, String?)]
    )
    func signIn(status: SignInStatus, state: String, until: String?, reason: String?) async throws {
        bench.store.update { $0.signIn = status }
        let expected: [String: JSONValue] = [
            "state": .string(state), "until": until.map(JSONValue.string) ?? .null, "reason": reason.map(JSONValue.string) ?? .null,
        ]
        #expect(try await bench.object("signIn") == expected)
    }

    @Test("Each measure has a key of its own, and each level of a battery or a signal a word")
    func names() {
        #expect(Set(Measure.allCases.map(\.statusKey)).count == Measure.allCases.count)
        #expect(Device.BatteryLevel.allCases.map(\.statusWord) == ["veryLow", "low", "medium", "high", "full"])
        #expect(Device.SignalLevel.allCases.map(\.statusWord) == ["bad", "average", "good", "veryGood"])
        #expect(Verdict.allCases.map(\.rawValue) == ["fine", "warning", "bad"])
    }

    @Test("A number that JSON can't hold is left out, and takes nothing else with it")
    func oddNumbers() async throws {
        let readings = Readings(time: SampleStations.now, values: [.temperature: .nan, .noise: .infinity, .humidity: 0.1 + 0.2])
        let base = Device(id: "70:ee:50:00:00:01", kind: .other("NAModule9"), name: "\u{1B}\"<b>\n", readings: readings)
        bench.publish([Station(base: base, modules: [], name: nil, homeName: nil)])
        let module = try #require(try await bench.modules().first)
        #expect(module["kind"] == .string("other"))
        #expect(module["type"] == .string("NAModule9"))
        #expect(module["name"] == .string("\u{1B}\"<b>\n"))
        guard case .object(let values) = module["readings"] else { throw NothingCame(what: "readings") }
        #expect(Array(values.keys) == ["humidity"])
    }
}
