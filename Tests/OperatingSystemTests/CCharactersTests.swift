import Testing

@testable import OperatingSystem

@Suite("What C writes into a buffer")
struct CCharactersTests {
    private func characters(_ bytes: [UInt8]) -> [CChar] { bytes.map { CChar(truncatingIfNeeded: $0) } }

    @Test("is a text up to its NUL, or to the end of the buffer where there is none")
    func end() {
        #expect(String(characters: characters(Array("eth0\0rest".utf8))) == "eth0")
        #expect(String(characters: characters(Array("eth0".utf8))) == "eth0")
        #expect(String(characters: [0]) == "" && String(characters: []) == "")
    }

    @Test("keeps letters beyond ASCII, and has a mark for what is no UTF-8")
    func encoding() {
        #expect(String(characters: characters(Array("Kjøkken\0".utf8))) == "Kjøkken")
        #expect(String(characters: characters([0x61, 0xE6, 0])) == "a\u{FFFD}")
    }
}
