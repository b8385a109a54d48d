import FoundationEssentials
import TerminalUI
import TestSupport

@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import Screen
@testable import OperatingSystem

/// States of the dashboard that tests look at, all at 2026-11-23 17:18:05 UTC.
enum Scenes {
    static let now = SampleStations.now
    static let outage = NetatmoError(.outage, status: 503, message: "HTML in place of JSON")
    static let refused = NetatmoError(.invalidGrant, status: 400, code: "invalid_grant")

    /// A token that lives for 3 hours and has 2:41:07 left.
    static let validToken = TokenStatus(
        possession: .token(expiry: now.addingTimeInterval(9667), lifetime: 10_800, renewsAt: now.addingTimeInterval(9067)),
        saving: .saved(now.addingTimeInterval(-1133))
    )

    static let events: [Event] = [
        Event(time: now.addingTimeInterval(-1500), kind: .exporterStarted(address: ":9210")),
        Event(time: now.addingTimeInterval(-1133), kind: .tokenRenewed(until: now.addingTimeInterval(9667), took: .milliseconds(180))),
        Event(time: now.addingTimeInterval(-1125), kind: .dataFetched(modules: 7, took: .milliseconds(53))),
        Event(time: now.addingTimeInterval(-645), kind: .dataFailed(outage, next: now.addingTimeInterval(-525))),
        Event(time: now.addingTimeInterval(-525), kind: .dataFetched(modules: 7, took: .milliseconds(61))),
        Event(time: now.addingTimeInterval(-5), kind: .dataFetched(modules: 7, took: .milliseconds(48))),
    ]

    static func snapshot(token: TokenStatus = validToken, stations: [Station] = SampleStations.all, events: [Event] = events) -> Snapshot {
        Snapshot(
            token: token,
            data: DataStatus(
                stations: stations, fetchedAt: now.addingTimeInterval(-5),
                lastAttempt: .init(time: now.addingTimeInterval(-5), duration: .milliseconds(48), error: nil),
                nextFetch: now.addingTimeInterval(475)
            ),
            events: events,
            exporter: .listening(address: ":9210", port: 9210), lastScrape: now.addingTimeInterval(-8)
        )
    }

    static func state(
        _ snapshot: Snapshot = snapshot(), columns: Int = 120, rows: Int = 36, symbols: Symbols = .unicode
    ) -> DashboardState {
        var state = DashboardState(
            snapshot: snapshot, now: now, size: Size(columns: columns, rows: rows), staleAge: .seconds(3600), time: .utc, symbols: symbols,
            tokenFile: "~/.local/state/netatmo-dashboard/token.json"
        )
        state.tick(now: now)
        return state
    }

    /// The main view with the histories of all modules, Stue selected.
    static func main(columns: Int, rows: Int, symbols: Symbols = .unicode) -> DashboardState {
        var state = state(columns: columns, rows: rows, symbols: symbols)
        state.takeHistories()
        return state
    }

    /// Three days of a module up to its latest reading, or to now: waves around what it shows now, with a gap in the last night.
    static func history(of module: Device) -> MeasureHistory {
        var history = MeasureHistory(measures: module.historyMeasures)
        let end = module.readings?.time ?? now
        for step in stride(from: -863.0, through: 0, by: 1) where !(-180 ... -162).contains(step) {
            history.append(at: end.addingTimeInterval(step * 300)) { measure in
                if measure == .setpoint { return [17, 21][Int(-step) / 72 % 2] }
                let value = (module.readings?[measure] ?? 20) + swing(of: measure) * (wave(step / 288) - 0.2 * wave(step / 17))
                return measure == .rain ? (wave(step / 60) > 0.5 ? 0.1 : 0) : max(0, (value * 10).rounded() / 10)
            }
        }
        return history
    }

    /// The steps of a span's scale up to now: waves around what it shows now, with the least and the greatest of each.
    static func history(of module: Device, span: HistorySpan) -> MeasureHistory {
        var history = MeasureHistory(measures: module.historyMeasures)
        let step = span.scale.step
        let end = (now.timeIntervalSince1970 / step).rounded(.down) * step
        let count = Int((span.seconds ?? 3 * 366 * 86_400) / step)
        for index in -count...0 {
            let value = { (measure: Measure) -> Double in
                let middle = (module.readings?[measure] ?? 20) + swing(of: measure) * 2 * wave(Double(index) / Double(count) * 1.5)
                return measure == .rain ? (wave(Double(index) / 9) > 0.5 ? 1.2 : 0) : max(0, (middle * 10).rounded() / 10)
            }
            history.append(at: Date(timeIntervalSince1970: end + Double(index) * step), value) { measure, detail in
                switch detail {
                case .least: value(measure) - swing(of: measure) / 2
                case .greatest: value(measure) + swing(of: measure) / 2
                case .leastTime, .greatestTime: nil
                }
            }
        }
        return history
    }

    private static func swing(of measure: Measure) -> Double {
        switch measure {
        case .temperature, .pressure: 3
        case .co2: 250
        case .gustAngle, .windAngle: 20
        default: 8
        }
    }

    /// 0 at 0, then down to -1 and up to 1 in each period of 1.
    private static func wave(_ time: Double) -> Double {
        let phase = time - time.rounded(.down)
        return phase < 0.25 ? -4 * phase : phase < 0.75 ? 4 * phase - 2 : 4 - 4 * phase
    }

    /// The states of the token, by the word on the screen.
    static let tokens: [(name: String, status: TokenStatus)] = [
        ("missing", TokenStatus()),
        ("ignored", TokenStatus(possession: .none(ignored: .init(since: now.addingTimeInterval(-86_400), canRenew: true)))),
        ("valid", validToken),
        ("expiring-alone", TokenStatus(possession: .token(expiry: now.addingTimeInterval(1200), lifetime: 10_800, renewsAt: nil))),
        (
            "expiring-failing",
            TokenStatus(
                possession: .token(expiry: now.addingTimeInterval(400), lifetime: 10_800, renewsAt: now.addingTimeInterval(40)),
                renewal: .failing(outage, tries: 3, next: now.addingTimeInterval(40)), saving: .saved(now.addingTimeInterval(-10_400))
            )
        ),
        (
            "renewing",
            TokenStatus(
                possession: .token(expiry: now.addingTimeInterval(600), lifetime: 10_800, renewsAt: now),
                renewal: .underWay(since: now), saving: .saved(now.addingTimeInterval(-10_200))
            )
        ),
        (
            "expired",
            TokenStatus(
                possession: .token(expiry: now.addingTimeInterval(-75), lifetime: 10_800, renewsAt: now.addingTimeInterval(30)),
                renewal: .failing(outage, tries: 9, next: now.addingTimeInterval(30))
            )
        ),
        ("rejected", TokenStatus(possession: .rejected(refused, expiry: now.addingTimeInterval(300)))),
        (
            "unsaved",
            TokenStatus(
                possession: validToken.possession,
                saving: .failed(
                    TokenFileError(path: "/var/lib/token.json", cause: .system(FileError(operation: "write", code: 28))),
                    next: now.addingTimeInterval(10)
                )
            )
        ),
        ("blocked", TokenStatus(possession: validToken.possession, saving: closedDirectory)),
        ("blocked-missing", TokenStatus(saving: closedDirectory)),
    ]

    private static let closedDirectory = TokenStatus.Saving.blocked(
        TokenFileError(path: "/var/lib/token.json", cause: .system(FileError(operation: "create a new file beside it", code: 13))),
        next: now.addingTimeInterval(10)
    )

    /// A log of each level, with messages longer than most screens are wide.
    static let log: LogTail = {
        var log = LogTail(file: .writing(path: "/home/me/.local/state/netatmo-dashboard/log"))
        let lines: [(LogLine.Level, String)] = [
            (.info, "exporter started: :9210"),
            (.info, "token renewed: until 2026-11-23T19:59:12Z"),
            (.debug, "http GET /metrics 200"),
            (.trace, "a step that nobody looks at"),
            (.info, "data ok: 7 modules 53ms"),
            (.error, "data failed: next try at 2026-11-23T17:09:20Z: NetAtmo is out of order (HTTP 503: HTML in place of JSON)"),
            (.info, "data ok: 7 modules 61ms"),
            (.warning, "token warning: token file is readable by others: chmod 600 /home/me/.local/state/netatmo-dashboard/token.json"),
            (.fatal, "ended by an error: can't listen on :9210: Address already in use"),
            (.info, "data ok: 7 modules 48ms, with Kjøkken and Værelse 東京"),
        ]
        for (index, (level, message)) in lines.enumerated() {
            log.append(LogLine(time: now.addingTimeInterval(Double(index - lines.count) * 60), level: level, message: message))
        }
        return log
    }()

    /// A sign-in that was offered 19 s ago.
    static func signIn(
        columns: Int, rows: Int, symbols: Symbols = .unicode, offer: SignInOffer? = offer
    ) throws -> DashboardState {
        var state = state(snapshot(token: TokenStatus(), stations: [], events: []), columns: columns, rows: rows, symbols: symbols)
        var form = SignInState()
        form.take(offer)
        state.overlay = .signIn(form)
        state.snapshot.signIn = .offered(expires: now.addingTimeInterval(581))
        return state
    }

    /// The same while a new token could not be saved.
    static func blockedSignIn(
        columns: Int, rows: Int, symbols: Symbols = .unicode, offer: SignInOffer? = offer
    ) throws -> DashboardState {
        var state = try signIn(columns: columns, rows: rows, symbols: symbols, offer: offer)
        state.snapshot.token = TokenStatus(saving: closedDirectory)
        return state
    }

    static let offer = offer(phone: .unreachable)

    static func offer(phone: PhoneAddress) -> SignInOffer? {
        guard let local = Secret("http://127.0.0.1:9210/auth/authorize?key=0123456789abcdefghijkl"),
            let netatmo = Secret(
                "https://api.netatmo.com/oauth2/authorize?client_id=5f00&redirect_uri=http%3A%2F%2F127.0.0.1%3A9210%2Fauth%2Fcallback"
                    + "&response_type=code&scope=read_station&state=0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"
            )
        else { return nil }
        return .init(
            localURL: local, browserURL: "http://127.0.0.1:9210/auth/authorize", netatmoURL: netatmo, phone: phone,
            expires: now.addingTimeInterval(581)
        )
    }
}

extension DashboardState {
    /// Takes NetAtmo's answer for each module at the scales of some spans.
    mutating func takeHistories(of spans: [HistorySpan]) {
        for module in snapshot.shownStations.flatMap(\.devices) {
            for span in spans {
                chart.histories.noteAsked(module, scale: span.scale)
                chart.histories.take(.success(Scenes.history(of: module, span: span)), of: module.id, scale: span.scale, at: now)
            }
        }
    }

    /// Takes NetAtmo's answer for each module.
    mutating func takeHistories() {
        for module in snapshot.shownStations.flatMap(\.devices) {
            chart.histories.noteAsked(module)
            chart.histories.take(.success(Scenes.history(of: module)), of: module.id, at: now)
        }
    }
}

extension Frame {
    /// The text that is drawn in this role, row by row.
    func text(in role: Role) -> String {
        runs(changedFrom: nil).filter { $0.style.role == role }.map(\.text).joined(separator: "|")
    }
}
