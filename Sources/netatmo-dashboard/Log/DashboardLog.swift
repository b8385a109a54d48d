import EngineAPI
import Dispatch
import FoundationEssentials
import Logging
import Screen
import OperatingSystem

/// The log while the dashboard has the screen, where a line on standard error would paint over it: the latest lines are kept
/// for the panel, and all go to a file.
struct DashboardLog: Sendable {
    private let book: LogBook
    private let writer: LogFileWriter?
    private let clock: any WallClock

    /// - Parameter file: Where all lines go; `nil` keeps the latest ones in memory alone.
    init(file: (any LogStorage)?, clock: any WallClock = SystemWallClock()) {
        let book = LogBook(LogTail(file: file.map { .writing(path: $0.path) } ?? .none))
        self.book = book
        self.clock = clock
        writer = file.map { file in
            LogFileWriter(storage: file, clock: clock) { status in
                book.update { tail in
                    tail.file = status
                    if let line = LogLine(status, time: clock.now) { tail.append(line) }
                }
            }
        }
    }

    func logger(label: String, level: Logger.Level) -> Logger {
        var logger = Logger(label: label) { _ in handler }
        logger.logLevel = level
        return logger
    }

    /// Takes the lines of a logger.
    var handler: any LogHandler { Handler(log: self) }

    /// The latest lines, and again each time there is one more.
    func tails() -> AsyncStream<LogTail> { book.tails() }

    /// The latest lines, oldest first.
    func latest(_ count: Int) -> [LogLine] { book.tail.lines.suffix(count) }

    /// Returns when all is in the file, or after `limit` where the disk hangs.
    func finish(within limit: DispatchTimeInterval = .seconds(2)) async {
        await writer?.finish(within: limit)
    }

    private func add(_ message: String, _ level: Logger.Level) {
        let line = LogLine(time: clock.now, level: LogLine.Level(level), message: message)
        book.update { $0.append(line) }
        writer?.add(line)
    }

    private struct Handler: LogHandler {
        let log: DashboardLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            // What our own lines have to say is in the message; those of the packages say in the metadata what they are about.
            let metadata = self.metadata.merging(event.metadata ?? [:]) { $1 }
            let details = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
            log.add("\(event.message)\(details)", event.level)
        }
    }
}

extension LogLine {
    /// What is said when the log's own file can no longer be written, or can again; in the panel alone.
    fileprivate init?(_ status: LogFileStatus, time: Date) {
        switch status {
        case .none:
            return nil
        case .writing(let path):
            self.init(time: time, level: .info, message: "log file \(path): written again")
        case .failing(let path, let reason):
            self.init(time: time, level: .warning, message: "log file \(path): \(reason); tried again after 30 s")
        }
    }
}

extension LogLine.Level {
    /// netatmo-exporter's name of a level.
    fileprivate init(_ level: Logger.Level) {
        switch level {
        case .trace: self = .trace
        case .debug: self = .debug
        case .info, .notice: self = .info
        case .warning: self = .warning
        case .error: self = .error
        case .critical: self = .fatal
        }
    }
}
