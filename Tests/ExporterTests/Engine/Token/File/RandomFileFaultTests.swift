import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

@Suite("Writes of a token file in a row, with faults at random")
struct RandomFileFaultTests {
    private static let path = "/d/t"
    private static let calls = FaultyFileSystem.Call.allCases.filter { $0 != .contents && $0 != .version }

    private func faults(powerCut: Bool, using generator: inout SeededGenerator) -> [FaultyFileSystem.Fault] {
        (0..<Int.random(in: 1...8, using: &generator)).map { number in
            FaultyFileSystem.Fault(
                call: Self.calls.randomElement(using: &generator) ?? .write,
                number: Int.random(in: 1...12, using: &generator),
                // Others may lead to a write in place, of which a power cut leaves what it likes.
                code: [EIO, ENOSPC, EDQUOT].randomElement(using: &generator) ?? EIO,
                isLasting: powerCut && number == 0
            )
        }
    }

    /// A text of its own for each write, short or long.
    private func text(_ number: Int, using generator: inout SeededGenerator) -> String {
        #"{"refresh_token":"r\#(number)","x":"\#(String(repeating: "x", count: .random(in: 0...60, using: &generator)))"}"#
    }

    @Test(
        "The file is always one of those that were written, whole, also after a power cut; nothing is left beside it in the end",
        arguments: 0..<400 as Range<UInt64>
    )
    func writesInARow(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let old = Bool.random(using: &generator) ? text(0, using: &generator) : nil
        let system = FaultyFileSystem(
            files: old.map { [Self.path: $0] } ?? [:], faults: faults(powerCut: seed % 3 == 0, using: &generator),
            largestWrite: Int.random(in: 1...40, using: &generator)
        )
        let file = DurableFile(path: Self.path, system: system)
        /// What may be on the disk: all since the last write that succeeded.
        var possible = [old]
        for number in 1...6 {
            let text = text(number, using: &generator)
            let before = system.text(of: Self.path)
            do {
                try file.replace(with: Array(text.utf8))
                possible = [text]
                #expect(system.text(of: Self.path) == text)
            } catch {
                #expect([before, text].contains(system.text(of: Self.path)), "write \(number)")
                possible.append(system.text(of: Self.path))
            }
            for left in system.textsAfterPowerCut(of: Self.path) { #expect(possible.contains(left), "power cut after write \(number)") }
            #expect(Set(system.names).isSubset(of: [Self.path, Self.path + ".tmp"]), "temporary files don't pile up")
        }
        system.mend()
        try file.replace(with: Array("the last".utf8))
        #expect(system.names == [Self.path])
        #expect(system.textsAfterPowerCut(of: Self.path) == ["the last", "the last"])
    }

    @Test("What a power cut left beside the file is whole, or no token file", arguments: 0..<100 as Range<UInt64>)
    func leftBeside(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let system = FaultyFileSystem(faults: faults(powerCut: true, using: &generator), largestWrite: 20)
        let file = TokenFile(path: Self.path, system: system)
        for number in 1...4 { _ = try? file.write(Token.sample(access: "a\(number)")) }
        for text in system.textsAfterPowerCut(of: Self.path + ".tmp") {
            guard let text, !text.isEmpty, let attributes = try? TokenAttributes(text) else { continue }
            #expect(attributes.refreshToken == secret("new|refresh"))
            #expect(text.hasSuffix("}\n"))
        }
    }
}
