import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem

/// The histories of the charts that were looked at last, with the live readings at the ends of those that hold each measurement.
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

        fileprivate mutating func take(_ result: Result<MeasureHistory, HistoryError>, scale: HistoryScale, at now: Date) {
            isAsked = false
            switch result {
            case .success(var answer):
                // The steps of other scales are sums of many readings, so that a reading is none of them.
                if scale == .measurement { answer.append(contentsOf: history) }
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

    private struct Key: Sendable, Hashable {
        let moduleID: String
        let scale: HistoryScale
    }

    /// How many are kept, of modules and scales; the engine keeps more. The largest has 20 kB.
    static let capacity = 64
    /// As old as the oldest that NetAtmo is asked for.
    private static let longest = (HistorySpan.threeDays.seconds ?? 0) + 3600
    /// The shortest time between two tries.
    private static let shortestWait: TimeInterval = 60

    private var entries = LeastRecentlyUsed<Key, Entry>(capacity: capacity)

    func entry(of module: Device, scale: HistoryScale = .measurement) -> Entry? {
        entries.peek(Key(moduleID: module.id, scale: scale))
    }

    /// Whether a history is to be asked for now.
    ///
    /// - Parameter count: How many show beside it, which are asked for as much less often.
    func isWanted(_ module: Device, scale: HistoryScale = .measurement, amongst count: Int = 1, at now: Date) -> Bool {
        guard let entry = entry(of: module, scale: scale) else { return true }
        guard !entry.isAsked, entry.notBefore <= now || entry.notBefore > now.addingTimeInterval(7200) else { return false }
        guard let fetchedAt = entry.fetchedAt else { return true }
        return !(0..<scale.freshness * Double(max(1, count))).contains(now.timeIntervalSince(fetchedAt))
    }

    /// Takes note that a module's history is being asked for.
    mutating func noteAsked(_ module: Device, scale: HistoryScale = .measurement) {
        var entry = entry(of: module, scale: scale) ?? Entry(history: MeasureHistory(measures: module.historyMeasures))
        entry.isAsked = true
        entries.insert(entry, for: Key(moduleID: module.id, scale: scale))
    }

    /// The engine's process can be asked again: what it could not be asked for is wanted at once.
    mutating func noteReachable() { forget(.unreachable) }

    /// There are other devices: what the engine did not know may be among them.
    mutating func noteOtherDevices() { forget(.unknownDevice) }

    private mutating func forget(_ failure: HistoryError) {
        for key in entries.keys {
            entries.update(key) { entry in
                guard entry.failure == failure else { return }
                (entry.failure, entry.notBefore) = (nil, .beforeAnyClock)
            }
        }
    }

    mutating func take(
        _ result: Result<MeasureHistory, HistoryError>, of moduleID: String, scale: HistoryScale = .measurement, at now: Date
    ) {
        entries.update(Key(moduleID: moduleID, scale: scale)) { $0.take(result, scale: scale, at: now) }
    }

    /// Adds live readings at the ends.
    mutating func add(_ stations: [Station], at now: Date) {
        guard !entries.isEmpty else { return }
        for module in stations.lazy.flatMap({ $0.devices }) {
            guard let readings = module.readings, let time = readings.time else { continue }
            entries.update(Key(moduleID: module.id, scale: .measurement)) { entry in
                entry.history.append(at: time) { readings[$0] }
                entry.history.forget(before: now.addingTimeInterval(-Self.longest))
            }
        }
    }
}

extension HistoryScale {
    /// How old an answer may be, in seconds, before it is asked for again. Stations upload every ten minutes: sooner there is nothing
    /// new; the newest step of a coarse scale changes all the while, but little.
    fileprivate var freshness: TimeInterval { min(max(600, step), 3600) }
}
