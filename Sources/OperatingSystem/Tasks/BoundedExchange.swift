/// Carries out an exchange with another process, and ends one that takes longer than a limit.
///
/// The HTTP client's own deadline counts until the answer begins; one that comes a byte at a time would last for ever.
///
/// - Parameters:
///   - limit: How long it may take in all, by the monotonic clock.
///   - error: Thrown where it takes longer.
///   - exchange: Has to end when it is cancelled.
/// - Throws: What `exchange` throws, or `error`.
package func boundedExchange<Answer: Sendable>(
    limit: Duration, orThrow error: any Error, _ exchange: @escaping @Sendable () async throws -> Answer
) async throws -> Answer {
    try await withThrowingTaskGroup(of: Answer.self) { group in
        group.addTask { try await exchange() }
        group.addTask {
            try await Task.sleep(for: limit)
            throw error
        }
        defer { group.cancelAll() }
        guard let answer = try await group.next() else { throw CancellationError() }
        return answer
    }
}
