import Glibc
import Synchronization

/// Where a service manager would listen for what becomes of its services (sd_notify(3)), and the messages that came.
package final class ManagerSocket: Sendable {
    /// What `NOTIFY_SOCKET` is to be: an absolute path, or an abstract name behind `@`.
    package let address: String
    private let descriptor: Mutex<Int32>
    private let received = Mutex<[String]>([])

    /// Listens there.
    package init(at address: String) throws {
        self.address = address
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var place = sockaddr_un()
        place.sun_family = sa_family_t(AF_UNIX)
        let name = address.hasPrefix("@") ? [0] + Array(address.utf8.dropFirst()) : Array(address.utf8)
        withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let result = withUnsafePointer(to: &place) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        self.descriptor = Mutex(descriptor)
        guard result == 0 else { throw NothingCame(what: "a socket at \(address)") }
    }

    deinit {
        stop()
    }

    /// Hears nothing any more; the file of its path stays behind.
    package func stop() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    /// All messages so far, the first one first; each may have several lines. Those that came are taken only here.
    package var messages: [String] {
        let new = descriptor.withLock { descriptor in
            var new: [String] = []
            var buffer = [UInt8](repeating: 0, count: 8192)
            while case let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT)), count >= 0 {
                new.append(String(decoding: buffer[..<count], as: UTF8.self))
            }
            return new
        }
        return received.withLock { received in
            received += new
            return received
        }
    }

    /// The lines of all messages so far.
    package var lines: [String] { messages.flatMap { $0.split(separator: "\n").map(String.init) } }

    /// Waits for a message.
    ///
    /// - Parameter what: What it is, for the failure.
    /// - Returns: All messages up to then.
    @discardableResult
    package func wait(for what: @autoclosure () -> String, where isWanted: ([String]) -> Bool) async throws -> [String] {
        try await until("\(what()); \(messages)", every: .milliseconds(5)) {
            let messages = messages
            return isWanted(messages) ? messages : nil
        }
    }
}
