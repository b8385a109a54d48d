package import FoundationEssentials
import OperatingSystem

/// Which engine it is that a front end shows.
package struct EngineDescription: Sendable, Hashable, Codable {
    /// The command that runs it, such as `serve`.
    package let command: String
    package let processID: Int32
    package let build: BuildInformation
    /// Readings older than this, in seconds, are stale.
    package let staleAfterSeconds: Double
    /// How often it fetches the readings, in seconds.
    package let refreshIntervalSeconds: Double
    /// Where it keeps the token.
    package let tokenFile: String

    package init(
        command: String, processID: Int32, build: BuildInformation, staleAge: Duration, refreshInterval: Duration, tokenFile: String
    ) {
        self.command = command
        self.processID = processID
        self.build = build
        staleAfterSeconds = staleAge / .seconds(1)
        refreshIntervalSeconds = refreshInterval / .seconds(1)
        self.tokenFile = tokenFile
    }

    /// For a line: `serve, pid 812`.
    package var name: String { "\(shortName), pid \(processID)" }

    package var shortName: String { command.harmlessLine(limit: 20) }

    package var staleAge: Duration { Self.duration(staleAfterSeconds) }
    package var refreshInterval: Duration { Self.duration(refreshIntervalSeconds) }

    /// `Duration` ends the program at one that it can't hold.
    private static func duration(_ seconds: Double) -> Duration {
        .seconds(min(max(0, seconds), 1e11))
    }
}

/// How a front end is connected to what it shows.
package enum EngineConnection: Sendable, Hashable {
    /// The engine runs in the front end's own process.
    case inProcess
    case attached(EngineDescription)
    /// The engine's process is gone, or does not answer; it is tried again by itself.
    case lost(EngineDescription, since: Date, EngineConnectionError)

    /// The engine, where it is in another process.
    package var engine: EngineDescription? {
        switch self {
        case .inProcess: nil
        case .attached(let engine), .lost(let engine, _, _): engine
        }
    }
}
