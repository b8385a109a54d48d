package import FoundationEssentials
import TerminalUI

/// One line of the log.
package struct LogLine: Sendable, Hashable {
    /// How much a line matters, under netatmo-exporter's names.
    package enum Level: String, Sendable, Hashable, CaseIterable {
        /// Each step.
        case trace
        /// What helps to find a fault.
        case debug
        /// What is to be expected.
        case info
        /// Something to look at.
        case warning
        /// Something failed.
        case error
        /// Nothing works from here on.
        case fatal
    }

    /// When it happened.
    package let time: Date
    /// How much it matters.
    package let level: Level
    /// What happened and what comes next: one line without control characters, of at most ``longestMessage`` characters.
    package let message: String

    /// How many characters of a message are kept.
    package static let longestMessage = 1000

    /// Creates a line. A message of several lines becomes one, what could command a terminal is replaced, the rest is cut off.
    /// The marks that say so are ASCII: a line is written before it is known who reads it.
    package init(time: Date, level: Level, message: String) {
        self.time = time
        self.level = level
        let clean = sanitised(String(message.prefix(Self.longestMessage + 1)), symbols: .ascii)
        self.message = clean.count > Self.longestMessage ? clean.prefix(Self.longestMessage - 3) + "..." : clean
    }
}
