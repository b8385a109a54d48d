import FoundationEssentials
import Homes

/// The histories that were asked for last. The one that nobody asked for in the longest time goes where there are too many.
struct HistoryShelf: Sendable {
    /// A history, and when NetAtmo gave it.
    struct Entry: Sendable {
        let history: MeasureHistory
        let fetchedAt: Date
    }

    /// How many modules' histories are kept: a MB and a half.
    static let capacity = 64

    private var entries: [HistorySubject: Entry] = [:]
    /// The last asked for at the end.
    private var order: [HistorySubject] = []

    var count: Int { entries.count }

    /// What is kept of a subject.
    mutating func entry(of subject: HistorySubject) -> Entry? {
        guard let entry = entries[subject] else { return nil }
        moveToEnd(subject)
        return entry
    }

    /// Keeps a history.
    mutating func keep(_ entry: Entry, of subject: HistorySubject) {
        entries[subject] = entry
        moveToEnd(subject)
        guard order.count > Self.capacity else { return }
        entries[order.removeFirst()] = nil
    }

    private mutating func moveToEnd(_ subject: HistorySubject) {
        order.removeAll { $0 == subject }
        order.append(subject)
    }
}
