import Foundation
import Testing

@testable import OperatingSystem
@testable import netatmo_dashboard

@Suite("The log file")
struct LogFileTests {
    private let directory: Directory
    private var path: String { directory.path("state/netatmo-dashboard/log") }

    init() throws {
        directory = try Directory()
    }

    private func append(_ text: String, limit: Int = 1 << 20) throws(FileError) {
        try LogFile(path: path, limit: limit).append(Array(text.utf8))
    }

    private func contents(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("is its owner's alone, and so are the directories made for it")
    func modes() throws {
        try append("one\n")
        #expect(try mode(path) == 0o600)
        #expect(try mode(directory.path("state")) == 0o700)
        #expect(try mode(directory.path("state/netatmo-dashboard")) == 0o700)
    }

    @Test("grows at its end, whoever else writes to it")
    func appends() throws {
        try append("one\n")
        try append("two\n")
        #expect(try contents(path) == "one\ntwo\n")
    }

    @Test("becomes the older file before it gets too large; there is one older file at most")
    func rotates() throws {
        for line in ["1st\n", "2nd\n", "3rd\n", "4th\n", "5th\n"] { try append(line, limit: 8) }
        #expect(try contents(path) == "5th\n")
        #expect(try contents(path + ".1") == "3rd\n4th\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path("state/netatmo-dashboard")).count == 2)
    }

    @Test("takes a text that is larger than the file may be")
    func large() throws {
        try append("12345678901234567890\n", limit: 8)
        try append("a\n", limit: 8)
        #expect(try contents(path) == "a\n")
    }

    @Test("is made anew where somebody took it away")
    func removed() throws {
        try append("one\n")
        try FileManager.default.removeItem(atPath: directory.path("state"))
        try append("two\n")
        #expect(try contents(path) == "two\n")
    }

    @Test("is not what several writers at once would tear: every line is there, whole, through many rotations")
    func writers() async throws {
        let file = LogFile(path: path, limit: 2000)
        try await withThrowingTaskGroup { group in
            for writer in 0..<4 {
                group.addTask { for line in 0..<50 { try file.append(Array("writer \(writer) line \(line)\n".utf8)) } }
            }
            try await group.waitForAll()
        }
        let lines = try (contents(path) + contents(path + ".1")).split(separator: "\n")
        #expect(lines.allSatisfy { $0.wholeMatch(of: /writer \d line \d+/) != nil })
        #expect(Set(lines).count == lines.count)
        #expect(lines.contains("writer 0 line 49"))
    }

    @Test("says what is in the way")
    func errors() throws {
        try append("one\n")
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(throws: FileError(operation: "open", code: EISDIR)) { try append("two\n") }
        let below = LogFile(path: path + "/../../file/log")
        try "".write(toFile: directory.path("state/file"), atomically: false, encoding: .utf8)
        #expect(throws: FileError(operation: "open", code: ENOTDIR)) { try below.append(Array("x\n".utf8)) }
    }

    @Test("waits for no reader where a pipe has its name")
    func pipe() throws {
        try append("one\n")
        try FileManager.default.removeItem(atPath: path)
        try #require(mkfifo(path, 0o600) == 0)
        #expect(throws: FileError(operation: "open", code: ENXIO)) { try append("two\n") }
    }
}

/// A directory that is removed with the value.
private final class Directory {
    private let url = FileManager.default.temporaryDirectory.appendingPathComponent("netatmo-log-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func path(_ name: String) -> String {
        url.appendingPathComponent(name).path
    }
}
