import OperatingSystem
import Synchronization

/// Says that something changed that is remembered, and how soon it has to be on the disk.
final class MemoryChanges: Sendable {
    enum Urgency: Sendable, Comparable {
        /// When some time went by since the last write.
        case usual
        /// At once: its loss would do harm.
        case urgent
    }

    private let pending = Mutex<Urgency?>(nil)
    let bell = WakeUp()

    /// Rings only where that makes a difference, however much happens.
    func note(_ urgency: Urgency) {
        let isNews = pending.withLock { pending in
            if let pending, pending >= urgency { return false }
            pending = urgency
            return true
        }
        if isNews { bell.ring() }
    }

    /// What waits to be written; `nil` where all is.
    var urgency: Urgency? { pending.withLock { $0 } }

    /// To be called before what is there is looked at, so that nothing that comes later is missed.
    func takeAll() {
        pending.withLock { $0 = nil }
    }
}
