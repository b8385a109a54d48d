import Glibc
import Testing
import TerminalUI

@Suite("Widths")
struct WidthTests {
    /// What glibc says, and so ncurses. Its module leaves the function out.
    private static let wcwidth: (@convention(c) (Int32) -> CInt)? = dlsym(nil, "wcwidth").map {
        unsafeBitCast($0, to: (@convention(c) (Int32) -> CInt).self)
    }

    private static let libraryVersion = dlsym(nil, "gnu_get_libc_version").map {
        String(cString: unsafeBitCast($0, to: (@convention(c) () -> UnsafePointer<CChar>).self)())
    }

    @Test("Every character that glibc can show has the width that glibc gives it")
    func agreesWithLibrary() throws {
        let wcwidth = try #require(Self.wcwidth)
        let locale = try #require(newlocale(1, "C.UTF-8", nil))  // LC_CTYPE_MASK
        let former = uselocale(locale)
        defer {
            uselocale(former)
            freelocale(locale)
        }
        var different: [String] = []
        for value in UInt32(0xA0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), !Self.isLeftOut(value) else { continue }
            let expected = Int(wcwidth(Int32(value)))
            guard expected >= 0 else { continue }
            // A mark has no width of its own, so it is measured on a letter.
            let width = displayWidth(of: "a" + String(scalar)) - 1
            if width != expected { different.append(String(value, radix: 16)) }
        }
        // The tables are those of glibc 2.36; a younger one knows younger characters.
        let allowed = Self.libraryVersion == "2.36" ? 0 : 300
        #expect(different.count <= allowed, "\(different.prefix(20))")
    }

    /// What no frame ever holds: see CharacterKind.
    private static func isLeftOut(_ value: UInt32) -> Bool {
        switch value {
        case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0xFFF9...0xFFFB, 0x1F3FB...0x1F3FF,
            0xE0000...0xE0FFF:
            true
        default: false
        }
    }
}
