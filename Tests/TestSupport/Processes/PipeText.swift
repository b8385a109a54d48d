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
        _ = reading.wait(timeout: .now() + .seconds(10))
    }

    var text: String {
        String(decoding: bytes.withLock(\.self), as: UTF8.self)
    }

    /// The lines that are whole: what is read may end in the middle of a number.
    var lines: String {
        let bytes = bytes.withLock(\.self)
        return String(decoding: bytes.prefix((bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1), as: UTF8.self)
    }
}
