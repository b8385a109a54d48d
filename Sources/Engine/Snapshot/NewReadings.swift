package import EngineAPI
import FoundationEssentials

/// Of a store's snapshots those that bring new readings: the first of each answer of NetAtmo's, the present one included.
package struct NewReadings: AsyncSequence, Sendable {
    private let snapshots: AsyncStream<Snapshot>

    init(_ snapshots: AsyncStream<Snapshot>) {
        self.snapshots = snapshots
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var snapshots: AsyncStream<Snapshot>.AsyncIterator
        fileprivate var seen: Date?

        package mutating func next(isolation actor: isolated (any Actor)? = #isolation) async -> Snapshot? {
            while let snapshot = await snapshots.next(isolation: actor) {
                guard let fetchedAt = snapshot.data.fetchedAt, fetchedAt != seen else { continue }
                seen = fetchedAt
                return snapshot
            }
            return nil
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(snapshots: snapshots.makeAsyncIterator())
    }
}
