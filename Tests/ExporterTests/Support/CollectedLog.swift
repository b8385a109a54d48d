import Logging
import Synchronization

/// The lines that were logged, of every level.
final class CollectedLog: Sendable {
    private let collected = Mutex<[String]>([])

    var lines: [String] {
        collected.withLock { $0 }
    }

    /// A logger at level trace that writes here.
    var logger: Logger {
        var logger = Logger(label: "test", factory: { _ in Handler(log: self) })
        logger.logLevel = .trace
        return logger
    }

    private func add(_ line: String) {
        collected.withLock { $0.append(line) }
    }

    private struct Handler: LogHandler {
        let log: CollectedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = self.metadata.merging(event.metadata ?? [:]) { $1 }
            log.add("\(event.level) \(event.message) \(metadata)")
        }
    }
}
