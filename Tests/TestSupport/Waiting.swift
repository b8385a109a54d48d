import Engine
package import EngineAPI
import OperatingSystem
import Synchronization

/// What a test waited for did not come. Real time decides nothing but this failure.
package struct NothingCame: Error, CustomStringConvertible {
    /// What was waited for.
    package let what: String

    /// - Parameter what: What was waited for.
    package init(what: String) {
        self.what = what
    }

    /// Says what was waited for.
    package var description: String { "waited in vain for \(what)" }
}

/// Runs an operation that waits for something to happen, and fails where it takes so long that it never will.
///
/// - Parameters:
///   - what: What is waited for, for the failure.
///   - limit: Far more than it takes on a busy machine.
///   - operation: Has to end when it is cancelled.
package func waiting<Value: Sendable>(
    for what: String, limit: Duration = .seconds(60), _ operation: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await boundedExchange(limit: limit, orThrow: NothingCame(what: what), operation)
}

extension Task where Failure == Never {
    /// Its value. Where it never ends this fails, and does not wait with it, as `value` does for one that can't be cancelled.
    ///
    /// - Parameter what: What is waited for, for the failure.
    package func value(orFail what: String) async throws -> Success {
        let value = Mutex<Success?>(nil)
        // Of a task that hangs, this one is all that is left behind.
        _ = Task<Void, Never> {
            let result = await self.value
            value.withLock { $0 = result }
        }
        return try await until(what, every: .milliseconds(1)) { value.withLock(\.self) }
    }
}

extension SnapshotStore {
    /// The first snapshot, from the current one on, that is as wanted.
    ///
    /// - Parameters:
    ///   - what: What is waited for, for the failure.
    ///   - isWanted: Looks at a snapshot.
    @discardableResult
    package func first(
        _ what: String, limit: Duration = .seconds(60), where isWanted: @escaping @Sendable (Snapshot) -> Bool
    ) async throws -> Snapshot {
        try await waiting(for: what, limit: limit) {
            for await snapshot in self.snapshots() where isWanted(snapshot) { return snapshot }
            throw NothingCame(what: what)
        }
    }

    /// The first event, from those of the past on, that is as wanted.
    ///
    /// - Parameters:
    ///   - what: What is waited for, for the failure.
    ///   - isWanted: Looks at an event's kind.
    @discardableResult
    package func event(_ what: String, where isWanted: @escaping @Sendable (Event.Kind) -> Bool) async throws -> Event {
        let snapshot = try await first(what) { snapshot in snapshot.events.contains { isWanted($0.kind) } }
        guard let event = snapshot.events.first(where: { isWanted($0.kind) }) else { throw NothingCame(what: what) }
        return event
    }
}
