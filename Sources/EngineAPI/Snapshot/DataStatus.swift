package import FoundationEssentials
package import Homes

/// The latest readings, and how the last try to get them went.
package struct DataStatus: Sendable, Hashable {
    /// One try to fetch the readings.
    package struct Attempt: Sendable, Hashable {
        /// When it began.
        package let time: Date
        package let duration: Duration
        package let error: NetatmoError?

        package init(time: Date, duration: Duration, error: NetatmoError?) {
            self.time = time
            self.duration = duration
            self.error = error
        }
    }

    /// The stations of the last successful fetch.
    package var stations: [Station]
    /// The units that the account's user prefers to see, as far as NetAtmo said.
    package var preferences: Units?
    package var fetchedAt: Date?
    package var lastAttempt: Attempt?
    /// When the next fetch comes by itself; `nil` where it waits for a token.
    package var nextFetch: Date?
    package var isFetching: Bool

    /// Creates a status; without arguments, the one before the first fetch.
    package init(
        stations: [Station] = [], preferences: Units? = nil, fetchedAt: Date? = nil, lastAttempt: Attempt? = nil, nextFetch: Date? = nil,
        isFetching: Bool = false
    ) {
        self.stations = stations
        self.preferences = preferences
        self.fetchedAt = fetchedAt
        self.lastAttempt = lastAttempt
        self.nextFetch = nextFetch
        self.isFetching = isFetching
    }

    /// Whether the last try succeeded.
    package var isUp: Bool {
        lastAttempt.map { $0.error == nil } ?? false
    }
}
