package import FoundationEssentials
package import Homes

/// All that is to be shown, at one moment: the screen, the metrics and the web pages read the same.
package struct Snapshot: Sendable {
    package var token: TokenStatus
    package var data: DataStatus
    /// Rooms and thermostats; `nil` where they are not asked for.
    package var energy: EnergyReadings?
    /// What happened, oldest first.
    package var events: [Event]
    /// How many older events there were, so that an event has a number that stays.
    package var forgottenEvents: Int
    package var exporter: ExporterStatus
    /// The sign-in that is under way, or the last one.
    package var signIn: SignInStatus
    /// When `/metrics` was last scraped, to the second: not each of many scrapes is told.
    package var lastScrape: Date?
    /// Where a front end has all this from.
    package var connection: EngineConnection

    /// Creates a snapshot; without arguments, the one before anything happened.
    package init(
        token: TokenStatus = TokenStatus(), data: DataStatus = DataStatus(), energy: EnergyReadings? = nil, events: [Event] = [],
        forgottenEvents: Int = 0, exporter: ExporterStatus = .starting, signIn: SignInStatus = .idle, lastScrape: Date? = nil,
        connection: EngineConnection = .inProcess
    ) {
        self.token = token
        self.data = data
        self.energy = energy
        self.events = events
        self.forgottenEvents = forgottenEvents
        self.exporter = exporter
        self.signIn = signIn
        self.lastScrape = lastScrape
        self.connection = connection
    }

    /// The weather stations, and behind them the rooms and boilers of NetAtmo Energy as stations: all that there is to show.
    package var shownStations: [Station] {
        guard let rooms = energy?.roomStations, !rooms.isEmpty else { return data.stations }
        return data.stations + rooms
    }

    /// How many events there were so far.
    package var eventCount: Int { forgottenEvents + events.count }
}

/// Whether the exporter can be reached.
package enum ExporterStatus: Sendable, Hashable {
    case starting
    /// It answers under that port of the listen address.
    case listening(address: String, port: Int)

    /// The port where none is asked for: netatmo-exporter's.
    package static let defaultPort = 9210

    /// The port that it answers under, or will as far as is known.
    package var port: Int {
        if case .listening(_, let port) = self { port } else { Self.defaultPort }
    }
}

/// How far a sign-in is.
package enum SignInStatus: Sendable, Hashable {
    case idle
    /// The address was given out; no browser opened it yet.
    case offered(expires: Date)
    /// A browser was sent to NetAtmo.
    case waitingForNetatmo(since: Date)
    /// NetAtmo's answer, or a pasted token, is being exchanged for a pair of tokens.
    case exchanging
    /// Done: the token works until then.
    case succeeded(until: Date)
    /// It failed; what the reason is, and what to do.
    case failed(reason: String)
}
