package import FoundationEssentials
package import Homes
import OperatingSystem

/// What `/api/status` says of the exporter itself: everything but `stations`, which ``StatusPage`` keeps encoded.
///
/// The keys are a contract, described in the README. A change that breaks a reader needs another ``version``. No member can
/// hold a secret, since a snapshot holds none.
package struct StatusDocument: Codable, Sendable {
    /// The version of the document's shape.
    package let version: Int
    package let now: String
    package let build: BuildInformation
    package let exporter: ExporterPart
    package let token: TokenPart
    package let signIn: SignInPart
    package let data: DataPart
    /// Oldest first.
    package let history: [EventPart]

    /// What ``version`` is now.
    package static let currentVersion = 2

    /// - Parameters:
    ///   - snapshot: What there is to say.
    ///   - now: The time at which it is said.
    ///   - lastScrape: When `/metrics` was last read.
    ///   - settings: What does not change.
    package init(_ snapshot: Snapshot, at now: Date, lastScrape: Date?, settings: StatusSettings) {
        version = Self.currentVersion
        self.now = RFC3339.text(now)
        build = settings.build
        exporter = ExporterPart(snapshot.exporter, lastScrape: lastScrape)
        token = TokenPart(snapshot.token, at: now)
        signIn = SignInPart(snapshot.signIn)
        data = DataPart(snapshot.data, settings: settings)
        history = snapshot.events.map(EventPart.init)
    }
}

/// What the status says that never changes while the program runs.
package struct StatusSettings: Sendable {
    /// The program that runs.
    package let build: BuildInformation
    /// How often the readings are fetched.
    package let refreshInterval: Duration
    /// Readings older than this are stale.
    package let staleAge: Duration

    /// Creates settings.
    package init(build: BuildInformation, refreshInterval: Duration, staleAge: Duration) {
        self.build = build
        self.refreshInterval = refreshInterval
        self.staleAge = staleAge
    }
}

extension StatusDocument {
    /// The HTTP server.
    package struct ExporterPart: Codable, Sendable {
        @Nullable package var address: String?
        @Nullable package var lastScrape: String?

        package init(_ status: ExporterStatus, lastScrape: Date?) {
            if case .listening(let address, _) = status { self.address = address } else { address = nil }
            self.lastScrape = lastScrape.map(RFC3339.text)
        }
    }

    /// The fetching of the readings.
    package struct DataPart: Codable, Sendable {
        package let isUp: Bool
        package let isFetching: Bool
        @Nullable package var fetchedAt: String?
        @Nullable package var nextFetch: String?
        package let refreshIntervalSeconds: Double
        package let staleAfterSeconds: Double
        @Nullable package var preferredUnits: UnitsPart?
        @Nullable package var lastAttempt: AttemptPart?

        package init(_ data: DataStatus, settings: StatusSettings) {
            isUp = data.isUp
            isFetching = data.isFetching
            fetchedAt = data.fetchedAt.map(RFC3339.text)
            nextFetch = data.nextFetch.map(RFC3339.text)
            refreshIntervalSeconds = settings.refreshInterval / .seconds(1)
            staleAfterSeconds = settings.staleAge / .seconds(1)
            preferredUnits = data.preferences.map(UnitsPart.init)
            lastAttempt = data.lastAttempt.map(AttemptPart.init)
        }
    }

    /// One try to fetch the readings.
    package struct AttemptPart: Codable, Sendable {
        package let time: String
        package let durationSeconds: Double
        @Nullable package var error: ErrorPart?

        package init(_ attempt: DataStatus.Attempt) {
            time = RFC3339.text(attempt.time)
            // In whole microseconds: a duration of two clock readings has noise behind them.
            durationSeconds = (attempt.duration / .microseconds(1)).rounded() / 1_000_000
            error = attempt.error.map(ErrorPart.init)
        }
    }

    /// Something that happened.
    package struct EventPart: Codable, Sendable {
        package let time: String
        package let subject: String
        package let outcome: String
        package let severity: String
        package let detail: String

        package init(_ event: Event) {
            time = RFC3339.text(event.time)
            subject = event.subject.rawValue
            outcome = event.outcome
            severity =
                switch event.severity {
                case .good: "good"
                case .neutral: "neutral"
                case .warning: "warning"
                case .bad: "bad"
                }
            // Without the path of the token file, which is no business of the network's.
            detail = event.detail(clock: RFC3339.text, describe: \.reason)
        }
    }

    /// A failure: a word for programs, a line for people.
    package struct ErrorPart: Codable, Sendable {
        package let kind: String
        package let text: String
    }
}

extension StatusDocument.ErrorPart {
    package init(_ error: NetatmoError) {
        self.init(kind: error.kind.rawValue, text: "\(error)")
    }

    package init(_ error: TokenFileError) {
        self.init(kind: "file", text: "\(error.reason); \(error.remedy)")
    }
}
