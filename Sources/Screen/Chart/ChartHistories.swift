import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem

/// The histories of the modules whose charts were looked at last, with the live readings at their ends.
struct ChartHistories: Sendable {
    struct Entry: Sendable {
        /// What NetAtmo gave, and what was read since.
        fileprivate(set) var history: MeasureHistory
        /// When NetAtmo gave it; `nil` where it did not yet.
        fileprivate(set) var fetchedAt: Date?
        /// Why it did not the last time.
        fileprivate(set) var failure: HistoryError?
        fileprivate(set) var isAsked = false
        /// It is not asked before that time.
        fileprivate var notBefore = Date.beforeAnyClock

        fileprivate mutating func take(_ result: Result<MeasureHistory, HistoryError>, at now: Date) {
            isAsked = false
            switch result {
            case .success(var answer):
                answer.append(contentsOf: history)
                history = answer
                fetchedAt = now
                failure = nil
                notBefore = .beforeAnyClock
            case .failure(.overtaken):
                break
            case .failure(let error):
                failure = error
                notBefore = now.addingTimeInterval(ChartHistories.shortestWait)
                if case .failed(_, let next) = error { notBefore = max(notBefore, next) }
            }
        }
    }

    /// How many modules are kept; the engine keeps more.
    static let capacity = 16
    /// As old as the oldest that NetAtmo is asked for.
    private static let longest = ChartSpan.threeDays.seconds + 3600
    /// Stations upload every ten minutes: sooner there is nothing new.
    private static let freshness: TimeInterval = 600
    /// The shortest time between two tries.
    private static let shortestWait: TimeInterval = 60

    /// By the module's id.
    private var entries = LeastRecentlyUsed<String, Entry>(capacity: capacity)

    func entry(of module: Device) -> Entry? {
        entries.peek(module.id)
    }

    func isWanted(_ module: Device, at now: Date) -> Bool {
        guard let entry = entries.peek(module.id) else { return true }
        guard !entry.isAsked, entry.notBefore <= now || entry.notBefore > now.addingTimeInterval(7200) else { return false }
        guard let fetchedAt = entry.fetchedAt else { return true }
        return !(0..<Self.freshness).contains(now.timeIntervalSince(fetchedAt))
    }

    /// Takes note that a module's history is being asked for.
    mutating func noteAsked(_ module: Device) {
        var entry = entries.peek(module.id) ?? Entry(history: MeasureHistory(measures: module.historyMeasures))
        entry.isAsked = true
        entries.insert(entry, for: module.id)
    }

    /// The engine's process can be asked again: what it could not be asked for is wanted at once.
    mutating func noteReachable() {
        for moduleID in entries.keys {
            entries.update(moduleID) { entry in
                guard entry.failure == .unreachable else { return }
                (entry.failure, entry.notBefore) = (nil, .beforeAnyClock)
            }
        }
    }

    mutating func take(_ result: Result<MeasureHistory, HistoryError>, of moduleID: String, at now: Date) {
        entries.update(moduleID) { $0.take(result, at: now) }
    }

    /// Adds live readings at the ends.
    mutating func add(_ stations: [Station], at now: Date) {
        guard !entries.isEmpty else { return }
        for module in stations.lazy.flatMap({ $0.devices }) {
            guard let readings = module.readings, let time = readings.time else { continue }
            entries.update(module.id) { entry in
                entry.history.append(at: time) { readings[$0] }
                entry.history.forget(before: now.addingTimeInterval(-Self.longest))
            }
        }
    }
}
