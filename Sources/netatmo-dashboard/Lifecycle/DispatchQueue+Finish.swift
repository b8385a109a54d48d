import Dispatch
import Synchronization

extension DispatchQueue {
    /// Does a last thing behind all that the queue was given, and returns when that is done, or after `limit` where the queue hangs.
    func finish(within limit: DispatchTimeInterval, _ last: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            let waiter = Waiter(continuation)
            self.async {
                last()
                waiter.resume()
            }
            DispatchQueue.global().asyncAfter(deadline: .now() + limit) { waiter.resume() }
        }
    }
}

/// A continuation that is resumed by what comes first.
private final class Waiter: Sendable {
    private let continuation: Mutex<CheckedContinuation<Void, Never>?>

    init(_ continuation: CheckedContinuation<Void, Never>) {
        self.continuation = Mutex(continuation)
    }

    func resume() {
        continuation.withLock { $0.take() }?.resume()
    }
}
