package import Exporter
package import FoundationEssentials
import System
package import TerminalUI

extension DashboardState {
    /// Takes a new snapshot.
    package mutating func take(_ snapshot: Snapshot) {
        // While the user looks at older lines of the history, new ones must not push them away.
        if historyOffset > 0 { historyOffset += max(0, snapshot.events.count - self.snapshot.events.count) }
        let known = self.snapshot.events.last
        let news = snapshot.events.reversed().prefix { $0 != known }.first { $0.severity == .bad }
        // The same array is compared in no time.
        let isNew = snapshot.data.stations != self.snapshot.data.stations
        if case .succeeded = snapshot.signIn, snapshot.signIn != self.snapshot.signIn { changeForm { $0.end() } }
        self.snapshot = snapshot
        // Where the screen has no room for the history, a failure is said at its foot.
        if let news, layout.history == nil {
            say("\(news.subject.rawValue) \(news.outcome), " + news.detail { time.clock($0, now: now) }, .bad)
        }
        if isNew {
            trail.add(snapshot.data.stations)
            histories.add(snapshot.data.stations, at: now)
            takeReadings(of: snapshot.data.stations)
        }
    }

    /// Takes what was logged.
    mutating func take(_ log: LogTail) {
        self.log = log
    }

    /// Takes note of the time.
    package mutating func tick(now: Date, lastScrape: Date?) {
        self.now = now
        self.lastScrape = lastScrape
        if let message, message.until <= now { self.message = nil }
    }

    /// Takes what came of an effect.
    mutating func take(_ result: EffectResult) {
        switch result {
        case .fetch(let reply): say(reply)
        case .renewal(let reply): say(reply)
        case .history(let result, let subject): histories.take(result, of: subject.id, at: now)
        case .signInOffer(let offer):
            changeForm { form in
                form.take(offer)
                if offer == nil { form.outcome = .problem("the exporter does not answer yet: press Esc, then a again") }
            }
        case .signIn(.success):
            changeForm { $0.outcome = .note("signed in") }
        case .signIn(.failure(let error)):
            changeForm { $0.outcome = .problem("\(error)") }
        case .browser(.success):
            changeForm { $0.outcome = .note("a browser was opened") }
        case .browser(.failure(let error)):
            changeForm { $0.outcome = .problem("\(error)") }
        case .copied(let address, true):
            changeForm { $0.outcome = .note("\(address.name) went to the terminal's clipboard; ? says what to do where it is not there") }
        case .copied(_, false):
            changeForm {
                $0.outcome = .problem("this terminal has no clipboard to reach: hold Shift and select the address with the mouse")
            }
        }
    }

    private mutating func say(_ reply: FetchReply) {
        switch reply {
        case .started: say("Fetching the readings", .accent)
        case .alreadyUnderWay: say("A fetch is under way already", .accent)
        case .heldBack(let until): say("Held back, NetAtmo allows no more for now: the next fetch comes at \(time.clock(until))", .warning)
        case .noToken: say("No token to fetch with: press a to sign in", .warning)
        }
    }

    private mutating func say(_ reply: RenewalReply) {
        switch reply {
        case .started: say("Renewing the token", .accent)
        case .alreadyUnderWay: say("A renewal is under way already", .accent)
        case .heldBack(let until):
            say("Held back, NetAtmo allows no more for now: the next renewal from \(time.clock(until)) on", .warning)
        case .notSavable(let error): say("No renewal, a new token could not be saved: \(error.reason)", .bad)
        case .nothingToRenew: say("No refresh token to renew with: press a to sign in", .warning)
        }
    }

    /// Says something at the foot of the screen for a few seconds.
    package mutating func say(_ text: String, _ style: Style) {
        message = Message(text: text, style: style, until: now.addingTimeInterval(5))
    }

    private mutating func changeForm(_ change: (inout SignInForm) -> Void) {
        guard case .signIn(var form) = overlay else { return }
        change(&form)
        overlay = .signIn(form)
    }
}
