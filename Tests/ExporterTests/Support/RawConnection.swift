import Foundation
import Glibc
import NIOCore

/// A connection that sends what it is told, and no more.
final class RawConnection: Sendable {
    private let descriptor: Int32

    convenience init(port: Int) throws {
        try self.init(to: SocketAddress(ipAddress: "127.0.0.1", port: port), family: AF_INET)
    }

    /// A connection to a Unix-domain socket.
    convenience init(socket path: String) throws {
        try self.init(to: SocketAddress(unixDomainSocketPath: path), family: AF_UNIX)
    }

    private init(to address: SocketAddress, family: Int32) throws {
        descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        let descriptor = descriptor
        let result = address.withSockAddr { connect(descriptor, $0, socklen_t($1)) }
        guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
        var limit = timeval(tv_sec: Self.patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// How long a read waits, in seconds.
    private static let patience = 10
    /// One that the other end has closed is an error, and not the end of this process.
    private static let noSignal = Int32(MSG_NOSIGNAL)
    /// What ends the text of a read that waited in vain.
    static let silence = "(nothing more came, and the connection was not closed)"

    deinit {
        close(descriptor)
    }

    func send(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Self.noSignal) }
    }

    /// Sends a text again and again until the other end takes no more for a while.
    ///
    /// - Parameters:
    ///   - limit: When to stop, in bytes.
    ///   - patience: How long that while is.
    /// - Returns: How many bytes went.
    func sendUntilItStalls(_ text: String, limit: Int, patience: Duration = .milliseconds(500)) async -> Int {
        let bytes = Array(text.utf8)
        var small: Int32 = 16 << 10
        setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &small, socklen_t(MemoryLayout<Int32>.size))
        let (seconds, attoseconds) = patience.components
        var patience = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var sent = 0
                while sent < limit {
                    let rest = bytes[(sent % bytes.count)...]
                    let count = rest.withUnsafeBytes { Glibc.send(self.descriptor, $0.baseAddress, $0.count, Self.noSignal) }
                    guard count > 0 else { break }
                    sent += count
                }
                continuation.resume(returning: sent)
            }
        }
    }

    /// Sends a byte now and then, until the other end refuses it as one that has closed; false where it takes them for long.
    func sendUntilItIsRefused() async -> Bool {
        for _ in 0..<500 {
            guard Glibc.send(descriptor, "x", 1, Self.noSignal) == 1 else { return true }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    /// Says that no more will be sent.
    func finish() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    /// What the other end sent, up to a text or until it closed the connection. Where it does neither for long, ``silence`` ends it.
    func read(upTo end: String? = nil) async -> String {
        await withCheckedContinuation { continuation in
            // A thread of its own: Dispatch's are as many as 64, and the program's own tasks need some of them.
            Thread.detachNewThread { continuation.resume(returning: self.readAndBlock(upTo: end)) }
        }
    }

    /// The bytes that the other end sent next: none where it closed the connection, `nil` where it did not for long and sent nothing.
    func readNext() async -> [UInt8]? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var buffer = [UInt8](repeating: 0, count: 64 << 10)
                let count = Glibc.read(self.descriptor, &buffer, buffer.count)
                let isSilent = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)
                continuation.resume(returning: isSilent ? nil : Array(buffer.prefix(max(0, count))))
            }
        }
    }

    private func readAndBlock(upTo end: String?) -> String {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            let isSilent = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)
            guard count > 0 else { return String(decoding: text, as: UTF8.self) + (isSilent ? Self.silence : "") }
            text += buffer[..<count]
            // Of long texts the new part alone.
            if let end, String(decoding: text.suffix(count + end.utf8.count), as: UTF8.self).contains(end) {
                return String(decoding: text, as: UTF8.self)
            }
        }
    }
}
