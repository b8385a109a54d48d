import Foundation
import TestSupport

/// A Prometheus with its data in a temporary folder, which scrapes each second.
final class Prometheus {
    /// A series and its value, as the query API gives them.
    struct Sample: Decodable {
        let metric: [String: String]
        let value: Double

        private enum CodingKeys: CodingKey { case metric, value }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            metric = try container.decode([String: String].self, forKey: .metric)
            var pair = try container.nestedUnkeyedContainer(forKey: .value)
            _ = try pair.decode(Double.self)
            value = Double(try pair.decode(String.self)) ?? .nan
        }

        /// The series as the exporter's page writes it.
        var series: String {
            let labels = metric.filter { !["__name__", "instance", "job"].contains($0.key) }.sorted { $0.key < $1.key }
                .map { "\($0.key)=\"\($0.value)\"" }
            return (metric["__name__"] ?? "") + (labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}")
        }
    }

    /// What Prometheus thinks of a target.
    struct Target: Decodable {
        let health: String
        let lastError: String
        let scrapePool: String
    }

    private struct Answer<Content: Decodable>: Decodable { let data: Content }
    private struct Result: Decodable { let result: [Sample] }
    private struct Targets: Decodable { let activeTargets: [Target] }

    private let process: ChildProcess
    private let folder: TemporaryFolder
    private let port: Int

    /// - Parameters:
    ///   - jobs: The port to scrape on this machine, by the name of the job.
    ///   - settings: More settings of a job, by its name, as members of a YAML object.
    ///   - data: Blocks to start on, however old they are.
    init(jobs: [String: Int], settings: [String: String] = [:], data: String? = nil) async throws {
        folder = try TemporaryFolder()
        let configuration = folder.path("prometheus.yml")
        let scrapes = jobs.map { job, port in
            "  - {job_name: \(job), static_configs: [{targets: ['127.0.0.1:\(port)']}]\(settings[job].map { ", \($0)" } ?? "")}\n"
        }.joined()
        try "global: {scrape_interval: 1s, scrape_timeout: 1s}\nscrape_configs:\n\(scrapes)"
            .write(toFile: configuration, atomically: false, encoding: .utf8)
        process = try ChildProcess(
            executable: "prometheus",
            [
                "--config.file=\(configuration)", "--storage.tsdb.path=\(data ?? folder.path("data"))", "--web.listen-address=127.0.0.1:0",
                "--storage.tsdb.retention.time=100y",
            ]
        )
        port = try await until("Prometheus to listen") { [process] in
            process.errors.firstMatch(of: /Listening on" address=127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) }
        }
    }

    /// Waits until a query has an answer that is not empty.
    ///
    /// - Parameter time: When it is asked of, in seconds since 1970; `nil` for now.
    func answer(to query: String, at time: Int? = nil, within limit: Duration = .seconds(20)) async throws -> [Sample] {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            let samples: Result? = try await get(
                "query?query=\(query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")\(time.map { "&time=\($0)" } ?? "")"
            )
            if let samples, !samples.result.isEmpty { return samples.result }
            try await Task.sleep(for: .milliseconds(200))
        }
        throw TimeLimitReached(description: "waited \(limit) for Prometheus to answer \(query)\n\(process.errors)")
    }

    /// What it scrapes, as it sees it now.
    func targets() async throws -> [Target] {
        let targets: Targets? = try await get("targets?state=active")
        return targets?.activeTargets ?? []
    }

    private func get<Content: Decodable>(_ path: String) async throws -> Content? {
        let answer = try await HTTP.get("http://127.0.0.1:\(port)/api/v1/\(path)")
        guard answer.status == 200 else { return nil }
        return try JSONDecoder().decode(Answer<Content>.self, from: Data(answer.body.utf8)).data
    }
}
