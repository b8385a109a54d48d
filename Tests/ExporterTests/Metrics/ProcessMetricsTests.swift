import Foundation
import Testing
import TestSupport

@testable import Exporter

@Suite("The process's own series")
struct ProcessMetricsTests {
    @Test(
        "They are there, and plausible",
        arguments: [
            ("process_cpu_seconds_total", 0.01...1e6), ("process_max_fds", 16...1e10), ("process_open_fds", 1...1e6),
            ("process_resident_memory_bytes", 1e6...1e11), ("process_start_time_seconds", 1e9...1e10),
            ("process_virtual_memory_bytes", 1e6...1e15),
        ]
    )
    func present(name: String, range: ClosedRange<Double>) throws {
        let samples = MetricsBench().samples("\(name) ")
        let value = try #require(samples.first?.split(separator: " ").last.flatMap { Double($0) })
        #expect(samples.count == 1)
        #expect(range.contains(value))
    }

    @Test("The start is before now and not before the machine's")
    func start() throws {
        let sample = try #require(MetricsBench().samples("process_start_time_seconds ").first)
        let start = try #require(sample.split(separator: " ").last.flatMap { Double($0) })
        #expect(start <= Date().timeIntervalSince1970 + 1)
    }
}
