package import FoundationEssentials
import OperatingSystem

/// One line of the log.
package struct LogLine: Sendable, Hashable {
    /// How much a line matters, under netatmo-exporter's names.
    package enum Level: String, Sendable, Hashable, CaseIterable, Codable {
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
        let clean = String(String.UnicodeScalarView(message.prefix(Self.longestMessage + 1).unicodeScalars.map(Self.shown)))
        self.message = clean.count > Self.longestMessage ? clean.prefix(Self.longestMessage - 3) + "..." : clean
    }

    private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard scalar.isHarmful else { return scalar }
        return scalar.properties.isWhitespace ? " " : "?"
    }
}

extension LogLine: Codable {
    private enum Key: String, CodingKey {
        case time, level, message
    }

    /// What another process says is made harmless as any other message.
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: Key.self)
        self.init(
            time: try json.decode(Date.self, forKey: .time), level: try json.decode(Level.self, forKey: .level),
            message: try json.decode(String.self, forKey: .message))
    }
}
