/// The latest lines of the log, and where all of them go.
package struct LogTail: Sendable, Hashable {
    /// How many lines are kept.
    package static let capacity = 1000

    /// The lines, oldest first.
    package private(set) var lines: [LogLine] = []
    /// How many older lines there were, so that a line has a number that stays.
    package private(set) var forgotten = 0
    /// The file that they go to.
    package var file: LogFileStatus

    /// An empty log.
    package init(file: LogFileStatus = .none) {
        self.file = file
    }

    /// Adds a line; the oldest one goes where there are too many.
    package mutating func append(_ line: LogLine) {
        if lines.count >= Self.capacity {
            lines.removeFirst()
            forgotten += 1
        }
        lines.append(line)
    }
}

/// Whether the log's lines reach a file.
package enum LogFileStatus: Sendable, Hashable {
    /// There is no file.
    case none
    /// They are written there.
    case writing(path: String)
    /// They can't be written; it is tried again.
    case failing(path: String, reason: String)
}
