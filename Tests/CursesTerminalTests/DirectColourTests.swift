import Foundation
import TestSupport
import Testing

@Suite("Direct colours")
struct DirectColourTests {
    /// A directory with a description of xterm with direct colours, made by `tic` from the one that is there.
    private func descriptions(_ more: String = "", colors: String = "0x1000000") throws -> String {
        let folder = NSTemporaryDirectory() + "terminfo-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let source = """
            xterm-direct|for a test,
            \tRGB, colors#\(colors), pairs#0x10000,\(more)
            \tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m,
            \tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e48:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m,
            \tinitc@, oc@, use=xterm-256color,

            """
        try source.write(toFile: folder + "/source", atomically: true, encoding: .utf8)
        let tic = Process()
        tic.executableURL = URL(fileURLWithPath: "/usr/bin/tic")
        tic.arguments = ["-x", "-o", folder, folder + "/source"]
        try tic.run()
        tic.waitUntilExit()
        try #require(tic.terminationStatus == 0)
        return folder
    }

    private func output(term: String = "xterm-256color", promise: String, descriptions: String) throws -> String {
        let variables = ["TERM": term, "COLORTERM": promise, "TERMINFO_DIRS": "\(descriptions):/lib/terminfo"]
        let terminal = try PseudoTerminal(environment: variables)
        #expect(try terminal.nextReport().hasPrefix("ready 40x10 color=true"), "and no notice that the name is unknown")
        let output = terminal.takeOutput()
        terminal.send("\u{1B}OA")
        #expect(try terminal.nextReport() == "key up", "keys stay as they were")
        return output
    }

    @Test("A terminal that promises them gets them, where its description has a sister with them", arguments: ["truecolor", "24bit"])
    func promised(promise: String) throws {
        let folder = try descriptions()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try output(promise: promise, descriptions: folder).contains("[38:2::0:175:0mcounter"))
    }

    @Test("Without a promise, or a sister that is whole, it stays with 256", arguments: ["", "yes"])
    func unpromised(promise: String) throws {
        let folder = try descriptions()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try output(promise: promise, descriptions: folder).contains("[38;5;34mcounter"))
    }

    @Test("A sister that lacks a key, or has other colours, is left alone", arguments: [(" kcuu1@,", "0x1000000"), ("", "0x8000")])
    func lacking(more: String, colors: String) throws {
        let folder = try descriptions(more, colors: colors)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try output(promise: "truecolor", descriptions: folder).contains("[38;5;34mcounter"))
    }

    @Test("A terminal whose own description has them is drawn in them, promise or not")
    func own() throws {
        let folder = try descriptions()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try output(term: "xterm-direct", promise: "", descriptions: folder).contains("[38:2::0:175:0mcounter"))
    }
}
