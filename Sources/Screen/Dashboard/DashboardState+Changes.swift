package import EngineAPI
package import FoundationEssentials
import Homes
import TerminalUI

extension DashboardState {
    package mutating func take(_ snapshot: Snapshot) {
        let before = self.snapshot
        self.snapshot = snapshot
        events.note(newEvents: snapshot.eventCount - before.eventCount)
        if case .lost(let engine, _, _) = before.connection, case .attached(let next) = snapshot.connection {
            noteReachable(isOther: engine.processID != next.processID || snapshot.signIn == .idle)
        }
        if case .succeeded = snapshot.signIn, snapshot.signIn != before.signIn { changeSignIn { $0.ending = .used } }
        // Where the screen has no room for the events, a failure is said at its foot: one of now, since a screen that attaches, and an
        // engine that remembers, come to know those of hours before all at once.
        let news = snapshot.events.reversed().prefix { $0 != before.events.last }
        if layout.events == nil, let failure = news.first(where: { $0.severity == .bad && isRecent($0.time) }) {
            say(.init(failure: failure, environment))
        }
        // The same array is compared in no time.
        if snapshot.data.stations != before.data.stations || snapshot.energy?.roomStations != before.energy?.roomStations { takeReadings() }
    }

    /// The engine's process can be asked again.
    ///
    /// - Parameter isOther: Whether it started anew, and so knows nothing of the sign-in under way.
    private mutating func noteReachable(isOther: Bool) {
        chart.noteReachable()
        if message?.content == .unreachable || message?.content == .waiting { message = nil }
        if isOther { changeSignIn { $0.ending = .void } }
    }

    private func isRecent(_ time: Date) -> Bool {
        abs(now.timeIntervalSince(time)) < Self.newsAge
    }

    /// How old, in seconds, a failure may be that is said at the foot of the screen.
    private static let newsAge: TimeInterval = 30

    /// Takes the readings of the snapshot.
    mutating func takeReadings() {
        chart.take(snapshot.shownStations, at: now)
        chart.histories.noteOtherDevices()
        readings.take(snapshot.shownStations, in: layout.readingsPlace)
        // With other modules the table may have got another height.
        readings.keepSelectionVisible(in: layout.readingsPlace)
        if case .module = overlay, readings.selectedDevice == nil { overlay = .none }
    }

    mutating func take(_ log: LogTail) {
        self.log = log
    }

    package mutating func tick(now: Date) {
        self.now = now
        if let message, message.until <= now { self.message = nil }
    }

    /// Takes what came of an effect.
    mutating func take(_ result: EffectResult) {
        switch result {
        case .fetch(let reply): say(.init(reply, environment))
        case .renewal(let reply): say(.init(reply, environment))
        case .history(let result, let subject): chart.histories.take(result, of: subject.id, scale: subject.scale, at: now)
        case .keptHistories(let kept): take(kept: kept)
        case .signInOffer, .signIn, .browser, .copied: changeSignIn { $0.take(result) }
        }
    }

    mutating func say(_ text: String, _ style: Style) {
        say(.note(text, style))
    }

    /// Says something at the foot of the screen for a few seconds.
    mutating func say(_ content: MessageState.Content) {
        message = MessageState(content, at: now)
    }

    /// Changes the sign-in, as long as it shows.
    mutating func changeSignIn(_ change: (inout SignInState) -> Void) {
        guard case .signIn(var signIn) = overlay else { return }
        change(&signIn)
        overlay = .signIn(signIn)
    }
}
