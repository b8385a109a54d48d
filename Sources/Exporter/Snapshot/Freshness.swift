import FoundationEssentials
import Homes
import System

/// Which readings are fresh at a time, and until when that stays so: for texts that are kept.
struct Freshness: Sendable, Hashable {
    private let now: Date
    /// In seconds.
    private let staleAge: TimeInterval

    init(at now: Date, staleAge: Duration) {
        self.now = now
        self.staleAge = staleAge / .seconds(1)
    }

    /// Whether a device measured, and not longer ago than the age allows.
    func isFresh(_ device: Module) -> Bool {
        device.readings?.time.map { now.timeIntervalSince($0) <= staleAge } ?? false
    }

    /// From now on until the next device turns stale. Before that time too nothing is said, since by a clock that is set back
    /// stale devices are fresh again.
    func validity(for stations: [Station]) -> Range<Date> {
        let oldest = stations.lazy.flatMap(\.devices).filter(isFresh).compactMap { $0.readings?.time }.min()
        // Not at the very moment: an age that is just reached is not yet stale.
        let end = oldest?.addingTimeInterval(staleAge + 0.001) ?? .afterAnyClock
        return now..<max(end, now.addingTimeInterval(0.001))
    }
}
