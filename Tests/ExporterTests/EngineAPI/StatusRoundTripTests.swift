import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

/// What a front end in another process has of an engine: the values behind `/api/status`.
@Suite("A snapshot that was JSON on the way")
struct StatusRoundTripTests {
    private static let outage = NetatmoError(
        .outage, status: 503, code: "11", message: "Ærlig \"talt\"", retryAfter: .seconds(90), mayHaveBeenCarriedOut: true)
    private static let refusal = NetatmoError(.invalidGrant, status: 400, code: "invalid_grant")
    private static let fullDisk = TokenFileError(
        path: "/somewhere/token.json", cause: .system(FileError(operation: "write", code: ENOSPC)))
    private static let soon = SampleStations.now(600.25)

    private func again(_ snapshot: Snapshot, lastScrape: Date? = nil) throws -> StatusReport {
        let report = StatusReport(snapshot, at: SampleStations.now(30), lastScrape: lastScrape, settings: WebBench.settings)
        return try StatusReport(json: try report.json())
    }

    @Test(
        "is the same token, whatever there is of one",
        arguments: [
            .none(ignored: nil), .none(ignored: .init(since: SampleStations.now(-60), canRenew: true)),
            .none(ignored: .init(since: SampleStations.now(-60), canRenew: false)), .refreshTokenOnly,
            .token(expiry: soon, lifetime: 10_800, renewsAt: SampleStations.now(60)), .token(expiry: soon, lifetime: 20, renewsAt: nil),
            .token(expiry: nil, lifetime: 0, renewsAt: nil), .rejected(refusal, expiry: nil), .rejected(refusal, expiry: soon),
        ] as [TokenStatus.Possession])
    func possession(_ possession: TokenStatus.Possession) throws {
        for renewal in [
            .idle, .underWay(since: Self.soon), .failing(Self.outage, tries: 3, next: Self.soon),
            .failing(Self.refusal, tries: 1, next: nil),
        ] as [TokenStatus.Renewal] {
            let status = TokenStatus(possession: possession, renewal: renewal)
            #expect(try again(Snapshot(token: status)).snapshot.token == status)
        }
    }

    @Test("says of a token what it was saved by, or why it could not be and what to do, without the file's path")
    func saving() throws {
        for saving in [.nothing, .saved(Self.soon)] as [TokenStatus.Saving] {
            #expect(try again(Snapshot(token: TokenStatus(saving: saving))).snapshot.token.saving == saving)
        }
        for saving in [.failed(Self.fullDisk, next: Self.soon), .blocked(Self.fullDisk, next: Self.soon)] as [TokenStatus.Saving] {
            switch try again(Snapshot(token: TokenStatus(saving: saving))).snapshot.token.saving {
            case .failed(let error, let next), .blocked(let error, let next):
                #expect(error.reason == Self.fullDisk.reason && error.remedy == "make room on the disk")
                #expect("\(error)" == "can't write: No space left on device")
                #expect(next == Self.soon)
            case .nothing, .saved: Issue.record("\(saving) came back as saved")
            }
        }
        let blocked = try again(Snapshot(token: TokenStatus(saving: .blocked(Self.fullDisk, next: Self.soon)))).snapshot.token
        #expect(blocked.obstacle != nil && blocked.isSaved)
        let failed = try again(Snapshot(token: TokenStatus(saving: .failed(Self.fullDisk, next: Self.soon)))).snapshot.token
        #expect(failed.obstacle == nil && !failed.isSaved)
    }

    @Test(
        "is the same sign-in and the same server",
        arguments: [
            .idle, .offered(expires: soon), .waitingForNetatmo(since: soon), .exchanging, .succeeded(until: soon), .failed(reason: "no"),
        ] as [SignInStatus])
    func signIn(_ status: SignInStatus) throws {
        for exporter in [ExporterStatus.starting, .listening(address: "[::1]:9211", port: 9211)] {
            let told = try again(Snapshot(exporter: exporter, signIn: status), lastScrape: Self.soon)
            #expect(told.snapshot.signIn == status)
            #expect(told.snapshot.exporter == exporter)
            #expect(told.lastScrape == Self.soon && told.now == SampleStations.now(30))
            #expect(told.settings.build == WebBench.settings.build)
            #expect(told.settings.staleAge == WebBench.settings.staleAge)
            #expect(told.settings.refreshInterval == WebBench.settings.refreshInterval)
        }
    }

    @Test("is the same readings, odd ones too", arguments: [nil, Self.outage])
    func readings(error: NetatmoError?) throws {
        let odd =
            [
                Device(id: "", kind: .other("NAModule9"), name: nil, reachable: nil, readings: nil),
                Device(
                    id: "06:00", kind: .wind, name: "\u{1B}[2J東京", reachable: false, firmware: 27,
                    battery: .init(percent: nil, millivolts: 4000),
                    signal: .radio(90), lastSeen: SampleStations.now(-9.5),
                    readings: Readings(time: nil, values: [.windAngle: -1, .rain: 0.101])),
                Device(
                    id: "70:ee", kind: .homeCoach, name: "", reachable: true, battery: .init(percent: 12, millivolts: nil),
                    signal: .wifi(56),
                    readings: Readings(
                        time: SampleStations.now(-3.25), values: [.temperature: -3.6, .pressure: 1013.2, .temperatureMinimum: -7],
                        trends: [.temperature: .up, .pressure: .stable], times: [.temperatureMinimum: SampleStations.now(-7000)])),
                Device(id: "1", kind: .rain, name: "Regn", readings: Readings(time: SampleStations.now, values: [:])),
            ]
            + ([nil] + FeltTemperature.Formula.allCases).map { formula in
                let felt = FeltTemperature(celsius: -8.64, formula: formula)
                return Device(
                    id: "02:\(formula?.rawValue ?? "")", kind: .outdoor, name: "Ute",
                    readings: Readings(time: SampleStations.now, values: [.temperature: 1], felt: felt))
            }
        let stations =
            SampleStations.all + [
                Station(
                    base: odd[0], modules: Array(odd.dropFirst()), name: nil, homeName: "", homeID: "5f", place: .init(), isFavorite: true)
            ]
        let data = DataStatus(
            stations: stations, preferences: Units(rain: .inches, wind: .beaufort), fetchedAt: Self.soon,
            lastAttempt: .init(time: Self.soon, duration: .milliseconds(53), error: error), nextFetch: Self.soon, isFetching: true)
        let told = try again(Snapshot(data: data)).snapshot.data
        #expect(told.stations == data.stations)
        #expect(told == data)
        #expect(try again(Snapshot()).snapshot.data == DataStatus())
    }

    @Test(
        "tells what happened in the same words, by each reader's clock",
        arguments: [
            .tokenLoaded(until: nil), .tokenLoaded(until: soon), .tokenFileWarning(.expired(since: soon)), .tokenMissing,
            .tokenRenewed(until: soon, took: .milliseconds(80)), .renewalFailed(outage, next: soon), .renewalFailed(outage, next: nil),
            .tokenRejected(refusal), .saveFailed(fullDisk, next: soon), .savingBlocked(fullDisk, next: soon),
            .tokenFileProblem(.unusable(fullDisk)), .dataFailed(refusal, next: soon), .dataHeldBack(until: soon),
            .signInFailed(reason: "denied"), .exporterStarted(address: ":9210"), .dataKept(until: soon),
        ] as [Event.Kind])
    func events(_ kind: Event.Kind) throws {
        let event = Event(time: SampleStations.now(-0.5), kind: kind)
        let told = try #require(try again(Snapshot(events: [event, event])).snapshot.events.last)
        #expect(told.time == event.time)
        #expect((told.subject, told.outcome, told.severity) == (event.subject, event.outcome, event.severity))
        let clock = { (time: Date) in "<\(time.timeIntervalSince1970)>" }
        #expect(told.detail(clock: clock) == event.detail(clock: clock, describe: \.reason).replacingTimes(clock))
        #expect(told.error == event.error)
        #expect(try again(Snapshot(events: [told])).snapshot.events == [told])
    }

    @Test("has answers to what was asked for beside it, which are the same on the other side")
    func replies() throws {
        func again<Value: Codable & Hashable>(_ value: Value) throws -> Bool {
            try JSONDecoder.status().decode(Value.self, from: JSONEncoder.status().encode(value)) == value
        }
        for reply in [.started, .alreadyUnderWay, .heldBack(until: Self.soon), .noToken] as [FetchReply] { #expect(try again(reply)) }
        for reply in [.started, .alreadyUnderWay, .heldBack(until: Self.soon), .nothingToRenew] as [RenewalReply] {
            #expect(try again(reply))
        }
        for error in [.noToken, .failed(Self.outage, next: Self.soon), .overtaken, .cancelled] as [HistoryError] {
            #expect(try again(error))
        }
        let problems: [PasteProblem] = [.empty, .noAnswer(host: nil), .noAnswer(host: "example.com"), .foreignCharacters]
        let errors: [SignInError] = [
            .unknownState, .denied("access_denied"), .netatmo(Self.refusal), .foreignRedirect("http://a"), .stopping,
        ]
        for error in errors + problems.map(SignInError.unreadable) { #expect(try again(error)) }
    }

    @Test("knows of a failure that a later release names what it says of it")
    func unknownFailure() throws {
        let json = #"{"kind":"eclipse","text":"the sun is gone (HTTP 599)"}"#
        let error = try JSONDecoder.status().decode(NetatmoError.self, from: Data(json.utf8))
        #expect(error.kind == .refused && error.message == "the sun is gone (HTTP 599)")
        let short = try JSONDecoder.status().decode(NetatmoError.self, from: Data(#"{"kind":"outage","text":"x"}"#.utf8))
        #expect(short == NetatmoError(.outage), "what is left out is null, and nothing was carried out")
    }

    @Test(
        "is none where a value is not what it should be",
        arguments: [
            (#""possession":"none""#, #""possession":"all""#), (#""state":"idle""#, #""state":"busy""#),
            (#""measuredAt":"2026"#, #""measuredAt":"soon"#),
            (#""kind":"wifi""#, #""kind":"smoke""#), (#""severity":"neutral""#, #""severity":"grave""#),
            (#""wind":"km/h""#, #""wind":"mach""#),
            (#""modules":[{"#, #""modules":[],"x":[{"#), (#""isFetching":false"#, #""isFetching":"no""#),
            (#""value":21.4"#, #""value":"warm""#), (#""staleAfterSeconds":3600"#, #""staleAfterSeconds":1e300"#),
            (#""refreshIntervalSeconds":480"#, #""refreshIntervalSeconds":-1e300"#),
            (#""durationSeconds":0.053"#, #""durationSeconds":1e20"#), (#""retryAfterSeconds":90"#, #""retryAfterSeconds":1e300"#),
        ])
    func damaged(_ part: String, _ other: String) throws {
        let attempt = DataStatus.Attempt(time: Self.soon, duration: .milliseconds(53), error: Self.outage)
        let data = DataStatus(stations: SampleStations.all, preferences: .metric, fetchedAt: Self.soon, lastAttempt: attempt)
        let events = [Event(time: Self.soon, kind: .exporterStarted(address: ":9210"))]
        let report = StatusReport(Snapshot(data: data, events: events), at: SampleStations.now(30), settings: WebBench.settings)
        let text = String(decoding: try report.json(), as: UTF8.self)
        #expect(text.contains(part))
        #expect(throws: StatusReportError.notAStatus) { try StatusReport(json: Array(text.replacing(part, with: other).utf8)) }
    }
}
