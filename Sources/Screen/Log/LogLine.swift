package import FoundationEssentials
import TerminalUI

/// One line of the log.
package struct LogLine: Sendable, Hashable {
    /// How much a line matters, under netatmo-exporter's names.
    package enum Level: String, Sendable, Hashable, CaseIterable {
        case trace, debug, info, warning, error, fatal
    }

    package let time: Date
    package let level: Level
    /// What happened and what comes next: one line without control characters, of at most ``longestMessage`` characters.
    package let message: String

    /// How many characters of a message are kept.
    package static let longestMessage = 1000

    /// A message of several lines becomes one, what could command a terminal is replaced, the rest is cut off.
    /// The marks that say so are ASCII: a line is written before it is known who reads it.
    package init(time: Date, level: Level, message: String) {
        self.time = time
        self.level = level
        let clean = sanitised(String(message.prefix(Self.longestMessage + 1)), symbols: .ascii)
        self.message = clean.count > Self.longestMessage ? clean.prefix(Self.longestMessage - 3) + "..." : clean
    }
}
