import ServiceLifecycle
import OperatingSystem

/// Looks whether the token file is another version, and says so once it has come to rest (debounce).
///
/// By `stat`, which costs two microseconds and sees changes on network file systems too; when to look, the file knows
/// (``TokenStorage/looks``).
actor TokenFileWatch: Service {
    private let file: any TokenStorage
    private let looks: AsyncStream<Void>
    private let onChange: @Sendable () async -> Void
    /// The version that was there at the start; `nil` until it was looked at.
    private var first: FileVersion??
    private let executor = QueueExecutor(label: "token-file")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameter onChange: Called when the file is another version at two looks in a row: an editor takes away the old file before
    ///   the new one is there, or writes it in parts.
    init(_ file: any TokenStorage, looks: AsyncStream<Void>, onChange: @escaping @Sendable () async -> Void) {
        self.file = file
        self.looks = looks
        self.onChange = onChange
    }

    /// Looks at the file for the first time. To be called before the file is read: what happens to it after that is a change.
    func begin() {
        first = .some(version)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await self.watch()
        }
    }

    private func watch() async {
        var seen = version
        var told = first ?? seen
        for await _ in looks {
            let current = version
            if current == seen, current != told {
                told = current
                await onChange()
            }
            seen = current
        }
    }

    /// What can't be looked at is no version: to read it says why.
    private var version: FileVersion? {
        (try? file.version()) ?? nil
    }
}
