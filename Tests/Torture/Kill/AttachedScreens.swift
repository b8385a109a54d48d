import EngineAPI
import EngineRemote
import Glibc
import NIOCore
import OperatingSystem
import Synchronization

/// Screens of an engine that is killed under them, again and again: one that reads, one that has stopped to read, and one whose user
/// never lets go of the keys.
final class AttachedScreens: Sendable {
    private struct State {
        var attachedTo: Int32?
        var attachments = 0
        var unread = 0
        var answers = 0
    }

    private let socket: UnixSocket
    private let client: LocalClient
    private let state = Mutex(State())

    /// - Parameter tokenFile: The engine's, beside which its socket is.
    init(tokenFile: String, client: LocalClient) {
        socket = UnixSocket(path: "\(tokenFile).sock")
        self.client = client
    }

    /// The engine that the first screen shows; `nil` while it is lost.
    var attachedTo: Int32? { state.withLock { $0.attachedTo } }

    /// How it went, a line each.
    var figures: [String] {
        let state = state.withLock { $0 }
        return [
            "screens: attached \(state.attachments) times, \(state.unread) times without reading, \(state.answers) answers to keys"
        ]
    }

    /// Keeps them attached until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.read() }
            group.addTask { await self.hold() }
            group.addTask { await self.press() }
        }
    }

    /// The screen's own client, which comes back by itself.
    private func read() async {
        let (clock, ownership) = (SystemWallClock(), SocketOwnership(tokenFile: nil))
        while !Task.isCancelled {
            try? await RemoteEngine.attach(to: socket, ownership: ownership, clock: clock, release: "") { engine, _ in
                for await snapshot in engine.snapshots() { note(snapshot.connection) }
            }
            // There was none at first.
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    private func note(_ connection: EngineConnection) {
        state.withLock { state in
            guard case .attached(let engine) = connection else { return state.attachedTo = nil }
            if state.attachedTo != engine.processID { state.attachments += 1 }
            state.attachedTo = engine.processID
        }
    }

    /// Asks for the state and takes none of it until the connection is gone.
    private func hold() async {
        while !Task.isCancelled {
            if let connection = UnreadConnection(to: socket) {
                defer { connection.close() }
                connection.send("GET /v1/state HTTP/1.1\r\nhost: localhost\r\n\r\n")
                state.withLock { $0.unread += 1 }
                while !Task.isCancelled, !connection.isGone { try? await Task.sleep(for: .milliseconds(10)) }
            }
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    private func press() async {
        let address = "http+unix://\(PercentEncoding.encode(socket.path))"
        while !Task.isCancelled {
            for path in [ControlPath.fetch, .renewal] {
                let answer = try? await client.send(address + path.rawValue, form: "", within: .seconds(5))
                if answer?.status == 200 { state.withLock { $0.answers += 1 } }
            }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}

/// A connection over a Unix-domain socket that is not read.
private struct UnreadConnection {
    private let descriptor: Int32

    /// - Returns: `nil` where no process listens.
    init?(to socket: UnixSocket) {
        descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socket.path.utf8.prefix(UnixSocket.longestPath)) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        guard result == 0 else {
            close()
            return nil
        }
    }

    func send(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    /// Whether the other end has hung up.
    var isGone: Bool {
        var state = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&state, 1, 0) > 0
    }

    func close() {
        Glibc.close(descriptor)
    }
}
