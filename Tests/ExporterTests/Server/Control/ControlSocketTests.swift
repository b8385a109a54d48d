import Foundation
import Glibc
import ServiceLifecycle
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem
@testable import Server

/// A service whose end is noted.
private struct NotedService: Service {
    let service: any Service
    let ends: Journal

    func run() async throws {
        try await service.run()
        ends.note("returned")
    }
}

@Suite("The control socket in the file system")
struct ControlSocketTests {
    @Test("its user alone may open it and enter its directory, which is made, and nothing is left of how it was made")
    func ownMode() async throws {
        let bench = try ControlSocketBench("run/s")
        try await bench.run {
            let facts = try #require(FileFacts(bench.socket.path))
            #expect(facts.isSocket)
            #expect(facts.permissions == 0o600)
            #expect(FileFacts(bench.socket.directory)?.permissions == 0o700)
            #expect(try names(in: bench.socket.directory) == ["s"])
            #expect(bench.log.lines.contains { $0.hasPrefix("info control socket: \(bench.socket)") })
        }
        #expect(try names(in: bench.socket.directory) == [])
        #expect(bench.failures.entries == [])
        #expect(bench.log.lines.count == 1, "\(bench.log.lines)")
    }

    @Test(
        "the members of a group may open it and pass through its directory, and nobody else may",
        // As root alone a file is given to any group.
        arguments: geteuid() == 0 ? [getegid(), 4711] : [getegid()])
    func groupMode(group: UInt32) async throws {
        let bench = try ControlSocketBench("run/s", group: group)
        try await bench.run {
            let facts = try #require(FileFacts(bench.socket.path))
            #expect(facts.permissions == 0o660)
            #expect(facts.group == group)
            let directory = try #require(FileFacts(bench.socket.directory))
            #expect(directory.permissions == 0o710)
            #expect(directory.group == group)
        }
    }

    @Test("a directory that there is already keeps its mode", arguments: [nil, 4711] as [UInt32?])
    func givenDirectory(group: UInt32?) async throws {
        try #require(group == nil || geteuid() == 0, "as root alone a file is given to any group")
        let bench = try ControlSocketBench("s", group: group)
        #expect(chmod(bench.folder.path, 0o750) == 0)
        try await bench.run {
            #expect(FileFacts(bench.folder.path)?.permissions == 0o750)
            #expect(FileFacts(bench.folder.path)?.group == getegid())
        }
    }

    @Test("a dead one is replaced")
    func dead() async throws {
        let bench = try ControlSocketBench("s")
        do { _ = try PlayedListener(at: bench.socket) }
        #expect(bench.socket.presence() == .dead)
        try await bench.run {
            let answer = try await bench.ask("POST", "/v1/fetch")
            #expect(answer.status == 200)
        }
        #expect(bench.failures.entries == [])
    }

    /// Runs the server, which can't listen, until that was told, and sees that it goes on until it is stopped.
    private func failing(_ bench: ControlSocketBench, _ reason: String) async throws {
        let ends = Journal()
        try await running([NotedService(service: bench.server, ends: ends)]) { _ in
            _ = try await until("a failure", every: .milliseconds(2)) { bench.failures.entries.first }
            try await Task.sleep(for: .milliseconds(100))
            #expect(ends.entries == [], "the service ended, and the program with it")
        }
        #expect(ends.entries == ["returned"])
        #expect(bench.failures.entries == [reason])
        let lines = bench.log.lines.filter { !$0.hasPrefix("trace") && !$0.hasPrefix("debug") }
        let warning = "warning control socket \(bench.socket): \(reason); --socket gives another place"
        #expect(lines.count == 1 && lines[0].hasPrefix(warning), "\(lines)")
    }

    @Test("a living one is never replaced: that is told once, and the program goes on without one")
    func living() async throws {
        let bench = try ControlSocketBench("s")
        let other = try PlayedListener(at: bench.socket, .text("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nother"))
        try await failing(bench, "can't listen where another engine does: Address already in use")
        #expect(try await bench.ask("GET", "/v1/status").text == "other")
        #expect(other.requests.count == 1)
        #expect(try names(in: bench.folder.path) == ["s"])
    }

    @Test("a file that is no socket is never replaced")
    func regularFile() async throws {
        let bench = try ControlSocketBench("s")
        try makeFile(bench.socket.path, "the user's own")
        try await failing(bench, "can't connect to \(bench.socket): Socket operation on non-socket")
        #expect(textOfFile(bench.socket.path) == "the user's own")
        #expect(try names(in: bench.folder.path) == ["s"])
    }

    @Test("a directory is never replaced, nor is one with something in it", arguments: [true, false])
    func directory(isEmpty: Bool) async throws {
        let bench = try ControlSocketBench("s")
        #expect(mkdir(bench.socket.path, 0o755) == 0)
        if !isEmpty { try makeFile("\(bench.socket.path)/file", "the user's own") }
        try await failing(bench, "can't connect to \(bench.socket): Socket operation on non-socket")
        #expect(try names(in: bench.folder.path) == ["s"])
        #expect(try names(in: bench.socket.path) == (isEmpty ? [] : ["file"]))
    }

    @Test("a symbolic link to a dead socket is left alone")
    func link() async throws {
        let bench = try ControlSocketBench("s")
        do { _ = try PlayedListener(at: bench.folder.socket("other")) }
        #expect(symlink("other", bench.socket.path) == 0)
        try await failing(bench, "can't connect to \(bench.socket): Socket operation on non-socket")
        #expect(destinationOfLink(bench.socket.path) == "other")
    }

    @Test("a path that no address holds is told in words")
    func tooLong() async throws {
        let folder = try SocketFolder()
        let fill = UnixSocket.longestPath + 1 - folder.path.utf8.count - 1
        let bench = try ControlSocketBench(String(repeating: "n", count: fill))
        #expect(bench.socket.path.utf8.count == 108)
        try await failing(bench, "can't use a path of more than 107 bytes: File name too long")
        #expect(try names(in: bench.folder.path) == [])
    }

    @Test("a path that an address holds, with a directory that the one it is made in does not fit into, is told too, and nothing is left")
    func almostTooLong() async throws {
        let folder = try SocketFolder()
        let directory = String(repeating: "d", count: 101 - folder.path.utf8.count)
        let bench = try ControlSocketBench("\(directory)/s")
        #expect(bench.socket.path.utf8.count < 108)
        try await failing(bench, "can't make it in its directory: File name too long")
        #expect(try names(in: bench.socket.directory) == [])
    }

    @Test("a directory that can't be written is told", arguments: ["file/s", "file/below/s", "missing/below/s"])
    func unwritable(name: String) async throws {
        let bench = try ControlSocketBench(name)
        try makeFile("\(bench.folder.path)/file", "the user's own")
        let reasons = [
            "file/s": "can't make it in its directory: Not a directory", "file/below/s": "can't make its directory: Not a directory",
            "missing/below/s": "can't make its directory, since that above it is not there: No such file or directory",
        ]
        try await failing(bench, try #require(reasons[name]))
        #expect(try names(in: bench.folder.path) == ["file"])
        #expect(textOfFile("\(bench.folder.path)/file") == "the user's own")
    }

    @Test("at the end it is removed, but not the one that another engine has put in its place since")
    func replaced() async throws {
        let bench = try ControlSocketBench("s")
        let place = bench.folder.socket("new")
        let other = try PlayedListener(at: place, .text("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nother"))
        try await bench.run {
            #expect(rename(place.path, bench.socket.path) == 0)
        }
        #expect(try names(in: bench.folder.path) == ["s"])
        #expect(try await bench.ask("GET", "/v1/status").text == "other")
        _ = other
    }

    @Test("of several places the first is taken that no engine listens at; the last one where one listens at each")
    func free() throws {
        let folder = try SocketFolder()
        let (one, two, three) = (folder.socket("1"), folder.socket("2"), folder.socket("3"))
        let long = UnixSocket(path: String(repeating: "n", count: 108))
        #expect(ControlSocketPlace.free(among: [one, two]) == one)
        #expect(ControlSocketPlace.free(among: [long, two]) == two)
        #expect(ControlSocketPlace.free(among: []) == nil)
        // Its directory is made, but not that above it: of a default place that can't be had the next one is taken.
        #expect(ControlSocketPlace.free(among: [folder.socket("new/s"), two]) == folder.socket("new/s"))
        #expect(ControlSocketPlace.free(among: [folder.socket("none/new/s"), two]) == two)
        #expect(ControlSocketPlace.free(among: [folder.socket("none/new/s")]) == folder.socket("none/new/s"))
        let second = try PlayedListener(at: two)
        do {
            let first = try PlayedListener(at: one)
            #expect(ControlSocketPlace.free(among: [one, two, three]) == three)
            #expect(ControlSocketPlace.free(among: [one, two]) == two)
            #expect(first.requests == [])
        }
        #expect(ControlSocketPlace.free(among: [one, two]) == one, "a dead socket is replaced")
        #expect(ControlSocketPlace.free(among: [long, two]) == two)
        #expect(second.requests == [])
    }

    @Test("is not made where the token file's directory is gone, since an empty one in its place would take the next token")
    func tokenDirectoryGone() throws {
        let folder = try SocketFolder()
        let gone = "\(folder.path)/gone"
        let place = ControlSocketPlace(socket: UnixSocket(path: "\(gone)/s"), makesDirectory: false)
        #expect(throws: FileError(operation: "make it where the token file's directory is gone", code: ENOENT)) { try place.prepare() }
        #expect(access(gone, F_OK) != 0)
        #expect(mkdir(gone, 0o700) == 0)
        try place.prepare()
    }

    @Test("of an engine tells when screens come and when they go")
    func screens() async throws {
        let folder = try SocketFolder()
        try await EngineBench.run { bench in
            let control = ControlService(
                engine: bench.engine, description: ControlSocketBench.description, place: ControlSocketPlace(socket: folder.socket()),
                logs: { AsyncStream { $0.yield(LogTail()) } }, logger: bench.log.logger)
            @Sendable func told(_ what: String) async throws {
                try await waiting(for: what, limit: .seconds(15)) { for await _ in control.screens { break } }
            }
            try await running([control.configuration.service]) { _ in
                _ = try await until("the control socket", every: .milliseconds(2)) { folder.socket().presence() == .alive ? true : nil }
                do {
                    let reader = try StateReader(folder.socket())
                    _ = try await reader.line()
                    try await told("a screen that has come")
                }
                try await told("a screen that has gone")
            }
        }
    }

    @Test("an engine without one tells it once in its history, and goes on")
    func event() async throws {
        let folder = try SocketFolder()
        try makeFile("\(folder.path)/file", "")
        try await EngineBench.run { bench in
            let place = ControlSocketPlace(socket: folder.socket("file/s"))
            let control = ControlService(
                engine: bench.engine, description: ControlSocketBench.description, place: place, logs: { AsyncStream { $0.finish() } },
                logger: bench.log.logger)
            try await running([control.configuration.service]) { _ in
                try await bench.store.event("the failure") { if case .controlSocketFailed = $0 { true } else { false } }
                _ = try await bench.url("/")
            }
            let failures = bench.events.filter { if case .controlSocketFailed = $0 { true } else { false } }
            #expect(failures == [.controlSocketFailed(reason: "can't make it in its directory: Not a directory")])
            let lines = bench.log.lines.filter { $0.contains("socket") }
            #expect(lines.count == 1 && lines[0].contains("control socket \(place.socket): can't make it"), "\(lines)")
        }
    }
}
