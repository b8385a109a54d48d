import Foundation
import Glibc
import NIOCore
import Synchronization

@testable import OperatingSystem

/// A process at a Unix-domain socket that is no engine: it answers each connection with the same bytes, whatever it is asked.
final class PlayedListener: Sendable {
    /// What it answers.
    enum Answer: Sendable {
        /// A text, and then the end of the connection.
        case text(String)
        /// A text, and then nothing, with the connection left open.
        case mute(after: String)
        /// A text, and then a byte at a time.
        case trickle(after: String)
        /// A text, and then bytes without an end.
        case endless(after: String)
        /// Nothing, with the connection left open.
        case silence
    }

    private let descriptor: Int32
    private let heard: Heard

    private final class Heard: Sendable {
        let requests = Mutex<[String]>([])
    }

    /// The beginning of each request so far.
    var requests: [String] { heard.requests.withLock { $0 } }

    init(at socket: UnixSocket, _ answer: Answer = .silence) throws {
        descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        heard = Heard()
        let (descriptor, heard) = (descriptor, heard)
        let address = try SocketAddress(unixDomainSocketPath: socket.path)
        guard address.withSockAddr({ bind(descriptor, $0, socklen_t($1)) }) == 0, listen(descriptor, 8) == 0 else {
            throw POSIXError(.EADDRINUSE)
        }
        Thread.detachNewThread {
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread { Self.serve(connection, answer, heard) }
            }
        }
    }

    private static func serve(_ connection: Int32, _ answer: Answer, _ heard: Heard) {
        defer { close(connection) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(connection, &buffer, buffer.count)
        // Who only looks whether somebody listens sends nothing.
        guard count > 0 else { return }
        heard.requests.withLock { $0.append(String(decoding: buffer[..<count], as: UTF8.self)) }
        switch answer {
        case .text(let text): send(text, to: connection)
        case .endless(let start):
            send(start, to: connection)
            let more = String(repeating: "x", count: 256 << 10)
            while send(more, to: connection) {}
        case .mute(let start):
            send(start, to: connection)
            while read(connection, &buffer, buffer.count) > 0 {}
        case .trickle(let start):
            send(start, to: connection)
            while send(" ", to: connection) { usleep(10_000) }
        case .silence: while read(connection, &buffer, buffer.count) > 0 {}
        }
    }

    @discardableResult
    private static func send(_ text: String, to connection: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Stops listening; the socket stays in the file system, as that of a process that died.
    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }
}
