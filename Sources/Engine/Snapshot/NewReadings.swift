package import EngineAPI
import FoundationEssentials

/// When the readings of a snapshot came.
struct ReadingTimes: Sendable, Hashable {
    /// Those of the weather stations.
    var stations: Date?
    /// Those of Energy's rooms.
    var rooms: Date?

    init() {}

    init(_ snapshot: Snapshot) {
        stations = snapshot.data.fetchedAt
        rooms = snapshot.energy?.fetchedAt
    }
}

/// Of a store's snapshots those that bring new readings, of stations or of rooms: the first of each answer of NetAtmo's, the present one
/// included.
package struct NewReadings: AsyncSequence, Sendable {
    private let snapshots: AsyncStream<Snapshot>

    init(_ snapshots: AsyncStream<Snapshot>) {
        self.snapshots = snapshots
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var snapshots: AsyncStream<Snapshot>.AsyncIterator
        fileprivate var seen = ReadingTimes()

        package mutating func next(isolation actor: isolated (any Actor)? = #isolation) async -> Snapshot? {
            while let snapshot = await snapshots.next(isolation: actor) {
                let times = ReadingTimes(snapshot)
                guard times != seen else { continue }
                defer { seen = times }
                let isStations = times.stations != nil && times.stations != seen.stations
                let isRooms = times.rooms != nil && times.rooms != seen.rooms
                if isStations || isRooms { return snapshot }
            }
            return nil
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(snapshots: snapshots.makeAsyncIterator())
    }
}
