import FoundationEssentials
import OperatingSystem
import Screen
import Synchronization

/// Keeps what the user changed on the screen in a file of the user's own, and has it again next time. The screen waits for none of it.
actor ScreenStateFile {
    nonisolated private let path: String
    private let changes = ScreenStateChanges()
    private let executor = QueueExecutor(label: "screen-state")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// More than this is nothing of ours, in bytes.
    static let longest = 4096
    /// What is changed within this time is written at once.
    static let pause = Duration.seconds(1)

    /// - Parameter directory: Where the program keeps what it has to remember.
    init(in directory: String) {
        path = "\(directory)/screen.json"
    }

    private nonisolated var file: DurableFile<LocalFileSystem> {
        DurableFile(beside: String(path.dropLast(5)), suffix: ".json", system: LocalFileSystem())
    }

    /// What was kept, and what is wrong with it in a line: then there are the defaults.
    nonisolated func read() -> (preferences: ScreenPreferences, problem: String?) {
        do {
            guard let bytes = try file.read(limit: Self.longest + 1) else { return (ScreenPreferences(), nil) }
            guard bytes.count <= Self.longest, let kept = try? JSONDecoder().decode(ScreenPreferences.self, from: Data(bytes)) else {
                return (ScreenPreferences(), "\(path) is damaged: the screen begins with its defaults")
            }
            return (kept, nil)
        } catch {
            return (ScreenPreferences(), "\(path): \(error); the screen begins with its defaults")
        }
    }

    /// Takes what is to be kept; returns at once.
    nonisolated func keep(_ preferences: ScreenPreferences) {
        changes.note(preferences)
    }

    /// Writes what changes until the task is cancelled, and what is left then.
    ///
    /// - Parameter say: Gets a line where it can't be written, once.
    func run(say: @Sendable (String) -> Void) async {
        var isTold = false
        while true {
            await changes.wakeUp.wait()
            try? await Task.sleep(for: Self.pause)
            if let preferences = changes.take(), let problem = write(preferences), !isTold {
                isTold = true
                say(problem)
            }
            if Task.isCancelled { return }
        }
    }

    private func write(_ preferences: ScreenPreferences) -> String? {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            try createDirectories(above: path)
            try file.replace(with: Array(try encoder.encode(preferences)) + [0x0A])
            return nil
        } catch {
            return "\(path) can't be written, so that the screen's state is not kept: \(error)"
        }
    }
}

/// The latest of what is to be written.
private final class ScreenStateChanges: Sendable {
    private let latest = Mutex<ScreenPreferences?>(nil)
    let wakeUp = WakeUp()

    func note(_ preferences: ScreenPreferences) {
        latest.withLock { $0 = preferences }
        wakeUp.ring()
    }

    func take() -> ScreenPreferences? {
        latest.withLock { latest in
            defer { latest = nil }
            return latest
        }
    }
}
