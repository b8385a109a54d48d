import Foundation
import Testing
import TestSupport

/// `netatmo-dashboard serve` on a simulator of its own, signed in and with the first readings there.
final class ServedReadings {
    let simulator: Simulator
    let port: Int
    private let process: ChildProcess
    private let folder: TemporaryFolder

    /// - Parameters:
    ///   - simulated: More options of the simulator.
    ///   - options: More options of the exporter.
    init(simulated: [String] = [], options: [String] = []) async throws {
        folder = try TemporaryFolder()
        simulator = try await Simulator(simulated)
        let tokenFile = folder.path("token.json")
        try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
        process = try ChildProcess(["serve"] + simulator.options(tokenFile: tokenFile) + options, environment: Simulator.environment)
        port = try await until("the exporter to listen") { [process] in
            process.errors.firstMatch(of: /exporter started: 127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) }
        }
        _ = try await until("the readings") { [process] in process.errors.contains("data ok") ? true : nil }
        guard options.contains("--energy") else { return }
        // NetAtmo's spacing of requests puts ten seconds between the stations and the second home.
        _ = try await until("the rooms of all homes", within: .seconds(60)) { [process] in process.errors.contains("energy ok") ? true : nil
        }
    }

    /// What it has logged so far.
    var errors: String { process.errors }

    /// The number of samples on the OpenMetrics page, by Python's parser, which is strict about the format.
    func openMetricsSamples() async throws -> Int? {
        let answer = try await HTTP.get("http://127.0.0.1:\(port)/metrics", accept: "application/openmetrics-text; version=1.0.0")
        #expect(answer.status == 200)
        #expect(answer.contentType?.hasPrefix("application/openmetrics-text") == true, "\(answer.contentType ?? "none")")
        let file = folder.path("openmetrics")
        try answer.body.write(toFile: file, atomically: false, encoding: .utf8)
        let script = """
            import sys
            from prometheus_client.openmetrics.parser import text_string_to_metric_families
            families = list(text_string_to_metric_families(sys.stdin.read()))
            print(sum(len(family.samples) for family in families))
            """
        let python = try ChildProcess(executable: "/usr/bin/python3", ["-c", script], input: file)
        #expect(try await python.exitCode() == 0, "\(python.errors)")
        return Int(python.output.split(separator: "\n").first ?? "")
    }

    /// What `promtool check metrics` says of the page, line by line.
    func promtoolRemarks() async throws -> [String] {
        let file = folder.path("metrics")
        try await metrics().text.write(toFile: file, atomically: false, encoding: .utf8)
        let promtool = try ChildProcess(executable: "promtool", ["check", "metrics"], input: file)
        _ = try await promtool.exitCode()
        return (promtool.output + promtool.errors).split(separator: "\n").map(String.init)
    }

    /// The page that Prometheus scrapes, in its text format.
    func metrics() async throws -> MetricsText {
        MetricsText(try await HTTP.get("http://127.0.0.1:\(port)/metrics").body)
    }
}
