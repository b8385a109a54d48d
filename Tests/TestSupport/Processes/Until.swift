/// Something did not happen in time.
package struct TimeLimitReached: Error, CustomStringConvertible {
    /// What was waited for, and for how long.
    package let description: String

    /// - Parameter description: What was waited for, and for how long.
    package init(description: String) {
        self.description = description
    }
}

/// Looks again and again until there is a value: for what another process does, which tells nobody.
///
/// - Parameters:
///   - what: What is waited for, for the failure, in which it is worded.
///   - limit: How long at most.
///   - interval: The time between two looks.
///   - look: Gives the value once it is there.
/// - Throws: ``TimeLimitReached``, or what `look` throws.
package func until<Value>(
    _ what: @autoclosure () -> String, within limit: Duration = .seconds(30), every interval: Duration = .milliseconds(50),
    _ look: () async throws -> Value?
) async throws -> Value {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
        if let value = try await look() { return value }
        try await Task.sleep(for: interval)
    }
    throw TimeLimitReached(description: "waited \(limit) for: \(what())")
}
