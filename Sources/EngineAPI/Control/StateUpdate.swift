package import FoundationEssentials
package import Homes

/// A line of `GET /v1/state`: all parts in the first one, then those that changed.
package struct StateUpdate: Sendable {
    /// When it was written, which the token's state is told at.
    package let now: Date
    /// Which engine this is, and by which version of the protocol it speaks; in the first line alone.
    package var engine: EngineDescription?
    package var token: TokenStatus?
    /// All but the stations.
    package var data: DataStatus?
    package var stations: [ToldStation]?
    /// The devices' numbers; see ``ToldStations/numbers``.
    package var readings: [Double]?
    /// How Energy's fetch went; all but the homes. An engine that is not asked for Energy tells none.
    package var energy: EnergyReadings?
    /// The homes of Energy, whole.
    package var homes: [EnergyHome]?
    package var events: NewEvents?
    package var exporter: ExporterPart?
    package var signIn: SignInStatus?
    package var log: NewLines?

    package init(at now: Date) {
        self.now = now
    }

    /// Events that the reader does not have yet.
    package struct NewEvents: Sendable, Hashable {
        /// The number of the first of them, counted from the first event there ever was.
        package let from: Int
        package let events: [Event]

        package init(from: Int, events: [Event]) {
            self.from = from
            self.events = events
        }
    }

    /// Where the exporter answers, and when it was last scraped.
    package struct ExporterPart: Sendable, Hashable {
        package let status: ExporterStatus
        package let lastScrape: Date?

        package init(status: ExporterStatus, lastScrape: Date?) {
            self.status = status
            self.lastScrape = lastScrape
        }
    }

    /// Lines of the log that the reader does not have yet.
    package struct NewLines: Sendable, Hashable {
        /// The number of the first of them, counted from the first line there ever was.
        package let from: Int
        package let lines: [LogLine]
        package let file: LogFileStatus

        package init(from: Int, lines: [LogLine], file: LogFileStatus) {
            self.from = from
            self.lines = lines
            self.file = file
        }
    }
}

extension StateUpdate {
    /// Whether it has nothing to say.
    package var isEmpty: Bool {
        engine == nil && token == nil && data == nil && stations == nil && readings == nil && energy == nil && homes == nil && events == nil
            && exporter == nil && signIn == nil && log == nil
    }
}
