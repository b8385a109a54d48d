import Glibc

/// Where a service manager listens for what becomes of a process (sd_notify(3)): a Unix-domain socket that takes datagrams.
///
/// Nothing that happens there is a failure of the process, and none of it makes the process wait.
package struct NotificationSocket: Sendable, Hashable {
    /// As `sun_path` holds it: a path, or a NUL and an abstract name (unix(7)).
    private let name: [UInt8]

    /// - Parameter text: What `NOTIFY_SOCKET` says.
    /// - Returns: `nil` for what is neither an absolute path nor an abstract name behind `@`, such as `vsock:2:1234`, and for what is
    ///   longer than an address holds.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard (2...UnixSocket.longestPath).contains(bytes.count) else { return nil }
        switch text.first {
        case "/": name = bytes
        case "@": name = [0] + bytes.dropFirst()
        default: return nil
        }
    }

    /// What became of a message.
    package enum Outcome: Sendable, Hashable {
        case sent
        /// The receiver has not read those before it: the same may be tried again later.
        case full
        /// Nobody listens there, or this process may not write there.
        case lost
    }

    /// Sends one message.
    ///
    /// - Parameter lines: `NAME=value` each, without a line break. All together at most 4096 bytes, more than which systemd ignores.
    @discardableResult
    package func send(_ lines: [String]) -> Outcome {
        let message = Array(lines.joined(separator: "\n").utf8)
        // A new one for each message, as sd_notify has it: one that is kept would still lead to a manager that was started anew.
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { return .full }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let flags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL)
        let count = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { sendto(descriptor, message, message.count, flags, $0, length) }
        }
        if count == message.count { return .sent }
        return [EAGAIN, ENOBUFS, ENOMEM].contains(errno) ? .full : .lost
    }
}
