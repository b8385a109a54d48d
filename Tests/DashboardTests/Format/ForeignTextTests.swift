import TerminalUI
import Testing

@testable import EngineAPI
@testable import Netatmo
@testable import Server
@testable import OperatingSystem

@Suite("What is harmful in a text from elsewhere is one list, whoever shows it")
struct ForeignTextTests {
    private static let harmful = (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init).filter(\.isHarmful)

    @Test("A terminal gets none of it, whatever else it replaces or leaves out")
    func terminal() {
        #expect(Self.harmful.count == 79)
        for scalar in Self.harmful {
            let shown = sanitised("a\(scalar)b")
            let isHarmful = shown.unicodeScalars.contains { $0.isHarmful }
            #expect(!isHarmful, "\(scalar.value)")
            #expect(shown.hasPrefix("a") && shown.hasSuffix("b"), "\(scalar.value)")
        }
    }

    @Test("The page replaces the same ones")
    func page() throws {
        let script = String(decoding: PackageResources.script_js, as: UTF8.self)
        let list = try #require(script.firstMatch(of: /replace\(\/\[([^\]]*)\]\/g, "\\ufffd"\)/)?.1)
        let replaced = try list.matches(of: /\\u([0-9a-f]{4})(?:-\\u([0-9a-f]{4}))?/).flatMap { match in
            let first = try #require(UInt32(match.1, radix: 16))
            return Array(first...(try match.2.map { try #require(UInt32($0, radix: 16)) } ?? first))
        }
        #expect(replaced == Self.harmful.map(\.value))
    }
}
