import Foundation
import Testing
import TestSupport

/// `make fuzz` in short.
@Suite("Whatever bytes come in", .serialized)
struct CorpusTests {
    /// The inputs of a reader, by their names.
    private func corpus(of reader: FuzzedReader) throws -> [(name: String, bytes: [UInt8])] {
        let directory = try #require(Bundle.module.resourceURL).appendingPathComponent("Corpus/\(reader)")
        return try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
            .map { ($0.lastPathComponent, Array(try Data(contentsOf: $0))) }
            .sorted { $0.0 < $1.0 }
    }

    @Test("The corpus is read, or refused in one line", arguments: FuzzedReader.allCases)
    func corpus(reader: FuzzedReader) throws {
        let inputs = try corpus(of: reader)
        #expect(inputs.count >= 10)
        for (name, bytes) in inputs {
            #expect(throws: Never.self, "\(name)") { try reader.check(bytes) }
        }
    }

    @Test("So is what random changes make of it", arguments: FuzzedReader.allCases, [1, 2, 3, 4] as [UInt64])
    func mutations(reader: FuzzedReader, seed: UInt64) async throws {
        // Long inputs have nothing that short ones lack, and take their time.
        let inputs = try corpus(of: reader).map(\.bytes).filter { $0.count < 1200 }
        let violations = try await onOwnThread { () -> [String] in
            var mutator = Mutator(corpus: inputs, seed: seed)
            return (0..<1300).compactMap { number in
                let bytes = mutator.next()
                do throws(Violation) {
                    try reader.check(bytes)
                    return nil
                } catch {
                    return "input \(number): \(error): \(String(decoding: bytes, as: UTF8.self).debugDescription)"
                }
            }
        }
        #expect(violations == [])
    }

    // A stack that overflows ends the process, so a process of its own reads these.
    @Test("Nesting 100,000 deep is refused, and does not crash")
    func deepNesting() async {
        await #expect(processExitsWith: .success) {
            let nested = ["[", #"{"a":"#, #"[{"error":"#].map { String(repeating: $0, count: 100_000) }
            for text in nested + [String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)] {
                for reader in FuzzedReader.allCases { try reader.check(Array(text.utf8)) }
            }
        }
    }

    @Test(
        "A text of 16 MB is read or refused",
        arguments: [
            ("", ""), ("\"", "\""), (#"{"refresh_token":""#, #""}"#), (#"{"error":{"message":""#, #""}}"#),
            (#"{"body":{"devices":[{"_id":"s","station_name":""#, #""}]}}"#),
        ]
    )
    func longText(before: String, after: String) async throws {
        try await onOwnThread {
            let bytes = Array(before.utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 16 << 20) + Array(after.utf8)
            try FuzzedReader.tokenFile.check(bytes)
            try FuzzedReader.answer.check(bytes)
        }
    }
}
