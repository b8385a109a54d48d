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
        if case .token(let expiry, let lifetime, _) = status.possession {
            renderEnds(countdown(to: expiry), Line("at \(clock(expiry))", .muted), into: &frame, in: interior.line(row))
            Gauge(
                fraction: expiry.timeIntervalSince(state.now) / lifetime, label: percent(expiry, lifetime), style: style, symbols: symbols
            )
            .render(into: &frame, in: interior.line(row + 1))
            row += 2
            renderEnds(renewal, saving, into: &frame, in: interior.line(row))
            row += 1
        }
        for hint in wrapped(hint.text, to: interior.columns).prefix(max(0, interior.rows - row)) {
            line(Line(hint, hint == "" ? .plain : self.hint.style))
        }
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
        if case .failed(let error, _) = status.saving { return ("Not saved: \(error.reason).", .bad) }
        if case .failing(let error, _, let next) = status.renewal {
            let when = next.map { "next try at \(clock($0))" } ?? "no further try"
            return (status.expiry == nil ? "Renewal failed, \(when): \(error)" : "Renewal: \(error)", .warning)
        }
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
