import Foundation
import NIOHTTP1
import TestSupport
import Testing

@testable import OperatingSystem
@testable import Server

@Suite("The control socket's place")
struct ControlSocketPlaceTests {
    @Test("is open to the engine's user alone, or to a group as well")
    func modes() async throws {
        let bench = try ControlBench()
        try await bench.serving { #expect(modeOfFile(bench.socket.path) == 0o600) }
        try await bench.serving(at: ControlSocketPlace(socket: bench.socket, group: getegid())) {
            #expect(modeOfFile(bench.socket.path) == 0o660)
        }
    }

    @Test("is made with its directory, which nobody else enters, or the group alone")
    func directories() async throws {
        for (group, mode) in [(nil, 0o700), (getegid(), 0o710)] as [(UInt32?, mode_t)] {
            let bench = try ControlBench()
            let place = ControlSocketPlace(socket: UnixSocket(path: bench.directory + "/run/s"), group: group)
            try await bench.serving(at: place) { #expect(modeOfFile(bench.directory + "/run") == mode) }
            #expect(try names(in: bench.directory + "/run") == [])
        }
    }

    /// Leaves a socket behind, as a process that was killed does.
    private func leaveDeadSocket(at path: String) throws {
        let listener = try ListeningSocket(path)
        listener.close()
        #expect(UnixSocket(path: path).presence() == .dead)
    }

    @Test("that a killed engine left its socket at is taken")
    func deadSocket() async throws {
        let bench = try ControlBench()
        try leaveDeadSocket(at: bench.socket.path)
        try await bench.serving {
            let answer = try await bench.send(.POST, "/v1/fetch")
            #expect(answer.status == 200)
        }
        #expect(bench.failures == [])
    }

    /// Runs the server until it has said why it can't listen, and sees that the others go on.
    private func failure(_ bench: ControlBench, at socket: UnixSocket? = nil) async throws -> String {
        try await running([bench.server(at: socket.map { ControlSocketPlace(socket: $0) })]) { _ in
            try await bench.logged("--socket gives another place")
        }
        let reasons = bench.failures
        #expect(reasons.count == 1 && bench.log.lines.count { $0.contains("warning") } == 1)
        return reasons.first ?? ""
    }

    @Test("that a living engine has is never taken")
    func livingSocket() async throws {
        let bench = try ControlBench()
        let listener = try ListeningSocket(bench.socket.path)
        defer { listener.close() }
        #expect(try await failure(bench).hasPrefix("can't listen where another engine does"))
        #expect(bench.socket.presence() == .alive)
    }

    @Test("that has another file is left alone")
    func otherFile() async throws {
        let bench = try ControlBench()
        try makeFile(bench.socket.path, "precious")
        _ = try await failure(bench)
        #expect(textOfFile(bench.socket.path) == "precious")
        #expect(try names(in: bench.directory) == ["control.sock"])
    }

    @Test("that is no place for a socket is told once, and the exporter goes on")
    func impossible() async throws {
        for (path, reason) in [
            ("/" + String(repeating: "x", count: 107), "can't use a path of more than 107 bytes"),
            ("/missing/run/s", "can't make its directory"),
            ("/file/s", "can't make it in its directory"),
        ] {
            let bench = try ControlBench()
            try makeFile(bench.directory + "/file", "")
            let told = try await failure(bench, at: UnixSocket(path: bench.directory + path))
            #expect(told.hasPrefix(reason), "\(path): \(told)")
        }
    }

    @Test("that another engine took meanwhile stays that one's at the end")
    func takenMeanwhile() async throws {
        let bench = try ControlBench()
        let others = Listeners()
        try await bench.serving {
            try FileManager.default.removeItem(atPath: bench.socket.path)
            others.add(try ListeningSocket(bench.socket.path))
        }
        #expect(bench.socket.presence() == .alive)
        others.close()
    }

    @Test("is the first where no engine listens, the last where one does everywhere, and never one that is too long")
    func free() throws {
        let bench = try ControlBench()
        let (one, two) = (UnixSocket(path: bench.directory + "/1"), UnixSocket(path: bench.directory + "/2"))
        let long = UnixSocket(path: "/" + String(repeating: "x", count: 107))
        #expect(ControlSocketPlace.free(among: [one, two]) == one)
        let first = try ListeningSocket(one.path)
        #expect(ControlSocketPlace.free(among: [one, two]) == two)
        #expect(ControlSocketPlace.free(among: [long, two]) == two)
        let second = try ListeningSocket(two.path)
        #expect(ControlSocketPlace.free(among: [one, two]) == two)
        first.close()
        #expect(ControlSocketPlace.free(among: [one, two]) == one, "a dead socket is replaced")
        second.close()
        #expect(ControlSocketPlace.free(among: []) == nil)
    }

    @Test("says what is there")
    func presence() throws {
        let bench = try ControlBench()
        #expect(bench.socket.presence() == .absent && bench.socket.listener() == nil)
        #expect(UnixSocket(path: bench.directory + "/no/s").presence() == .absent)
        let listener = try ListeningSocket(bench.socket.path)
        #expect(bench.socket.presence() == .alive && bench.socket.listener() == getpid())
        listener.close()
        #expect(bench.socket.presence() == .dead && bench.socket.listener() == nil)
        try makeFile(bench.directory + "/file", "")
        let file = UnixSocket(path: bench.directory + "/file")
        #expect(file.presence() == .unknown(FileError(operation: "connect to \(file.path)", code: ENOTSOCK)))
        #expect(UnixSocket(path: bench.directory + "/file/s").presence() == .absent)
        let long = UnixSocket(path: "/" + String(repeating: "x", count: 107))
        #expect(long.isTooLong && long.presence() == .unknown(FileError(operation: "connect to \(long.path)", code: ENAMETOOLONG)))
        #expect(!UnixSocket(path: "/" + String(repeating: "x", count: 106)).isTooLong)
    }
}
