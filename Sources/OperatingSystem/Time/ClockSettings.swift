import CLinux
import Dispatch
import Glibc

/// The moments at which the clock of the day is set or jumps, as the kernel tells them: no one has to look at it for that.
final class ClockSettings: Sendable {
    /// `nil` where the kernel does not tell.
    static let shared = ClockSettings()

    private let bell = WakeUp()

    private init?() {
        let descriptor = clinux_clock_watch()
        guard descriptor >= 0 else { return nil }
        let queue = DispatchQueue(label: "netatmo-dashboard.clock")
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { [bell] in
            // Kept by its own handler, for as long as the program runs.
            withExtendedLifetime(source) {
                var expirations: UInt64 = 0
                _ = read(descriptor, &expirations, MemoryLayout.size(ofValue: expirations))
                bell.ring()
            }
        }
        source.activate()
    }

    /// Returns after that time by the monotonic clock, or when the clock of the day is set.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    func pause(for duration: Duration) async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.bell.wait() }
            group.addTask { try? await Task.sleep(for: duration) }
            await group.next()
            group.cancelAll()
        }
        try Task.checkCancellation()
    }
}
