/// The latest lines of the log, and where all of them go.
package struct LogTail: Sendable, Hashable {
    package static let capacity = 1000

    /// Oldest first.
    package private(set) var lines: [LogLine] = []
    /// How many older lines there were, so that a line has a number that stays.
    package private(set) var forgotten = 0
    /// The file that they go to.
    package var file: LogFileStatus

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
    case none
    case writing(path: String)
    /// They can't be written; it is tried again.
    case failing(path: String, reason: String)
}
