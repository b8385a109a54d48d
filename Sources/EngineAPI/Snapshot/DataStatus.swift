public import FoundationEssentials
public import Homes
public import Netatmo

/// The latest readings, and how the last try to get them went.
public struct DataStatus: Sendable, Hashable {
    /// One try to fetch the readings.
    public struct Attempt: Sendable, Hashable {
        /// When it began.
        public let time: Date
        /// How long it took.
        public let duration: Duration
        /// Why it failed; `nil` where it did not.
        public let error: NetatmoError?

        /// Creates an attempt.
        public init(time: Date, duration: Duration, error: NetatmoError?) {
            self.time = time
            self.duration = duration
            self.error = error
        }
    }

    /// The stations of the last successful fetch.
    public let stations: [Station]
    /// The units that the account's user prefers to see, as far as NetAtmo said.
    public let preferences: Units?
    /// When they were fetched.
    public let fetchedAt: Date?
    /// The last try.
    public let lastAttempt: Attempt?
    /// When the next fetch comes by itself; `nil` where it waits for a token.
    public let nextFetch: Date?
    /// Whether a fetch is under way.
    public let isFetching: Bool

    /// Creates a status; without arguments, the one before the first fetch.
    public init(
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
    public var isUp: Bool {
        lastAttempt.map { $0.error == nil } ?? false
    }
}
