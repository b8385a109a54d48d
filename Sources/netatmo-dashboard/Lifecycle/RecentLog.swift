import Logging
import Synchronization

/// Keeps the latest log lines in memory while the dashboard has the screen, where a line on standard error would paint over it.
final class RecentLog: Sendable {
    private let lines = Mutex<[String]>([])

    /// How many lines are kept.
    private static let capacity = 200

    /// A logger that writes here.
    func logger(label: String, level: Logger.Level) -> Logger {
        var logger = Logger(label: label) { _ in Handler(log: self) }
        logger.logLevel = level
        return logger
    }

    /// The lines, oldest first; they are forgotten here.
    func takeAll() -> [String] {
        lines.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }

    private func add(_ line: String) {
        lines.withLock { lines in
            if lines.count >= Self.capacity { lines.removeFirst() }
            lines.append(line)
        }
    }

    private struct Handler: LogHandler {
        let log: RecentLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.add("\(event.level): \(event.message)")
        }
    }
}
