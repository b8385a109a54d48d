import Exporter
import FoundationEssentials
import Netatmo
import TerminalUI

/// The token: its state in a word, the countdown to its expiry, when it renews, when it was saved, what failed.
struct TokenPanel: Widget {
    let state: DashboardState

    private var symbols: Symbols { state.symbols }
    private var status: TokenStatus { state.snapshot.token }
    private var tokenState: TokenState { status.state(at: state.now) }

    func render(into frame: inout Frame, in rect: Rect) {
        Panel(title: "Token", symbols: symbols).render(into: &frame, in: rect)
        let interior = Panel.interior(of: rect).inset(columns: 1, rows: 0)
        var row = 0
        func line(_ line: Line) {
            TextLine(line, symbols: symbols).render(into: &frame, in: interior.line(row))
            row += 1
        }
        line(word)
        let (text, style) = hint
        let hints = wrapped(text, to: interior.columns)
        if case .token(let expiry, let lifetime, _) = status.possession {
            renderEnds(countdown(to: expiry), Line("at \(clock(expiry))", .muted), into: &frame, in: interior.line(row))
            row += 1
            // What is wrong matters more than the picture of a number that is there already.
            if row + 2 + hints.count <= interior.rows {
                renderGauge(expiry, lifetime, into: &frame, in: interior.line(row))
                row += 1
            }
            renderEnds(renewal, saving, into: &frame, in: interior.line(row))
            row += 1
        }
        let room = max(1, interior.rows - row)
        for hint in hints.prefix(room - 1) { line(Line(hint, style)) }
        // The last line ends in a mark where there is more.
        line(Line(hints.dropFirst(room - 1).joined(separator: " "), style))
    }

    private func renderGauge(_ expiry: Date, _ lifetime: TimeInterval, into frame: inout Frame, in rect: Rect) {
        Gauge(
            fraction: expiry.timeIntervalSince(state.now) / lifetime, label: percent(expiry, lifetime), style: style, symbols: symbols
        )
        .render(into: &frame, in: rect)
    }

    private var word: Line {
        let words =
            switch tokenState {
            case .missing: "NO TOKEN"
            default: tokenState.rawValue.uppercased()
            }
        return Line("\(symbols.bullet) \(words)", style.bold())
    }

    private var style: Style {
        switch tokenState {
        case .valid: .good
        case .renewing: .accent
        case .expiring: .warning
        case .missing, .expired, .rejected: .bad
        }
    }

    private func countdown(to expiry: Date) -> Line {
        guard expiry > state.now else { return Line("expired \(DurationText.short(since: expiry, at: state.now)) ago", .bad) }
        return Line("expires in ").adding(DurationText.countdown(to: expiry, from: state.now), style.bold())
    }

    private func percent(_ expiry: Date, _ lifetime: TimeInterval) -> String {
        let fraction = max(0, min(1, expiry.timeIntervalSince(state.now) / lifetime))
        let percent = "\(Int((fraction * 100).rounded()))"
        return String(repeating: " ", count: 3 - percent.count) + percent + " %"
    }

    private var renewal: Line {
        switch (status.renewal, status.possession) {
        case (.underWay, _): Line("renewing now", .accent)
        case (.failing(_, _, let next), _): Line(next.map { "next try at \(clock($0))" } ?? "renewal failed", .warning)
        case (.idle, .token(_, _, let renewsAt?)): Line("renews at \(clock(renewsAt))", .plain)
        case (.idle, _): Line("can't renew itself", .warning)
        }
    }

    private var saving: Line {
        switch status.saving {
        case .nothing: Line("")
        case .saved(let time): Line("saved \(clock(time)) ", .muted).adding(symbols.check, .good)
        case .failed: Line("not saved ", .bad).adding(symbols.cross, .bad)
        }
    }

    /// What failed last and what to do, or nothing.
    private var hint: (text: String, style: Style) {
        trouble ?? advice
    }

    /// What keeps a token from being renewed or saved, and what to do.
    private var trouble: (text: String, style: Style)? {
        switch (status.possession, status.saving, status.renewal) {
        case (.none, _, _), (.rejected, _, _):
            nil
        case (_, .failed(let error, let next), _):
            ("Kept in memory, next try \(clock(next)). Mend before you quit: \(error.reason)", .bad)
        case (_, _, .failing(let error, _, let next)):
            ("\(whenAlone(next))\(remedy(for: error)) Reason: \(error)", .warning)
        default:
            nil
        }
    }

    /// When the next try comes, where there is no access token for it to stand beside.
    private func whenAlone(_ next: Date?) -> String {
        status.expiry == nil ? next.map { "Next try \(clock($0)). " } ?? "" : ""
    }

    private func remedy(for error: NetatmoError) -> String {
        switch error.kind {
        case .invalidClient: "Mend the client id or secret and start again."
        case .wrongScope: "Press a to sign in again."
        // To try again at once would help nobody.
        case _ where error.asksToWait: "NetAtmo asks to wait."
        case .invalidGrant: "Rejected for good after two minutes of it."
        default: "Press t to try now."
        }
    }

    /// What to do where nothing failed on the way.
    private var advice: (text: String, style: Style) {
        switch status.possession {
        case .none(nil):
            return ("Press a to sign in to NetAtmo.", .plain)
        case .none(let ignored?):
            let since = "The token file's token expired at \(clock(ignored.since))."
            return (ignored.canRenew ? "\(since) Press t to renew it, or a to sign in." : "\(since) Press a to sign in.", .plain)
        case .refreshTokenOnly:
            return ("Getting an access token.", .plain)
        case .rejected(let error, let expiry):
            let rest = expiry.flatMap { $0 > state.now ? " (works until \(clock($0)))" : nil } ?? ""
            return ("Press a to sign in again\(rest). Reason: \(error)", .bad)
        case .token(let expiry, _, renewsAt: nil):
            return (expiry > state.now ? "No refresh token: press a before it expires." : "Press a to sign in again.", .warning)
        case .token:
            return ("", .plain)
        }
    }

    private func clock(_ date: Date) -> String {
        state.time.clock(date, now: state.now)
    }

    /// Two texts at the ends of a line; the right one goes where there is no room for both.
    private func renderEnds(_ left: Line, _ right: Line, into frame: inout Frame, in rect: Rect) {
        TextLine(left, symbols: symbols).render(into: &frame, in: rect)
        if left.width + 1 + right.width <= rect.columns {
            TextLine(right, alignment: .right, symbols: symbols).render(into: &frame, in: rect)
        }
    }
}
