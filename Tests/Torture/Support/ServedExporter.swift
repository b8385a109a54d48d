import EngineAPI
import FoundationEssentials
import TestSupport

/// An exporter as a child, and what can be seen of it from outside.
struct ServedExporter: Sendable {
    let process: SpawnedProcess

    /// - Parameter process: Any program that logs as `netatmo-dashboard serve` does.
    init(process: SpawnedProcess) {
        self.process = process
    }

    /// Starts `netatmo-dashboard serve`.
    /// - Parameters:
    ///   - program: The path of netatmo-dashboard.
    ///   - netatmo: What it asks.
    ///   - tokenFile: Its token file.
    ///   - user: The user to be in place of the one who runs this; needs root.
    init(program: String, netatmo: LocalNetatmo, tokenFile: String, user: UserID? = nil) throws {
        let command = [program, "serve", "--renew-expired", "--log-level", "debug"] + netatmo.options(tokenFile: tokenFile)
        process = try SpawnedProcess(
            (user?.prefix ?? []) + command, environment: BuiltProgram.environment(LocalNetatmo.environment)
        )
    }

    /// Its log.
    var log: [Substring] { process.errors.split(separator: "\n") }

    /// Where it listens, once it does.
    var url: String? {
        process.errors.firstMatch(of: /exporter started: (127\.0\.0\.1:\d+)/).map { "http://\($0.1)" }
    }

    /// What it says of its token; `nil` before it listens.
    func token(_ client: LocalClient) async throws -> TokenReport? {
        guard let url else { return nil }
        let answer = try await client.send("\(url)/api/status")
        return try JSONDecoder().decode(StatusReport.self, from: Data(answer.body.utf8)).token
    }

    /// The value of a series without labels; `nil` where there is none.
    func metric(_ name: String, _ client: LocalClient) async throws -> Double? {
        guard let url else { return nil }
        return try await client.send("\(url)/metrics").body.split(separator: "\n").first { $0.hasPrefix("\(name) ") }
            .flatMap { Double($0.dropFirst(name.count + 1)) }
    }

    /// How it ended and the last it said, for a failure.
    var lastWords: String {
        let end = process.end.map { "\($0)" } ?? "runs"
        return "\(end), last line of its log: \(log.last ?? "none")"
    }
}

/// What of `/api/status` tells how the token is.
struct TokenReport: Decodable, Sendable {
    struct Saving: Decodable, Sendable {
        let state: String
    }

    struct Renewal: Decodable, Sendable {
        struct Failure: Decodable, Sendable {
            let kind: String
        }

        let error: Failure?
    }

    let state: String
    let expiry: String?
    let saving: Saving
    let renewal: Renewal

    /// Whether NetAtmo refused the refresh token.
    var isRefused: Bool { state == "rejected" || renewal.error?.kind == "invalid_grant" }
}

private struct StatusReport: Decodable {
    let token: TokenReport
}

/// A user that a program can be run as, by who is root.
struct UserID: Sendable {
    let number: UInt32

    /// Debian's `nobody`.
    static let nobody = UserID(number: 65_534)

    /// What turns a command into that user's.
    var prefix: [String] { ["setpriv", "--reuid=\(number)", "--regid=\(number)", "--clear-groups"] }
}
