import Foundation
import Glibc

/// A connection that sends what it is told, and no more.
final class RawConnection: Sendable {
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
    }

    deinit {
        close(descriptor)
    }

    func send(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }

    /// Says that no more will be sent.
    func finish() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    /// What the other end sent, up to a text or until it closed the connection.
    func read(upTo end: String? = nil) async -> String {
        await withCheckedContinuation { continuation in
            // A thread of its own: Dispatch's are as many as 64, and the program's own tasks need some of them.
            Thread.detachNewThread { continuation.resume(returning: self.readAndBlock(upTo: end)) }
        }
    }

    private func readAndBlock(upTo end: String?) -> String {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return String(decoding: text, as: UTF8.self) }
            text += buffer[..<count]
            if let end, String(decoding: text, as: UTF8.self).contains(end) { return String(decoding: text, as: UTF8.self) }
        }
    }
}
