import Foundation
import TestSupport
import Testing

@testable import EngineAPI

@Suite("A line of the log, of this process or another one")
struct LogLineTests {
    private func told(_ message: String) throws -> LogLine {
        let json = try JSONEncoder().encode(message)
        let text = #"{"time":"2026-11-23T17:18:05Z","level":"warning","message":\#(String(decoding: json, as: UTF8.self))}"#
        return try JSONDecoder.status().decode(LogLine.self, from: Data(text.utf8))
    }

    @Test(
        "has nothing in it that commands a terminal or makes two lines of it",
        arguments: [
            ("plain, with blanks and Ærlig 東京", "plain, with blanks and Ærlig 東京"), ("", ""), ("a\nb\r\nc\td", "a b  c d"),
            ("\u{1B}[2J\u{7}\u{9B}31m", "?[2J??31m"), ("a\u{202E}b", "a?b"), ("a\u{2028}b", "a b"), ("\u{0}", "?"),
        ])
    func harmless(message: String, expected: String) throws {
        #expect(try told(message).message == expected)
        #expect(LogLine(time: SampleStations.now, level: .warning, message: message) == (try told(message)))
    }

    @Test("is cut off where it is too long, which it says")
    func length() throws {
        let longest = String(repeating: "é", count: LogLine.longestMessage)
        #expect(try told(longest).message == longest)
        let cut = try told(longest + "x").message
        #expect(cut.count == LogLine.longestMessage && cut.hasSuffix("é..."))
        #expect(try told(String(repeating: "\u{1B}", count: 1 << 20)).message.count == LogLine.longestMessage)
    }

    @Test("is the same once it was told, and refused with a level that there is not")
    func again() throws {
        for level in LogLine.Level.allCases {
            let line = LogLine(time: SampleStations.now(-0.25), level: level, message: "what \"it\" says")
            #expect(try JSONDecoder.status().decode(LogLine.self, from: JSONEncoder.complete().encode(line)) == line)
        }
        let text = #"{"time":"2026-11-23T17:18:05Z","level":"grave","message":"x"}"#
        #expect(throws: DecodingError.self) { try JSONDecoder.status().decode(LogLine.self, from: Data(text.utf8)) }
    }
}
