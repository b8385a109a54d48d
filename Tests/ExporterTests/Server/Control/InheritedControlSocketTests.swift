import Foundation
import Glibc
import TestSupport
import Testing

@testable import EngineAPI
@testable import EngineRemote
@testable import OperatingSystem
@testable import Server

@Suite("The control socket that a service manager passes on")
struct InheritedControlSocketTests {
    private let bench: ControlSocketBench

    init() throws {
        bench = try ControlSocketBench("s")
    }

    /// A socket of the service manager's, and a descriptor of it that the server closes.
    private func passed(mode: mode_t = 0o660) throws -> (manager: PassableSocket, local: InheritedSockets.Local) {
        let socket = try PassableSocket(path: bench.socket.path, mode: mode)
        return (socket, .init(descriptor: dup(socket.descriptor), socket: bench.socket))
    }

    @Test("is answered by this process, with its mode as it was, and is there after the end, for the service manager's next one")
    func served() async throws {
        let (manager, local) = try passed(mode: 0o600)
        try await bench.run(inherited: local) {
            #expect(bench.socket.listener() == getpid())
            let status = try await bench.ask("GET", "/v1/status")
            #expect(status.text.hasPrefix("{"))
            #expect(FileFacts(bench.socket.path)?.permissions == 0o600)
            #expect(bench.log.lines.contains { $0.hasPrefix("info control socket: \(bench.socket)") })
        }
        #expect(FileFacts(bench.socket.path)?.isSocket == true)
        #expect(bench.socket.presence() == .alive)
        #expect(bench.failures.entries == [])
        _ = manager
    }

    @Test("is not made again where it was deleted: it is not this program's")
    func deleted() async throws {
        let (manager, local) = try passed()
        try await bench.run(inherited: local) {
            let reader = try StateReader(bench.socket)
            try await bench.logged("control screen attached")
            unlink(bench.socket.path)
            bench.tail.write("one more")
            _ = try await reader.next()
            #expect(bench.socket.presence() == .absent)
        }
        #expect(bench.socket.presence() == .absent)
        #expect(!bench.log.lines.contains { $0.contains("is gone") })
        _ = manager
    }

    @Test("lets a user have as many connections as ever, by what the kernel says of who connects")
    func peers() async throws {
        let (manager, local) = try passed()
        try await bench.run(inherited: local) {
            let readers = try (0..<64).map { _ in try StateReader(bench.socket) }
            try await bench.logged("control screen attached", times: 64)
            let refusal = EngineConnectionError.refused(
                path: bench.socket.path, status: 503, reason: "user \(geteuid()) has 64 connections, the most that one may have")
            await #expect(throws: refusal) { try await RemoteEngine.status(of: bench.socket, ownership: SocketOwnership(tokenFile: nil)) }
            _ = readers
        }
        _ = manager
    }
}
