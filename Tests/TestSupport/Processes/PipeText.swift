import Dispatch
import Glibc
import Synchronization

/// What comes out of a pipe, collected until its other end is closed.
final class PipeText: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    private let reading = DispatchGroup()

    /// - Parameter descriptor: The end to read from; closed when nobody can write to the other one any more.
    init(descriptor: Int32) {
        // A thread of its own, since reading waits.
        DispatchQueue(label: "pipe").async(group: reading) { [self] in
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

    /// Waits for what is still in the pipe; not for ever, since a child of the child may hold its end open.
    func waitForEnd() {
        _ = reading.wait(timeout: .now() + .seconds(1))
    }

    var text: String {
        String(decoding: bytes.withLock(\.self), as: UTF8.self)
    }
}
