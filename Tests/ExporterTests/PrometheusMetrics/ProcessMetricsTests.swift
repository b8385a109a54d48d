import Foundation
import Glibc
import TestSupport
import Testing

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

    @Test("The CPU seconds are those of the program and those of the system on its behalf")
    func cpuSeconds() throws {
        // Calls that cost the system more than the program.
        let descriptor = open("/dev/zero", O_RDONLY)
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        while Self.used().system < 0.2 { _ = read(descriptor, &bytes, bytes.count) }
        let before = Self.used()
        let sample = try #require(MetricsBench().samples("process_cpu_seconds_total ").first)
        let value = try #require(sample.split(separator: " ").last.flatMap { Double($0) })
        let after = Self.used()
        // The kernel splits the sum anew at each look, and counts in hundredths.
        #expect((before.user + before.system - 0.03...after.user + after.system + 0.03).contains(value), "\(value), \(before), \(after)")
    }

    private static func used() -> (user: Double, system: Double) {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return (seconds(usage.ru_utime), seconds(usage.ru_stime))
    }

    @Test("The start is before now and not before the machine's")
    func start() throws {
        let sample = try #require(MetricsBench().samples("process_start_time_seconds ").first)
        let start = try #require(sample.split(separator: " ").last.flatMap { Double($0) })
        #expect(start <= Date().timeIntervalSince1970 + 1)
    }
}
