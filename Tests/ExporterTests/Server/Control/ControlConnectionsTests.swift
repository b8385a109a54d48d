import Glibc
import Hummingbird
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOPosix
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem
@testable import Server

@Suite("The connections to the control socket, by user")
struct ControlConnectionsTests {
    private static let own: UInt32 = 900

    private struct Opened {
        let admission: ControlConnections.Admission
        let channel: NIOAsyncTestingChannel
        let ends: Journal

        var isOpen: Bool { ends.entries.isEmpty }

        func ended() async throws {
            _ = try await until("its end", every: .milliseconds(1)) { isOpen ? nil : true }
        }
    }

    private struct Bench {
        let clock = ManualClock()
        let log = CollectedLog()
        let connections: ControlConnections

        init() {
            connections = ControlConnections(
                .init(perUser: 3, ofOthers: 5, beingRefused: 2), ownUser: ControlConnectionsTests.own, clock: clock, logger: log.logger)
        }

        /// Opens connections of a user.
        func open(_ count: Int = 1, user: UInt32) -> [Opened] {
            (0..<count).map { number in
                let (channel, ends) = (NIOAsyncTestingChannel(), Journal())
                channel.closeFuture.whenComplete { _ in ends.note("closed") }
                let admission = connections.admit(channel, of: PeerCredentials(processID: Int32(number), userID: user))
                return Opened(admission: admission, channel: channel, ends: ends)
            }
        }

        func admitted(_ count: Int = 1, user: UInt32) -> Int {
            open(count, user: user).count { $0.admission == .admitted }
        }

        var warnings: [String] { log.lines.filter { $0.hasPrefix("warning") } }
    }

    @Test("each user may have so many, and what one has takes nothing from another")
    func perUser() {
        let bench = Bench()
        #expect(bench.admitted(4, user: 1000) == 3)
        #expect(bench.admitted(1, user: 1001) == 1)
    }

    @Test("the one too many is told why, in a line; the log says so once until that user has none")
    func refused() async throws {
        let bench = Bench()
        let open = bench.open(3, user: 1000)
        let reason = "user 1000 has 3 connections, the most that one may have"
        #expect(bench.open(4, user: 1000).map(\.admission) == [.refused(reason), .refused(reason), .closed, .closed])
        #expect(bench.warnings.count == 1 && bench.warnings[0].contains("control connection of uid 1000, pid 0 refused: \(reason)"))
        for connection in open { try await connection.channel.close() }
        _ = bench.open(4, user: 1000)
        #expect(bench.warnings.count == 2)
    }

    @Test("one that is closed makes room, and one that was refused room for the next answer")
    func closed() async throws {
        let bench = Bench()
        let open = bench.open(3, user: 1000)
        let refused = bench.open(2, user: 1000)
        try await refused[0].channel.close()
        #expect(bench.open(user: 1000)[0].admission != .closed)
        try await open[1].channel.close()
        #expect(bench.admitted(2, user: 1000) == 1)
    }

    @Test("all others together may have so many; root and the engine's own user get in however many there are")
    func together() {
        let bench = Bench()
        #expect(bench.admitted(3, user: 1000) + bench.admitted(3, user: 1001) == 5)
        let reason = "users but root and the engine's own have 5 connections, the most that they may have together"
        #expect(bench.open(user: 1002)[0].admission == .refused(reason))
        #expect(bench.admitted(4, user: 0) == 3)
        #expect(bench.admitted(4, user: Self.own) == 3)
    }

    @Test("where there is no room, the one that took nothing for the longest time makes some: after ten minutes, not before")
    func blocked() async throws {
        let bench = Bench()
        let open = bench.open(3, user: 1000)
        bench.connections.note(open[2].channel, takesMore: false)
        bench.clock.advance(by: .seconds(1))
        bench.connections.note(open[1].channel, takesMore: false)
        bench.clock.advance(by: .seconds(598))
        #expect(bench.admitted(user: 1000) == 0)
        #expect(open.allSatisfy { $0.isOpen })
        bench.clock.advance(by: .seconds(1))
        #expect(bench.admitted(user: 1000) == 1)
        try await open[2].ended()
        #expect(open[1].isOpen && open[0].isOpen)
        #expect(bench.admitted(user: 1000) == 0, "the other one has a second left")
        #expect(bench.log.lines.contains { $0.contains("control connection of uid 1000, pid 2 ended: it took nothing for minutes") })
    }

    @Test("as long as there is room nothing ends; one that takes something again is as good as any")
    func patience() {
        let bench = Bench()
        let open = bench.open(3, user: 1000)
        for connection in open { bench.connections.note(connection.channel, takesMore: false) }
        bench.clock.advance(by: .seconds(86_400))
        #expect(bench.admitted(1, user: 1001) == 1)
        #expect(open.allSatisfy { $0.isOpen })
        for connection in open { bench.connections.note(connection.channel, takesMore: true) }
        #expect(bench.admitted(1, user: 1000) == 0)
    }

    @Test("a user's own have to make room where that user has too many; those of others only where all have")
    func rivals() async throws {
        let bench = Bench()
        let theirs = bench.open(1, user: 1001)
        bench.connections.note(theirs[0].channel, takesMore: false)
        bench.clock.advance(by: .seconds(1000))
        #expect(bench.admitted(4, user: 1000) == 3)
        #expect(theirs[0].isOpen)
        #expect(bench.admitted(1, user: 1002) == 1)
        #expect(bench.admitted(1, user: 1003) == 1)
        try await theirs[0].ended()
    }
}

@Suite("The room at the control socket")
struct ControlRoomTests {
    private static let request = "GET /v1/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    @Test("64 connections of a user get an answer, and the next a line with HTTP 503; the log says it once; one that goes makes room")
    func room() async throws {
        let bench = try ControlSocketBench("s")
        try await bench.run {
            var readers: [StateReader] = []
            for _ in 0..<64 {
                let reader = try StateReader(bench.socket)
                _ = try await reader.line()
                readers.append(reader)
            }
            for _ in 0..<3 {
                let answer = try await bench.ask("GET", "/v1/status")
                #expect(answer.status == 503)
                #expect(answer.isOneLine && answer.text.contains("user \(geteuid()) has 64 connections"), "\(answer.text)")
            }
            #expect(try await bench.ask("POST", "/v1/fetch", body: String(repeating: "x", count: 100_000)).status == 503)
            #expect(bench.engine.requests == [])
            #expect(bench.log.lines.count { $0.hasPrefix("warning") } == 1)
            // One that asks for nothing is not waited for.
            let silent = try RawConnection(socket: bench.socket.path)
            #expect(await silent.read() == "")
            readers.removeLast(2)
            try await bench.logged("control screen detached", times: 2)
            #expect(try await bench.ask("GET", "/v1/status").status == 200)
        }
    }

    @Test("one that does not read keeps its place for ten minutes, and then as long as no other needs it")
    func blocked() async throws {
        let bench = try ControlSocketBench("s")
        // More than the system keeps for a reader.
        let words = String(repeating: "word ", count: 1000)
        bench.store.update { $0.events = (1...400).map { Event(time: SampleStations.now, kind: .settingDoubtful("\(words)\($0)")) } }
        try await bench.run {
            let stuck = try (0..<64).map { _ in try RawConnection(socket: bench.socket.path) }
            for connection in stuck { connection.send("GET /v1/state HTTP/1.1\r\nHost: x\r\n\r\n") }
            try await bench.logged("control screen attached", times: 64)
            #expect(try await bench.ask("GET", "/v1/status").status == 503)
            #expect(!bench.log.lines.contains { $0.contains("detached") })
            let status = try await until("a place", every: .milliseconds(20)) {
                // Each of them took nothing since it was told so much, which is a moment ago.
                bench.clock.advance(by: .seconds(600))
                return try await bench.ask("GET", "/v1/status").status == 200 ? 200 : nil
            }
            #expect(status == 200)
            try await bench.logged("it took nothing for minutes")
            try await bench.logged("control screen detached")
            _ = stuck
        }
    }

    @Test("what a sender asks who has gone before the kernel could say who it was is not done")
    func goneSender() async throws {
        let bench = try ControlSocketBench("s")
        let server = bench.server
        let request = Request(
            head: .init(method: .post, scheme: nil, authority: "localhost", path: ControlPath.renewal.rawValue),
            body: .init(buffer: ByteBuffer()))
        try await bench.run {
            let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(unixDomainSocketPath: bench.socket.path).get()
            #expect(try await server.response(to: request, over: client).status == .ok)
            #expect(bench.engine.requests == ["renewal"])
            try await client.close()
            // Another kind of connection is none of which the kernel could say it.
            for channel in [client as any Channel, NIOAsyncTestingChannel()] {
                #expect(try await server.response(to: request, over: channel).status == .badRequest)
            }
        }
        #expect(bench.engine.requests == ["renewal"])
        #expect(bench.log.lines.count { $0.contains("renewal asked for") } == 1)
    }
}

@Suite("A control socket that is gone")
struct GoneSocketTests {
    @Test("is made again within a moment, with its mode; a screen attaches by it again", arguments: ["file", "directory"])
    func gone(_ what: String) async throws {
        let bench = try ControlSocketBench("run/s")
        try await bench.run {
            let reader = try StateReader(bench.socket)
            _ = try await reader.line()
            unlink(bench.socket.path)
            if what == "directory" {
                // It may be in use again already.
                _ = try await until("the directory's end", every: .milliseconds(1)) {
                    unlink(bench.socket.path)
                    return rmdir(bench.socket.directory) == 0 ? true : nil
                }
            }
            try await bench.isListening()
            #expect(try await bench.ask("GET", "/v1/status").status == 200)
            #expect(FileFacts(bench.socket.path)?.permissions == 0o600)
            #expect(FileFacts(bench.socket.directory)?.permissions == 0o700)
            #expect(try names(in: bench.socket.directory) == ["s"])
            try await bench.logged("warning control socket \(bench.socket) is gone: it is made again")
            // The screen at the old one has to come here.
            while try await reader.next() != nil {}
            #expect(bench.failures.entries == [])
        }
        #expect(try names(in: bench.socket.directory) == [])
    }

    @Test("is made again each time, and what else happens in its directory is no reason to")
    func again() async throws {
        let bench = try ControlSocketBench("run/s")
        try await bench.run {
            for _ in 1...3 {
                try makeFile("\(bench.socket.directory)/other", "x")
                unlink("\(bench.socket.directory)/other")
                unlink(bench.socket.path)
                try await bench.isListening()
            }
            // What listens is told of a moment after it can be reached.
            try await bench.logged("control socket: ", times: 4)
            #expect(bench.log.lines.count { $0.contains("is gone") } == 3)
            #expect(bench.log.lines.count { $0.contains("control socket: ") } == 4)
        }
    }

    @Test("that can't be made again is told once, and the connections that there are go on")
    func impossible() async throws {
        let bench = try ControlSocketBench("run/s")
        try await bench.run {
            let reader = try StateReader(bench.socket)
            _ = try await reader.line()
            // At once: a socket that is gone is made again within a moment.
            try makeFile("\(bench.folder.path)/file", "the user's own")
            #expect(rename("\(bench.folder.path)/file", bench.socket.path) == 0)
            try await bench.logged("can't connect to \(bench.socket): Socket operation on non-socket; --socket gives another place")
            #expect(bench.failures.entries.count == 1)
            bench.tail.write("a line")
            #expect(try await reader.line().keys.contains("log"))
            #expect(textOfFile(bench.socket.path) == "the user's own")
        }
        #expect(textOfFile(bench.socket.path) == "the user's own")
    }
}
