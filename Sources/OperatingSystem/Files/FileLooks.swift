/// When to look whether a file is another version: every two seconds while something happens to it, and once a minute otherwise; every
/// two seconds all the time where the file system does not tell that something happens.
///
/// Two looks follow each change, so that a version which was the same at two of them has rested for two seconds.
package actor FileLooks {
    private let changes: any NameChanges
    private let names: @Sendable () -> [String: Set<String>]?
    private let pause: @Sendable (Duration) async throws -> Void
    private var isTold = false
    /// Those that follow a change.
    private var looksDue = 0
    private let executor = QueueExecutor(label: "file-looks")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - names: What leads to the file, by directory; `nil` where that can't be said.
    ///   - changes: Tells what happens to those names.
    ///   - pause: Waits for so long; throws when the task is cancelled.
    package init(
        at names: @escaping @Sendable () -> [String: Set<String>]?, by changes: any NameChanges,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.names = names
        self.changes = changes
        self.pause = pause
    }

    package static let interval = Duration.seconds(2)
    /// For what happens unseen, such as in directories further up.
    package static let longestInterval = Duration.seconds(60)

    /// Returns when it is time for the next look; `nil` when the task is cancelled.
    package func next() async -> Void? {
        if changes.takeChanges() { looksDue = 2 }
        if isTold, looksDue == 0 {
            await changes.wait(atMost: Self.longestInterval)
        } else {
            guard (try? await pause(Self.interval)) != nil else { return nil }
        }
        guard !Task.isCancelled else { return nil }
        // Before the look: what happens behind it is told then.
        let coverage = names().map(changes.watch) ?? .partial
        isTold = coverage != .partial
        if changes.takeChanges() || coverage == .wholeFromNow { looksDue = 2 }
        looksDue = max(looksDue - 1, 0)
        return ()
    }
}

extension AsyncStream<Void> {
    /// A look every two seconds by the monotonic clock.
    package static var everyTwoSeconds: AsyncStream<Void> {
        AsyncStream { (try? await Task.sleep(for: FileLooks.interval)).map { _ in } }
    }

    /// As often as needed; see ``FileLooks``.
    package static func looks(_ looks: FileLooks) -> AsyncStream<Void> {
        AsyncStream { await looks.next() }
    }
}
