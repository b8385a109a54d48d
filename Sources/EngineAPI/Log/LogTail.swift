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

    /// The tail of a log whose older lines are not known.
    ///
    /// - Parameter first: The number of the line that comes next.
    package init(startingAt first: Int, file: LogFileStatus) {
        forgotten = first
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

    /// The lines from a number on, counted from the first line there ever was; those that are forgotten are left out.
    package func lines(from number: Int) -> ArraySlice<LogLine> {
        lines[min(max(0, number - forgotten), lines.count)...]
    }

    /// The number of the line that comes next.
    package var end: Int { forgotten + lines.count }
}

/// Whether the log's lines reach a file.
package enum LogFileStatus: Sendable, Hashable, Codable {
    case none
    case writing(path: String)
    /// They can't be written; it is tried again.
    case failing(path: String, reason: String)
}
