import FoundationEssentials
import Homes
import Synchronization

/// The one owner of what is counted of the rain gauges.
///
/// A count is served once it has caught up with what NetAtmo has: should the program have ended before its last steps were saved,
/// they are counted again by then, and no counter that was served ever goes back.
final class RainLedger: Sendable {
    private struct State {
        var counts: [String: RainCount] = [:]
        var totals = RainTotals()
    }

    private let state = Mutex(State())
    private let publisher: any SnapshotPublisher
    private let changes: MemoryChanges

    /// How many gauges are counted: a tenth of what the memory has room for. Their requests alone would take hours.
    static let capacity = 1000

    init(publisher: any SnapshotPublisher, changes: MemoryChanges) {
        self.publisher = publisher
        self.changes = changes
    }

    /// All counts, in an order that stays.
    var counts: [RainCount] {
        state.withLock { $0.counts.values.sorted { $0.gauge < $1.gauge } }
    }

    /// Goes on from what runs before this one counted. To be called before anything is counted.
    func restore(_ earlier: [RainCount]) {
        state.withLock { state in
            for count in earlier where state.counts.count < Self.capacity { state.counts[count.gauge] = count }
        }
    }

    /// The last step of a gauge that is counted; `nil` where it is not counted.
    func lastStep(of gauge: String) -> Date? {
        state.withLock { $0.counts[gauge]?.lastStep }
    }

    /// Begins to count a gauge, with what comes behind a step. Nothing happens where it is counted, or there is no room.
    func begin(_ gauge: String, after step: Date) {
        let hasBegun = state.withLock { state in
            guard state.counts[gauge] == nil, state.counts.count < Self.capacity else { return false }
            state.counts[gauge] = RainCount(gauge: gauge, after: step)
            serve(gauge, &state)
            return true
        }
        if hasBegun { changes.note(.usual) }
    }

    /// Counts steps; see ``RainCount/add(_:until:)``.
    func add(_ steps: [MeasureHistory.Point], of gauge: String, until latest: Date) {
        let (before, after) = state.withLock { state in
            let before = state.counts[gauge]
            state.counts[gauge]?.add(steps, until: latest)
            return (before, state.counts[gauge])
        }
        guard before != after else { return }
        // What a dry step would cost is to ask for it again.
        changes.note(before?.micrometers == after?.micrometers ? .usual : .urgent)
    }

    /// Notes that nothing is missing of a gauge: from now on its count is served.
    func settle(_ gauge: String) {
        state.withLock { serve(gauge, &$0) }
    }

    /// Published under the lock: no counter ever goes back.
    private func serve(_ gauge: String, _ state: inout State) {
        guard let count = state.counts[gauge] else { return }
        let before = state.totals
        state.totals.set(count)
        if state.totals != before { publisher.publish(state.totals) }
    }
}
