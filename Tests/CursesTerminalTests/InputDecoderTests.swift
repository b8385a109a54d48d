import Testing
import TerminalUI

@testable import CursesTerminal

@Suite("Decoding of input")
struct InputDecoderTests {
    private func bytes(_ text: String) -> [RawInput] {
        text.utf8.map(RawInput.byte)
    }

    /// The events of several readings, with everything read between two of them.
    private func events(_ readings: [[RawInput]], timeIsUp: Bool = false) -> [InputEvent] {
        var decoder = InputDecoder()
        var events: [InputEvent] = []
        for reading in readings {
            for input in reading { events += decoder.decode(input) }
            events += decoder.endOfInput()
        }
        return timeIsUp ? events + decoder.timeIsUp() : events
    }

    @Test("A character that comes in pieces is one key")
    func piecesOfCharacter() {
        #expect(events([[.byte(0xE6)], [.byte(0x97)], [.byte(0xA5)]]) == [.key(.character("日"))])
    }

    @Test(
        "Bytes that are no UTF-8 are dropped",
        arguments: [[0xFF, 0x61], [0xC3, 0x61], [0x80, 0x61], [0xE6, 0x97, 0x61], [0xC0, 0x80, 0x61]])
    func invalid(bytes: [UInt8]) {
        #expect(events([bytes.map(RawInput.byte)]) == [.key(.character("a"))])
    }

    @Test("Esc alone is a key, before another key it is one too")
    func escape() {
        #expect(events([bytes("\u{1B}")]) == [.key(.escape)])
        #expect(events([bytes("\u{1B}q")]) == [.key(.escape), .key(.character("q"))])
        #expect(events([bytes("\u{1B}\u{1B}")]) == [.key(.escape), .key(.escape)])
        #expect(events([bytes("\u{1B}") + [.key(.up)]]) == [.key(.escape), .key(.up)])
    }

    @Test(
        "A sequence in pieces is one key, an unknown one none",
        arguments: [
            (["\u{1B}[", "A"], [InputEvent.key(.up)]), (["\u{1B}[1", "5~"], [.key(.function(5))]), (["\u{1B}O", "B"], [.key(.down)]),
            (["\u{1B}[1", "6~"], []), (["\u{1B}[1", "7~"], [.key(.function(6))]), (["\u{1B}[2", "1~"], [.key(.function(10))]),
            (["\u{1B}[2", "2~"], []), (["\u{1B}[2", "3~"], [.key(.function(11))]), (["\u{1B}[2", "4~"], [.key(.function(12))]),
            (["\u{1B}[2", "5~"], []), (["\u{1B}[1", "1~"], [.key(.function(1))]), (["\u{1B}[1", "0~"], []),
            (["\u{1B}[1;5C"], []), (["\u{1B}[1;", "2D"], [.key(.shiftLeft)]), (["\u{1B}[1;2C"], [.key(.shiftRight)]),
            (["\u{1B}[1;2A"], []), (["\u{1B}[", "d"], [.key(.shiftLeft)]), (["\u{1B}[c"], [.key(.shiftRight)]),
            (["\u{1B}[97;133u"], []), (["\u{1B}[[A"], []), (["\u{1B}[999999999999999999999~"], []),
            (["\u{1B}[", "\u{1B}[B"], [.key(.down)]),
        ])
    func sequences(texts: [String], expected: [InputEvent]) {
        #expect(events(texts.map(bytes)) == expected)
    }

    @Test("A paste whose markers come in pieces is one event")
    func pasteInPieces() {
        let readings = [bytes("\u{1B}[2"), bytes("00~ab"), bytes("c\u{1B}[20"), bytes("1~")]
        #expect(events(readings) == [.paste("abc")])
    }

    private static let click = MouseEvent(position: Point(column: 1, row: 2), kind: .press)

    @Test("Keys and clicks inside a paste are not keys and clicks; before and after it they are")
    func keysInPaste() {
        let reading: [RawInput] =
            [.pasteBegin] + bytes("q") + [.key(.up), .unknown, .mouse(Self.click)] + bytes("\u{1B}x\u{03}") + [.pasteEnd]
        #expect(events([reading]) == [.paste("qx")])
        #expect(events([[.mouse(Self.click)] + reading + [.mouse(Self.click)]]) == [.mouse(Self.click), .paste("qx"), .mouse(Self.click)])
    }

    @Test("A paste that never ends is taken when the time is up, half a sequence is dropped")
    func timeIsUp() {
        #expect(events([[.pasteBegin] + bytes("ab")], timeIsUp: true) == [.paste("ab")])
        #expect(events([bytes("\u{1B}[1")], timeIsUp: true).isEmpty)
        #expect(events([[.pasteEnd]]).isEmpty)
    }

    @Test("There is something to wait for only while something has begun")
    func patience() {
        var decoder = InputDecoder()
        #expect(decoder.patience == nil)
        _ = decoder.decode(.byte(0xC3))
        #expect(decoder.patience != nil)
        _ = decoder.decode(.byte(0xA9))
        #expect(decoder.patience == nil)
        _ = decoder.decode(.pasteBegin)
        #expect(decoder.patience != nil)
        _ = decoder.decode(.pasteEnd)
        #expect(decoder.patience == nil)
    }

    @Test(
        "A paste is one line without control characters",
        arguments: [
            ("a\r\nb\n", "a b"), ("\n\na", "a"), ("a\tb", "a b"), ("a\u{1B}b\u{0}c\u{7F}", "abc"), ("a\u{202E}b", "ab"), ("", ""),
        ])
    func pastedText(text: String, expected: String) {
        #expect(events([[.pasteBegin] + bytes(text) + [.pasteEnd]]) == [.paste(expected)])
    }
}
