import Foundation
import Testing

extension EndToEnd {
    /// What runs on a server's x86-64 has to run on a Raspberry Pi's ARM too, which no test here sees.
    @Suite("The sources are for every processor")
    struct ProcessorTests {
        /// What would bind them to one, and why.
        static let bonds: [(pattern: String, reason: String)] = [
            (#"#(if|elseif)\b.*\barch\s*\("#, "asks for the processor"),
            (#"\b(__asm__|__asm|asm)\b\s*(volatile|__volatile__|goto)?\s*\("#, "is assembly"),
            (#"\b_mm\d*_\w+|\b__m(128|256|512)\w*|\bimmintrin\b|\barm_neon\b"#, "is an instruction of one kind of processor"),
            (#"\b(__x86_64__|__i386__|__amd64__|__aarch64__|__arm__|_M_X64)\b"#, "asks for the processor"),
            // CChar is UInt8 there.
            (#"\[?\bInt8\b"#, "is a C character on some processors alone; say CChar"),
            (#"\bUInt8(\.init)?\(bitPattern:"#, "takes a C character on some processors alone; say String(characters:)"),
            (#"\b(SYS_|__NR_)\w+"#, "is the number of a system call, which differs; call the C library"),
        ]

        @Test("none of them asks which it is, holds assembly, or counts on a C type that differs")
        func none() throws {
            let files = try #require(
                FileManager.default.enumerator(at: Sources.root.appendingPathComponent("Sources"), includingPropertiesForKeys: nil))
            let sources = files.compactMap { $0 as? URL }.filter { ["swift", "c", "h"].contains($0.pathExtension) }
            try #require(sources.count > 500, "the sources are read")
            for file in sources {
                #expect(try Self.bonds(in: String(contentsOf: file, encoding: .utf8)) == [], "\(file.lastPathComponent)")
            }
        }

        @Test(
            "each such bond is seen",
            arguments: [
                "#if arch(x86_64)", "#elseif os(Linux) && arch(arm64)", "asm(\"nop\");", "__asm__ volatile (\"pause\");",
                "let x = _mm256_add_ps(a, b)",
                "#ifdef __x86_64__", "var name: [Int8] = []", "syscall(SYS_gettid)", "buffer.map(UInt8.init(bitPattern:))",
            ])
        func seen(line: String) throws {
            #expect(try Self.bonds(in: line).count == 1)
        }

        @Test(
            "and nothing else is",
            arguments: ["// No assembly (nor arch) here.", "let mm = UInt8(0)", "rain_mm_total", "#if DEBUG", "Int86"])
        func unseen(line: String) throws {
            #expect(try Self.bonds(in: line) == [])
        }

        /// What binds a text to a processor, a line each.
        private static func bonds(in text: String) throws -> [String] {
            try bonds.flatMap { bond in
                let expression = try NSRegularExpression(pattern: bond.pattern)
                return expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).map { match in
                    "\((text as NSString).substring(with: match.range)) \(bond.reason)"
                }
            }
        }
    }
}
