package import FoundationEssentials
package import Homes

/// All that `/api/status` says: a snapshot, when it was said, and by which engine. Made here, or read from another process's
/// exporter.
///
/// Neither holds a secret, since a snapshot holds none. Its JSON is described in Documentation/status-json.md.
package struct StatusReport: Sendable {
    package let now: Date
    /// When `/metrics` was last read.
    package let lastScrape: Date?
    package let settings: StatusSettings
    package let snapshot: Snapshot

    /// The version of the JSON's shape.
    package static let currentVersion = 2

    package init(_ snapshot: Snapshot, at now: Date, lastScrape: Date? = nil, settings: StatusSettings) {
        self.snapshot = snapshot
        self.now = now
        self.lastScrape = lastScrape
        self.settings = settings
    }

    /// Says which readings were fresh at that time.
    package var freshness: Freshness { Freshness(at: now, staleAge: settings.staleAge) }

    /// What the readings are told in beside NetAtmo's units.
    package var units: Units { snapshot.data.preferences ?? .metric }

    /// Reads the body of an answer.
    ///
    /// - Throws: ``StatusReportError`` for what is no such document, also of a hostile sender.
    package init(json: [UInt8]) throws(StatusReportError) {
        // JSON writes control characters another way, and a terminal would obey them.
        let blanks: Set<UInt8> = [0x09, 0x0A, 0x0D]
        guard json.allSatisfy({ $0 >= 0x20 || blanks.contains($0) }) else { throw .notAStatus }
        let decoder = JSONDecoder.status()
        let data = Data(json)
        // First, since another version may have another shape.
        guard let version = try? decoder.decode(Version.self, from: data).version else { throw .notAStatus }
        guard version == Self.currentVersion else { throw .otherVersion(version) }
        guard let report = try? decoder.decode(StatusReport.self, from: data) else { throw .notAStatus }
        self = report
    }

    /// The text as `/api/status` gives it, with a line break at its end.
    package func json() throws -> [UInt8] {
        try JSONEncoder.status().encode(self) + [UInt8(ascii: "\n")]
    }

    private struct Version: Decodable {
        let version: Int
    }
}

/// What the status says that never changes while the program runs.
package struct StatusSettings: Sendable {
    package let build: BuildInformation
    package let refreshInterval: Duration
    /// Readings older than this are stale.
    package let staleAge: Duration

    package init(build: BuildInformation, refreshInterval: Duration, staleAge: Duration) {
        self.build = build
        self.refreshInterval = refreshInterval
        self.staleAge = staleAge
    }
}

/// Why an answer can't be read as a status.
package enum StatusReportError: Error, Sendable, Hashable, CustomStringConvertible {
    case notAStatus
    case otherVersion(Int)

    package var description: String {
        switch self {
        case .notAStatus: "no status of netatmo-dashboard"
        case .otherVersion(let version):
            "a status of version \(version), which this release can't read (it reads version \(StatusReport.currentVersion))"
        }
    }
}
