import Dispatch

/// Runs an actor on a serial dispatch queue of its own, named for debuggers and profilers.
///
/// The engine's actors block their queue while they write the token file; on the cooperative pool, which has as many
/// threads as the machine has cores, that would hold up all other tasks.
package final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    package init(label: String) {
        queue = DispatchQueue(label: "netatmo-dashboard.\(label)", qos: .utility)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            job.runSynchronously(on: self.asUnownedSerialExecutor())
        }
    }

    package func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
