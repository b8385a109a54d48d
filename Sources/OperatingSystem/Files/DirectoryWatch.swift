import CLinux
import Dispatch
import Glibc
import Synchronization

/// What tells that something happened to names in directories.
package protocol NameChanges: Sendable {
    /// Watches these names, and no others any more. To be called again whenever something happened: a directory may be another one.
    ///
    /// - Parameter names: By directory.
    func watch(_ names: [String: Set<String>]) -> WatchCoverage
    /// Whether something happened to them since the last time it was asked.
    func takeChanges() -> Bool
    /// Returns when something happened somewhere in their directories, after that time, or when the task is cancelled.
    func wait(atMost time: Duration) async
}

/// How much of what happens is told.
package enum WatchCoverage: Sendable, Hashable {
    /// Not all of it.
    case partial
    case whole
    /// All of it, from now on: something may have happened unseen until now.
    case wholeFromNow
}

/// Directories of which the kernel tells what happens in them (inotify(7)).
///
/// Directories and not files: whoever replaces a file gives its name to another one.
package final class DirectoryWatch: NameChanges {
    private let descriptor: Int32
    /// The names that count, by watched directory.
    private let watched = Mutex<[Int32: Set<String>]>([:])
    private let queue = DispatchQueue(label: "netatmo-dashboard.directories")

    private let tellsChanges: @Sendable (String) -> Bool

    /// `nil` where the system has none to give.
    ///
    /// - Parameter tellsChanges: Whether the file system of a directory tells of all that happens there.
    package init?(tellsChanges: @escaping @Sendable (String) -> Bool = { clinux_tells_changes($0) }) {
        self.tellsChanges = tellsChanges
        descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        guard descriptor >= 0 else { return nil }
    }

    deinit {
        close(descriptor)
    }

    private static let events =
        UInt32(IN_CREATE | IN_MODIFY | IN_ATTRIB | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

    package func watch(_ names: [String: Set<String>]) -> WatchCoverage {
        watched.withLock { watched in
            var current: [Int32: Set<String>] = [:]
            var isWhole = true
            for (directory, names) in names {
                // The same directory gets the same number again.
                let number = tellsChanges(directory) ? inotify_add_watch(descriptor, directory, Self.events) : -1
                if number < 0 { isWhole = false } else { current[number, default: []].formUnion(names) }
            }
            for number in watched.keys where current[number] == nil { inotify_rm_watch(descriptor, number) }
            defer { watched = current }
            guard isWhole else { return .partial }
            return current == watched ? .whole : .wholeFromNow
        }
    }

    package func takeChanges() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var hasChanges = false
        while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
            if containsChange(buffer[..<count]) { hasChanges = true }
        }
        return hasChanges
    }

    /// Looks at a row of `inotify_event`: 16 bytes, of which the first four are the directory's number, the second four what happened,
    /// and the last four say how many bytes of name follow, zeros at their end.
    private func containsChange(_ bytes: ArraySlice<UInt8>) -> Bool {
        watched.withLock { watched in
            var rest = bytes
            while rest.count >= 16 {
                let header = rest.withUnsafeBytes { bytes in
                    [0, 4, 12].map { bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self) }
                }
                let name = String(decoding: rest.dropFirst(16).prefix(Int(header[2])).prefix { $0 != 0 }, as: UTF8.self)
                rest = rest.dropFirst(16 + Int(header[2]))
                if header[1] & UInt32(IN_Q_OVERFLOW) != 0 { return true }
                // Of one that is not watched any more there may be old news.
                guard let names = watched[Int32(bitPattern: header[0])] else { continue }
                if name.isEmpty || names.contains(name) { return true }
            }
            return false
        }
    }

    package func wait(atMost time: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await Readiness(of: self.descriptor, on: self.queue).wait() }
            group.addTask { try? await Task.sleep(for: time) }
            await group.next()
            group.cancelAll()
        }
    }
}

/// That there is something to be read from a descriptor, once.
private final class Readiness: Sendable {
    private let source: Mutex<any DispatchSourceRead>

    init(of descriptor: Int32, on queue: DispatchQueue) {
        source = Mutex(DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue))
    }

    /// Returns when there is, or when the task is cancelled. The descriptor is not used any more then.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                source.withLock { source in
                    source.setEventHandler { self.end() }
                    source.setCancelHandler { continuation.resume() }
                    source.activate()
                }
            }
        } onCancel: {
            end()
        }
    }

    private func end() {
        source.withLock { $0.cancel() }
    }
}
