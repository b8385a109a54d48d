import FoundationEssentials
import Homes

/// Which call of the user's command is next: one at a time, and at most one a minute and module. What comes meanwhile is said together.
struct AlertCalls: Sendable {
    enum Step: Sendable, Hashable {
        /// Say this now.
        case call(String)
        /// There is nothing to say before that time.
        case wait(until: Date)
        /// There is nothing to say.
        case idle
    }

    /// In seconds.
    static let spacing: TimeInterval = 60
    /// That many modules wait at most, and that many alerts of each: a house in which all is wrong calls no thousand times.
    static let mostModules = 20
    static let mostTexts = 5

    private var waiting: [(deviceID: String, texts: [String])] = []
    private var called: [String: Date] = [:]

    /// - Returns: Whether there was room for it.
    mutating func add(_ alert: ReadingAlert) -> Bool {
        if let index = waiting.firstIndex(where: { $0.deviceID == alert.deviceID }) {
            guard waiting[index].texts.count < Self.mostTexts else { return false }
            waiting[index].texts.append(alert.text)
            return true
        }
        guard waiting.count < Self.mostModules else { return false }
        waiting.append((alert.deviceID, [alert.text]))
        return true
    }

    /// What is to be done now; a call counts as made.
    mutating func next(at now: Date) -> Step {
        // A clock that was set back holds up none.
        called = called.filter { $0.value <= now && now.timeIntervalSince($0.value) < Self.spacing }
        if let index = waiting.firstIndex(where: { called[$0.deviceID] == nil }) {
            let (id, texts) = waiting.remove(at: index)
            called[id] = now
            return .call(texts.joined(separator: "; "))
        }
        let next = waiting.compactMap { called[$0.deviceID] }.min()
        return next.map { .wait(until: $0.addingTimeInterval(Self.spacing)) } ?? .idle
    }
}
