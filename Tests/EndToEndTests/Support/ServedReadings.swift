import Foundation

/// `netatmo-dashboard serve` on a simulator of its own, signed in and with the first readings there.
final class ServedReadings {
    let simulator: Simulator
    let port: Int
    private let process: ChildProcess
    private let folder: TemporaryFolder

    init() async throws {
        folder = try TemporaryFolder()
        simulator = try await Simulator()
        let tokenFile = folder.path("token.json")
        try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
        process = try ChildProcess(["serve"] + simulator.options(tokenFile: tokenFile), environment: Simulator.environment)
        port = try await until("the exporter to listen") { [process] in
            process.errors.firstMatch(of: /exporter started: 127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) }
        }
        _ = try await until("the readings") { [process] in process.errors.contains("data ok") ? true : nil }
    }

    /// The page that Prometheus scrapes, in its text format.
    func metrics() async throws -> MetricsText {
        MetricsText(try await HTTP.get("http://127.0.0.1:\(port)/metrics").body)
    }
}
