import NIOCore
import Synchronization

/// Whether a request began to leave this machine.
final class Departure: Sendable {
    private let begun = Mutex(false)

    /// From then on the other side may have got it.
    var hasBegun: Bool { begun.withLock { $0 } }

    func begin() {
        begun.withLock { $0 = true }
    }
}

/// The body of a request, which the client asks for once it has a connection to send it on and not before.
struct WatchedBody: AsyncSequence, Sendable {
    let bytes: ByteBuffer
    let departure: Departure

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var rest: ByteBuffer?
        fileprivate let departure: Departure

        mutating func next() async -> ByteBuffer? {
            departure.begin()
            defer { rest = nil }
            return rest
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(rest: bytes, departure: departure)
    }
}
