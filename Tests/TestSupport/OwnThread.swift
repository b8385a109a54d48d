import Foundation

/// Does work that takes seconds of a processor on a thread of its own.
///
/// Tests share as many threads as the machine has processors: one that holds its thread for seconds makes others, which wait
/// for an answer, miss their time limits.
package func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
    }
}
