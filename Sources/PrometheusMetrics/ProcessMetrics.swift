import FoundationEssentials
import Glibc
import OperatingSystem
import Synchronization

/// The series about this process that Prometheus's client libraries serve, read from `/proc/self` at most once a second.
final class ProcessMetrics: Sendable {
    private typealias Values = [(name: String, kind: MetricsEncoder.Kind, help: String, value: Double)]

    private let last = Mutex<(time: Date, values: Values)>((.distantPast, []))

    func write(to encoder: inout MetricsEncoder, at now: Date) {
        let values = last.withLock { last in
            if abs(now.timeIntervalSince(last.time)) >= 1 { last = (now, Self.values()) }
            return last.values
        }
        for (name, kind, help, value) in values { encoder.single(name, kind, help: help, value) }
    }

    private static func values() -> Values {
        // proc(5): the fields behind the command's name, which may itself hold blanks and parentheses.
        let fields = contents(of: "/proc/self/stat").split(separator: ")").last?.split(separator: " ").map { Double($0) ?? 0 } ?? []
        guard fields.count > 21 else { return [] }
        let ticks = Double(max(sysconf(Int32(_SC_CLK_TCK)), 1))
        return [
            ("process_cpu_seconds_total", .counter, "Total user and system CPU time spent in seconds.", (fields[11] + fields[12]) / ticks),
            ("process_max_fds", .gauge, "Maximum number of open file descriptors.", openFileLimit()),
            ("process_open_fds", .gauge, "Number of open file descriptors.", openFiles()),
            ("process_resident_memory_bytes", .gauge, "Resident memory size in bytes.", fields[21] * Double(getpagesize())),
            ("process_start_time_seconds", .gauge, "Start time of the process since unix epoch in seconds.", bootTime + fields[19] / ticks),
            ("process_virtual_memory_bytes", .gauge, "Virtual memory size in bytes.", fields[20]),
        ]
    }

    /// When the machine started, in seconds since 1970.
    private static let bootTime: Double = {
        let line = contents(of: "/proc/stat").split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Double($0.dropFirst(6)) } ?? 0
    }()

    private static func openFiles() -> Double {
        guard let directory = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(directory) }
        var count = 0
        while readdir(directory) != nil { count += 1 }
        // Neither `.` and `..` nor the directory itself count.
        return Double(max(count - 3, 0))
    }

    private static func openFileLimit() -> Double {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        return Double(limit.rlim_cur)
    }

    private static func contents(of path: String) -> String {
        // /proc/stat has a line a processor.
        let bytes = try? LocalFileSystem().contents(of: path, limit: 1 << 20)
        return String(decoding: bytes ?? [], as: UTF8.self)
    }
}
