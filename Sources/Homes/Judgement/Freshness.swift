package import FoundationEssentials
import OperatingSystem

/// Which readings are fresh at a time, and until when that stays so: for texts that are kept.
///
/// Readings are stale when they are older than the stale age, and when they have no time. `/metrics` leaves the readings of a stale
/// device out, as its contract has it; the screen and the JSON mark them.
package struct Freshness: Sendable, Hashable {
    private let now: Date
    /// In seconds.
    private let staleAge: TimeInterval

    package init(at now: Date, staleAge: Duration) {
        self.now = now
        self.staleAge = staleAge / .seconds(1)
    }

    /// Whether something of a time is not too old: one that is exactly as old as it may be is fresh.
    package func isFresh(_ time: Date) -> Bool {
        now.timeIntervalSince(time) <= staleAge
    }

    /// Whether a device measured, and not longer ago than the age allows.
    package func isFresh(_ device: Device) -> Bool {
        device.readings?.time.map(isFresh) ?? false
    }

    /// Whether a device's readings are too old, have no time, or are not there at all.
    package func isStale(_ device: Device) -> Bool {
        !isFresh(device)
    }

    /// From now on until the next device turns stale. It begins now, since a clock that is set back makes stale devices fresh again.
    package func validity(for stations: [Station]) -> Range<Date> {
        let oldest = stations.lazy.flatMap(\.devices).filter(isFresh).compactMap { $0.readings?.time }.min()
        // Not at the very moment: an age that is just reached is not yet stale.
        let end = oldest?.addingTimeInterval(staleAge + 0.001) ?? .afterAnyClock
        return now..<max(end, now.addingTimeInterval(0.001))
    }
}
