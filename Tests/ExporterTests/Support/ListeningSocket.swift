import Foundation
import Glibc
import NIOCore
import Synchronization

/// A Unix-domain socket that listens, and answers nothing.
final class ListeningSocket: Sendable {
    private let descriptor: Mutex<Int32>

    init(_ path: String) throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let result = try SocketAddress(unixDomainSocketPath: path).withSockAddr { bind(descriptor, $0, socklen_t($1)) }
        guard result == 0, listen(descriptor, 8) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        self.descriptor = Mutex(descriptor)
    }

    deinit {
        close()
    }

    /// Closes it, as the end of its process does: the socket's file stays.
    func close() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { _ = Glibc.close(descriptor) }
            descriptor = -1
        }
    }
}

/// Sockets that listen until a test closes them.
final class Listeners: Sendable {
    private let sockets = Mutex<[ListeningSocket]>([])

    func add(_ socket: ListeningSocket) {
        sockets.withLock { $0.append(socket) }
    }

    func close() {
        sockets.withLock { $0 }.forEach { $0.close() }
    }
}
