package import FoundationEssentials
import Homes
import OperatingSystem

/// All that `/api/status` says: made here, or read from another process's exporter.
///
/// Neither holds a secret: see ``StatusDocument``.
package struct StatusReport: Sendable {
    /// What is said of the exporter itself.
    package let document: StatusDocument
    /// The stations, in NetAtmo's order.
    package let stations: [StationStatus]

    /// - Parameters:
    ///   - snapshot: What there is to say.
    ///   - now: The time at which it is said.
    ///   - lastScrape: When `/metrics` was last read.
    ///   - settings: What does not change.
    package init(_ snapshot: Snapshot, at now: Date, lastScrape: Date? = nil, settings: StatusSettings) {
        let freshness = Freshness(at: now, staleAge: settings.staleAge)
        document = StatusDocument(snapshot, at: now, lastScrape: lastScrape, settings: settings)
        stations = snapshot.data.stations.map { StationStatus($0, freshness, units: snapshot.data.preferences ?? .metric) }
    }

    /// Reads the body of an answer.
    ///
    /// - Throws: ``StatusReportError`` for what is no such document, whoever sent it.
    package init(json: [UInt8]) throws(StatusReportError) {
        // JSON writes control characters another way, and a terminal would obey them.
        let blanks: Set<UInt8> = [0x09, 0x0A, 0x0D]
        guard json.allSatisfy({ $0 >= 0x20 || blanks.contains($0) }) else { throw .notAStatus }
        let decoder = JSONDecoder()
        let data = Data(json)
        // First, since another version may have another shape.
        guard let version = try? decoder.decode(Version.self, from: data).version else { throw .notAStatus }
        guard version == StatusDocument.currentVersion else { throw .otherVersion(version) }
        guard let report = try? decoder.decode(StatusReport.self, from: data) else { throw .notAStatus }
        self = report
    }

    /// The text as `/api/status` gives it, with a line break at its end.
    ///
    /// - Throws: What the encoder throws.
    package func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + [UInt8(ascii: "\n")]
    }

    private struct Version: Decodable {
        let version: Int
    }
}

/// Why an answer can't be read as a status.
package enum StatusReportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// It is none.
    case notAStatus
    /// It is that of another release.
    case otherVersion(Int)

    /// One line for the user.
    package var description: String {
        switch self {
        case .notAStatus: "no status of netatmo-dashboard"
        case .otherVersion(let version):
            "a status of version \(version), which this release can't read (it reads version \(StatusDocument.currentVersion))"
        }
    }
}

extension StatusReport: Codable {
    private enum Key: CodingKey {
        case stations
    }

    /// Reads the one object that it is in JSON.
    package init(from decoder: any Decoder) throws {
        document = try StatusDocument(from: decoder)
        stations = try decoder.container(keyedBy: Key.self).decode([StationStatus].self, forKey: .stations)
    }

    /// Writes one object, with the stations as one of its members.
    package func encode(to encoder: any Encoder) throws {
        try document.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(stations, forKey: .stations)
    }
}
