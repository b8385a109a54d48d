import EngineAPI
import Homes

// What reaches a user who looks elsewhere.

extension DashboardState {
    /// The title of the window: the state of the token and the hours and minutes that it has left, which change once a minute.
    var title: String {
        let text = tokenText
        let left = text.countdown.map { " " + $0.prefix { $0 != ":" } + $0.drop { $0 != ":" }.prefix(3) } ?? ""
        return "netatmo-dashboard - \(text.word)\(left)"
    }

    /// What to call the user for when this snapshot comes: NetAtmo has just refused the token for good, or a reading has crossed a limit
    /// of the user's.
    func alarm(at snapshot: Snapshot) -> String? {
        rejection(in: snapshot) ?? crossing(in: snapshot)
    }

    private func crossing(in snapshot: Snapshot) -> String? {
        // What is known from the first snapshot on happened before this screen was there.
        guard self.snapshot.eventCount > 0 else { return nil }
        let count = snapshot.eventCount - self.snapshot.eventCount
        let alerts = snapshot.events.suffix(max(0, count)).compactMap { event in
            if case .readingAlert(let alert) = event.kind, alert.isRaised { alert.text } else { nil as String? }
        }
        guard let last = alerts.last else { return nil }
        return "netatmo-dashboard: \(last)" + (alerts.count > 1 ? ", and \(alerts.count - 1) more" : "")
    }

    private func rejection(in snapshot: Snapshot) -> String? {
        guard case .rejected = snapshot.token.possession else { return nil }
        if case .rejected = self.snapshot.token.possession { return nil }
        return "netatmo-dashboard: NetAtmo refused the token, sign in again"
    }
}
