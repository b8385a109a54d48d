import Glibc
import Synchronization

/// A Unix-domain socket at which this process listens, and answers nothing.
package final class ListeningSocket: Sendable {
    package let path: String
    private let descriptor: Mutex<Int32>

    /// - Parameter backlog: How many may wait to be accepted, which nothing ever is, beside one.
    package init(at path: String, backlog: Int32 = 8) throws {
        self.path = path
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let listens = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 && listen(descriptor, backlog) == 0
            }
        }
        self.descriptor = Mutex(descriptor)
        guard listens else { throw NothingCame(what: "a socket at \(path)") }
    }

    deinit {
        stop()
    }

    /// Stops listening, as the end of a process does: the socket's file stays behind.
    package func stop() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }
}
