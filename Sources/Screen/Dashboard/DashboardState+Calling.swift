import EngineAPI

// What reaches a user who looks elsewhere.

extension DashboardState {
    /// The title of the window: the state of the token and the hours and minutes that it has left, which change once a minute.
    var title: String {
        let text = tokenText
        let left = text.countdown.map { " " + $0.prefix { $0 != ":" } + $0.drop { $0 != ":" }.prefix(3) } ?? ""
        return "netatmo-dashboard - \(text.word)\(left)"
    }

    /// What to call the user for when this snapshot comes: NetAtmo has just refused the token for good.
    func alarm(at snapshot: Snapshot) -> String? {
        guard case .rejected = snapshot.token.possession else { return nil }
        if case .rejected = self.snapshot.token.possession { return nil }
        return "netatmo-dashboard: NetAtmo refused the token, sign in again"
    }
}
