package import FoundationEssentials
package import Homes
import OperatingSystem

/// The rooms of NetAtmo Energy, and how the last try to get them went. By itself: a failure of the weather stations says nothing of them.
package struct EnergyReadings: Sendable, Hashable {
    /// The homes of the last answers, each with its own time.
    package var homes: [EnergyHome] = [] {
        didSet {
            roomStations = homes.compactMap(\.roomStation)
            // Read here, so that whoever draws finds their clocks at hand.
            for zone in homes.compactMap(\.timeZone) { _ = LocalTime.zone(zone) }
        }
    }
    /// The same rooms as stations, for whoever shows modules.
    package private(set) var roomStations: [Station] = []
    /// When the last try succeeded, or a part of it.
    package var fetchedAt: Date?
    package var lastAttempt: DataStatus.Attempt?
    /// When the next fetch comes by itself; `nil` where it waits for a token, or for one that allows it.
    package var nextFetch: Date?
    /// Whether the token does not allow it: it is of a sign-in before this was asked for.
    package var isRefused = false

    package init() {}

    /// Whether the last try succeeded.
    package var isUp: Bool { lastAttempt.map { $0.error == nil } ?? false }

    package var roomCount: Int { homes.reduce(0) { $0 + $1.rooms.count } }
}
