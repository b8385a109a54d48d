import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem
import TerminalUI

/// What there is to say of the token: its state in a word, its times, what failed and what comes next.
struct TokenText {
    let status: TokenStatus
    /// What happened, oldest first.
    let events: [Event]
    let environment: ViewEnvironment

    private var symbols: Symbols { environment.symbols }
    private var tokenState: TokenStatus.State { status.state(at: environment.now) }

    /// The state in a word.
    var word: String {
        switch tokenState {
        case .missing: "NO TOKEN"
        default: tokenState.rawValue.uppercased()
        }
    }

    /// A mark of the state, so that it is told apart without colours too.
    var mark: String {
        switch tokenState {
        case .valid: symbols.bullet
        case .renewing: symbols.right
        case .expiring: symbols.warning
        case .missing: symbols.hollowBullet
        case .expired, .rejected: symbols.cross
        }
    }

    /// The colour of the state.
    var style: Style {
        switch tokenState {
        case .valid: .good
        case .renewing: .accent
        case .expiring: .warning
        case .missing, .expired, .rejected: .bad
        }
    }

    /// The block behind the word.
    var blockStyle: Style {
        switch tokenState {
        case .valid: .goodBlock
        case .renewing: .accentBlock
        case .expiring: .warningBlock
        case .missing, .expired, .rejected: .badBlock
        }
    }

    /// The time that the access token has left: `2:41:07`; `nil` where there is none that works.
    var countdown: String? {
        guard let expiry = status.expiry, expiry > environment.now else { return nil }
        return DurationText.countdown(to: expiry, from: environment.now)
    }

    /// The time left for large digits, `2h41m`; with seconds from ten minutes on, since what changes each second costs the
    /// terminal most. A clock at its end, or one that was never set, where there is nothing to count down.
    var digits: String {
        guard let expiry = status.expiry else { return "-:--" }
        return DurationText.large(to: expiry, from: environment.now)
    }

    /// What stands beside the word: `expires in 2:41:07`.
    var ending: String {
        if let countdown { return "expires in \(countdown)" }
        guard let expiry = status.expiry else { return status.hasUnknownExpiry ? "expiry unknown" : "" }
        return "expired \(DurationText.short(since: expiry, at: environment.now)) ago"
    }

    /// How much of its life the access token has left, from 0 to 1; `nil` where there is none.
    var fractionLeft: Double? {
        guard case .token(let expiry?, let lifetime, _) = status.possession else { return nil }
        return max(0, min(1, expiry.timeIntervalSince(environment.now) / lifetime))
    }

    /// Until when the access token works.
    var validity: Line? {
        if status.hasUnknownExpiry { return Line("works until NetAtmo refuses it") }
        return status.expiry.map { Line("\($0 > environment.now ? "works" : "worked") until \(clock($0))") }
    }

    /// When a new token comes, or why none does.
    var renewal: Line? {
        switch (status.renewal, status.possession, status.saving) {
        case (.underWay, .token, _): Line("renewing now", .accent)
        case (_, .token, .blocked): Line("no renewal for now", .bad)
        case (.failing(_, _, let next), .token, _): Line(next.map { "next try at \(clock($0))" } ?? "renewal failed", .warning)
        case (.idle, .token(_, _, let renewsAt?), _): Line("renews at \(clock(renewsAt))", .plain)
        case (.idle, .token, _): Line("can't renew itself", .warning)
        default: nil
        }
    }

    /// How long it is until then: `in 2 h 31 min`.
    var untilRenewal: Line? {
        let next: Date?
        switch (status.renewal, status.possession, status.saving) {
        case (_, _, .blocked): next = nil
        case (.idle, .token(_, _, let renewsAt), _): next = renewsAt
        case (.failing(_, _, let retry), .token, _): next = retry
        default: next = nil
        }
        return next.flatMap { $0 > environment.now ? Line("in \(DurationText.rough(to: $0, from: environment.now))", .muted) : nil }
    }

    /// When it was saved, or that it was not.
    var saving: Line? {
        switch (status.saving, status.possession) {
        case (_, .none), (_, .rejected), (.nothing, _): nil
        case (.saved(let time), _): Line("saved \(clock(time)) ", .muted).adding(symbols.check, .good)
        case (.failed, _): Line("not saved ", .bad).adding(symbols.cross, .bad)
        case (.blocked, _): Line("can't be saved ", .bad).adding(symbols.cross, .bad)
        }
    }

    /// What failed last and what to do, or nothing.
    var hint: (text: String, style: Style) {
        trouble ?? advice
    }

    /// The same in fewer words for where it has no room, the fewest last: what stands in the way has to be read before what to do.
    var shortHints: [String] {
        guard case .blocked(let error, _) = status.saving else { return [] }
        return [
            "A new token could not be saved: \(error.reason). To do: \(error.remedy)",
            "A new token could not be saved: \(error.reason). What to do: see the log (l)",
            "Can't save: \(error.reason). See the log (l)",
        ]
    }

    /// The last failure, where it is over: when it was and what it was.
    var pastFailure: String? {
        guard trouble == nil, case .token = status.possession,
            let event = events.last(where: { $0.subject == .token && $0.severity == .bad })
        else { return nil }
        let detail = event.error.map(\.description) ?? event.detail { clock($0) }
        return "last failure \(clock(event.time)): \(detail)"
    }

    /// What keeps a token from being renewed or saved, and what to do.
    private var trouble: (text: String, style: Style)? {
        switch (status.possession, status.saving, status.renewal) {
        case (_, .blocked(let error, let next), _):
            (
                "A new token could not be saved, so none is asked for. Reason: \(error.reason). To do: \(error.remedy). Next try \(clock(next))",
                .bad
            )
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
        status.expiry == nil && !status.hasUnknownExpiry ? next.map { "Next try \(clock($0)). " } ?? "" : ""
    }

    private func remedy(for error: NetatmoError) -> String {
        switch error.kind {
        case .invalidClient: "Mend the client id or secret and start again."
        case .wrongScope: "Press a to sign in again."
        // To try again at once would not help.
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
            let rest = expiry.flatMap { $0 > environment.now ? " (works until \(clock($0)))" : nil } ?? ""
            return ("Press a to sign in again\(rest). Reason: \(error)", .bad)
        case .token(expiry: nil, _, renewsAt: nil):
            return ("No refresh token: press a once NetAtmo refuses it, or now.", .warning)
        case .token(let expiry?, _, renewsAt: nil):
            return (expiry > environment.now ? "No refresh token: press a before it expires." : "Press a to sign in again.", .warning)
        case .token:
            return ("", .plain)
        }
    }

    private func clock(_ date: Date) -> String {
        environment.clock(date)
    }
}
