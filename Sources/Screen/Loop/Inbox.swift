import EngineAPI
import Synchronization
import OperatingSystem
import TerminalUI

/// What waits for the loop. It is bounded: input waits for room, and of what the engine tells only the newest counts.
final class Inbox: Sendable {
    /// All that came since the last look. The end of the terminal and the wish to stop overtake what was typed before them.
    struct Batch: Sendable {
        var inputs: [InputEvent] = []
        /// In their order; a refusal of the token between two of them is news.
        var snapshots: [Snapshot] = []
        var log: LogTail?
        var results: [EffectResult] = []
        var hasTick = false
        var isStopped = false
        var isHungUp = false

        /// Nothing happened but that a second is over.
        var isTickAlone: Bool { hasTick && inputs.isEmpty && snapshots.isEmpty && log == nil && results.isEmpty }

        fileprivate var isEmpty: Bool {
            !hasTick && !isStopped && !isHungUp && inputs.isEmpty && snapshots.isEmpty && log == nil && results.isEmpty
        }
    }

    /// When that much of the user's input waits, more of it has to wait outside.
    static let mostInputs = 1024
    /// Of those that the loop did not look at in time, the oldest are left out.
    static let mostSnapshots = 8

    private let batch = Mutex(Batch())
    private let filled = WakeUp()
    private let emptied = WakeUp()

    /// Posts what the user did, once there is room for it. The end of the terminal does not wait.
    func post(_ inputs: [InputEvent]) async {
        if inputs.contains(where: { if case .hangUp = $0 { true } else { false } }) { return add { $0.isHungUp = true } }
        while batch.withLock({ $0.inputs.count >= Self.mostInputs }) {
            await emptied.wait()
            if Task.isCancelled { return }
        }
        add { $0.inputs += inputs }
    }

    func post(_ snapshot: Snapshot) {
        add { batch in
            if batch.snapshots.count == Self.mostSnapshots { batch.snapshots.removeFirst() }
            batch.snapshots.append(snapshot)
        }
    }

    func post(_ log: LogTail) { add { $0.log = log } }

    func post(_ result: EffectResult) { add { $0.results.append(result) } }

    /// Posts that a second is over.
    func postTick() { add { $0.hasTick = true } }

    /// Posts that the dashboard is to end.
    func postStop() { add { $0.isStopped = true } }

    /// Takes all there is, as soon as there is something; a cancelled task is told to stop.
    func next() async -> Batch {
        while true {
            let taken = batch.withLock { batch in
                defer { batch = Batch() }
                return batch
            }
            if !taken.isEmpty {
                emptied.ring()
                return taken
            }
            await filled.wait()
            if Task.isCancelled { postStop() }
        }
    }

    private func add(_ change: (inout Batch) -> Void) {
        batch.withLock { change(&$0) }
        filled.ring()
    }
}
