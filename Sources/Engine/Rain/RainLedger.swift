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
        var published = RainTotals()
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

    /// Begins with the gauges that are new, as far as there is room: what comes behind the step of their first readings is counted. Has
    /// those served that nothing is missing of.
    ///
    /// To be called before the readings are published, so that whoever sees a gauge sees its counter.
    func note(_ stations: [Station]) {
        let gauges = RainGauge.own(of: stations)
        guard !gauges.isEmpty else { return }
        let hasBegun = state.withLock { state in
            let count = state.counts.count
            for gauge in gauges {
                guard let latest = gauge.latest else { continue }
                if state.counts[gauge.id] == nil, state.counts.count < Self.capacity {
                    state.counts[gauge.id] = RainCount(gauge: gauge.id, after: latest)
                }
                if let count = state.counts[gauge.id], latest <= count.lastStep { state.totals.set(count) }
            }
            publish(&state)
            return state.counts.count > count
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
        state.withLock { state in
            if let count = state.counts[gauge] { state.totals.set(count) }
            publish(&state)
        }
    }

    /// Under the lock: no counter ever goes back.
    private func publish(_ state: inout State) {
        guard state.totals != state.published else { return }
        state.published = state.totals
        publisher.publish(state.totals)
    }
}
