import Dispatch
import Glibc
import Synchronization

/// What comes out of a pipe, collected until its other end is closed.
final class PipeText: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    /// - Parameter descriptor: The end to read from; closed when nobody can write to the other one any more.
    init(descriptor: Int32) {
        // A thread of its own, since reading waits.
        DispatchQueue(label: "pipe").async { [self] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                bytes.withLock { $0 += buffer[..<count] }
            }
            close(descriptor)
        }
    }

    var text: String {
        String(decoding: bytes.withLock(\.self), as: UTF8.self)
    }
}
