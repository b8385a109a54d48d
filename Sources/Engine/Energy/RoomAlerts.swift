import EngineAPI
import FoundationEssentials
import Homes

/// The user's alerts on rooms: marks what has crossed a limit, and keeps in mind what is to be told of it.
struct RoomAlerts: Sendable {
    private let rules: [AlertRule]
    private let staleAge: Duration
    /// Begun with the first rooms, once what runs before this one told is known.
    private var watch: AlertWatch?
    private var untold: [ReadingAlert] = []

    init(_ rules: [AlertRule], staleAge: Duration) {
        self.rules = rules
        self.staleAge = staleAge
    }

    /// The homes with what is crossed marked.
    ///
    /// - Parameter earlier: What happened before, oldest first.
    mutating func judge(_ homes: [EnergyHome], at now: Date, after earlier: @autoclosure () -> [Event]) -> [EnergyHome] {
        // Without any home nothing is known of rooms: what was crossed is not forgotten.
        guard !rules.isEmpty, !homes.isEmpty else { return homes }
        var watch = watch ?? AlertWatch(rules, after: earlier().lazy.compactMap(\.alert))
        let judged = watch.judge(homes, Freshness(at: now, staleAge: staleAge))
        self.watch = watch
        untold += judged.news
        return judged.homes
    }

    /// What is to be told, once.
    mutating func news() -> [ReadingAlert] {
        defer { untold = [] }
        return untold
    }
}
