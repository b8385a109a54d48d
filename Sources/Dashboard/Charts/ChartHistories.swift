import Exporter
import FoundationEssentials
import Homes
import System

/// The histories of the modules whose charts were looked at last, with the live readings at their ends.
struct ChartHistories: Sendable {
    /// What is known of one module.
    struct Entry: Sendable {
        /// What NetAtmo gave, and what was read since.
        fileprivate(set) var history: MeasureHistory
        /// When NetAtmo gave it; `nil` where it did not yet.
        fileprivate(set) var fetchedAt: Date?
        /// Why it did not the last time.
        fileprivate(set) var failure: HistoryError?
        /// Whether it is being asked.
        fileprivate(set) var isAsked = false
        /// It is not asked before that time.
        fileprivate var notBefore = Date.beforeAnyClock
    }

    /// How many modules are kept; the engine keeps more.
    static let capacity = 16
    /// As old as the oldest that NetAtmo is asked for.
    private static let longest = ChartSpan.threeDays.seconds + 3600
    /// Stations upload every ten minutes: sooner there is nothing new.
    private static let freshness: TimeInterval = 600
    /// The shortest time between two tries.
    private static let shortestWait: TimeInterval = 60

    private var entries: [String: Entry] = [:]
    /// The last looked at at the end.
    private var order: [String] = []

    /// What is known of a module.
    func entry(of module: Module) -> Entry? {
        entries[module.id]
    }

    /// Whether NetAtmo should be asked for a module's history.
    func isWanted(_ module: Module, at now: Date) -> Bool {
        guard let entry = entries[module.id] else { return true }
        guard !entry.isAsked, entry.notBefore <= now || entry.notBefore > now.addingTimeInterval(7200) else { return false }
        guard let fetchedAt = entry.fetchedAt else { return true }
        return !(0..<Self.freshness).contains(now.timeIntervalSince(fetchedAt))
    }

    /// Takes note that a module's history is being asked for.
    mutating func noteAsked(_ module: Module) {
        order.removeAll { $0 == module.id }
        order.append(module.id)
        entries[module.id, default: Entry(history: MeasureHistory(measures: module.historyMeasures))].isAsked = true
        while order.count > Self.capacity { entries[order.removeFirst()] = nil }
    }

    /// Takes what came of it.
    mutating func take(_ result: Result<MeasureHistory, HistoryError>, of moduleID: String, at now: Date) {
        guard var entry = entries[moduleID] else { return }
        entry.isAsked = false
        switch result {
        case .success(var history):
            history.append(contentsOf: entry.history)
            entry.history = history
            entry.fetchedAt = now
            entry.failure = nil
            entry.notBefore = .beforeAnyClock
        case .failure(.overtaken):
            break
        case .failure(let error):
            entry.failure = error
            entry.notBefore = max(error.next ?? .beforeAnyClock, now.addingTimeInterval(Self.shortestWait))
        }
        entries[moduleID] = entry
    }

    /// Adds live readings at the ends.
    mutating func add(_ stations: [Station], at now: Date) {
        guard !entries.isEmpty else { return }
        for module in stations.lazy.flatMap({ $0.devices }) {
            guard entries[module.id] != nil, let readings = module.readings, let time = readings.time else { continue }
            entries[module.id]?.history.append(at: time) { readings[$0] }
            entries[module.id]?.history.forget(before: now.addingTimeInterval(-Self.longest))
        }
    }
}

extension HistoryError {
    /// When the engine asks again.
    var next: Date? {
        if case .failed(_, let next) = self { next } else { nil }
    }
}
