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

    /// The kind and the text of an error, with a space between them.
    private func words(_ error: JSONValue?) -> String? {
        guard case .object(let members) = error, case .string(let kind) = members["kind"], case .string(let text) = members["text"] else {
            return nil
        }
        return "\(kind) \(text)"
    }

    @Test("Its whole text is the one that the help describes")
    func golden() async throws {
        bench.publish(SampleStations.taken, preferences: Units(wind: .knots, pressure: .inchesOfMercury))
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
        #expect(document["events"] == .array([]))
        #expect(document["exporter"] == .object(["address": .null, "port": .null, "lastScrape": .null]))
        #expect(document["signIn"] == .object(["state": .string("idle"), "since": .null, "until": .null, "reason": .null]))
        let data = try await bench.object("data")
        #expect(data["isUp"] == .bool(false))
        for key in ["fetchedAt", "nextFetch", "preferredUnits", "lastAttempt"] { #expect(data[key] == .null, "\(key)") }
        let token = try await bench.object("token")
        #expect(token["state"] == .string("missing"))
        for key in ["expiry", "lifetimeSeconds", "renewsAt", "ignoredSince", "error"] { #expect(token[key] == .null, "\(key)") }
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
            // A token works to its end, and is valid until 10 s before.
            (TokenStatus(possession: held(SampleStations.now(40.5), renewsAt: soon)), "valid", true, true),
            (TokenStatus(possession: held(SampleStations.now(40), renewsAt: soon)), "valid", false, true),
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
        let renewal = try await bench.object("token.renewal")
        #expect(renewal["state"] == .string("failing"))
        #expect(renewal["since"] == .null)
        #expect(renewal["tries"] == .integer(2))
        #expect(renewal["next"] == .string("2026-11-23T17:20:00Z"))
        #expect(
            renewal["error"]
                == .object([
                    "kind": .string("outage"), "text": .string("NetAtmo is out of order (HTTP 503)"), "status": .integer(503),
                    "code": .null,
                    "message": .null, "retryAfterSeconds": .null, "mayHaveBeenCarriedOut": .bool(false),
                ])
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
        #expect(words(saving["error"]) == "file \(failure.reason); make room on the disk")
        #expect(try await !bench.text().contains("/somewhere"))
    }

    @Test("A refused token and an ignored one say why they can't be used")
    func unusable() async throws {
        set(TokenStatus(possession: .rejected(NetatmoError(.invalidGrant, status: 400, code: "invalid_grant"), expiry: nil)))
        let refusal = "invalid_grant refresh token or code refused (HTTP 400, code invalid_grant)"
        #expect(try await words(bench.object("token")["error"]) == refusal)
        set(TokenStatus(possession: .none(ignored: .init(since: SampleStations.now(-60), canRenew: true))))
        let ignored = "expired the token in the file had expired at 2026-11-23T17:17:05Z and was ignored"
        #expect(try await words(bench.object("token")["error"]) == ignored)
        #expect(try await bench.object("token")["ignoredSince"] == .string("2026-11-23T17:17:05Z"))
    }

    @Test("A fetch that fails leaves the readings, and says what failed")
    func failedFetch() async throws {
        let attempt = DataStatus.Attempt(
            time: SampleStations.now(20), duration: .seconds(30), error: NetatmoError(.timeout)
        )
        bench.store.publish(DataStatus(stations: SampleStations.all, fetchedAt: SampleStations.now, lastAttempt: attempt))
        let data = try await bench.object("data")
        #expect(data["isUp"] == .bool(false))
        let last = try await bench.object("data.lastAttempt")
        #expect(last["time"] == .string("2026-11-23T17:18:25Z"))
        #expect(last["durationSeconds"] == .integer(30))
        #expect(words(last["error"]) == "timeout no answer in time")
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
            (SignInStatus.idle, "idle", "", ""),
            (.offered(expires: SampleStations.now), "offered", "until", "2026-11-23T17:18:05Z"),
            (.waitingForNetatmo(since: SampleStations.now), "waiting", "since", "2026-11-23T17:18:05Z"),
            (.exchanging, "exchanging", "", ""), (.succeeded(until: SampleStations.now), "succeeded", "until", "2026-11-23T17:18:05Z"),
            (.failed(reason: "denied"), "failed", "reason", "denied"),
        ]
    )
    func signIn(status: SignInStatus, state: String, key: String, value: String) async throws {
        bench.store.update { $0.signIn = status }
        var expected: [String: JSONValue] = ["state": .string(state), "since": .null, "until": .null, "reason": .null]
        if !key.isEmpty { expected[key] = .string(value) }
        #expect(try await bench.object("signIn") == expected)
    }

    @Test("The words are those of the help, whatever the cases are called one day")
    func names() async throws {
        let measures = """
            temperature temperatureMinimum temperatureMaximum humidity co2 noise pressure absolutePressure windStrength windAngle \
            gustStrength gustAngle windStrengthMaximum windAngleMaximum rain rainLastHour rainToday healthIndex \
            setpoint heatingPower boilerMinutes
            """
        #expect(Measure.allCases.map(\.jsonKey).joined(separator: " ") == measures)
        let kinds: [Device.Kind] = [.base, .outdoor, .wind, .rain, .indoor, .homeCoach, .other("NAModule9")]
        let devices = kinds.enumerated().map { number, kind in
            Device(
                id: "\(number)", kind: kind, name: nil, battery: .init(percent: 1 + number * 20, millivolts: nil),
                signal: .radio(95 - number * 10), readings: nil)
        }
        bench.publish([Station(base: devices[0], modules: Array(devices.dropFirst()), name: nil, homeName: nil)])
        let modules = try await bench.modules()
        func words(_ part: String, _ key: String) -> [JSONValue?] {
            modules.map { if case .object(let members) = $0[part] { members[key] } else { nil } }
        }
        #expect(modules.map { $0["kind"] } == ["base", "outdoor", "wind", "rain", "indoor", "homeCoach", "other"].map { .string($0) })
        #expect(words("battery", "level") == ["veryLow", "low", "medium", "high", "full", "full", "full"].map { .string($0) })
        #expect(
            words("signal", "level") == ["bad", "average", "good", "veryGood", "veryGood", "veryGood", "veryGood"].map { .string($0) })
        #expect(Verdict.allCases.map(\.rawValue) == ["fine", "warning", "bad"])
    }

    @Test("A number that JSON can't hold is left out, and takes nothing else with it")
    func oddNumbers() async throws {
        let readings = Readings(time: SampleStations.now, values: [.temperature: .nan, .noise: .infinity, .humidity: 0.1 + 0.2])
        let base = Device(id: "70:ee:50:00:00:01", kind: .other("NAModule9"), name: "\u{1B}\"<b>\n", readings: readings)
        bench.publish([Station(base: base, modules: [], name: nil, homeName: nil, place: .init(city: "Bergen", altitude: .infinity))])
        #expect(try await bench.text().contains(#""place":{"altitude":null,"city":"Bergen","#))
        let module = try #require(try await bench.modules().first)
        #expect(module["kind"] == .string("other"))
        #expect(module["type"] == .string("NAModule9"))
        #expect(module["name"] == .string("\u{1B}\"<b>\n"))
        guard case .object(let values) = module["readings"] else { throw NothingCame(what: "readings") }
        #expect(Array(values.keys) == ["humidity"])
    }
}
