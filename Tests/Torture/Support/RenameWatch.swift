import Dispatch
import FoundationEssentials
import Glibc
import Synchronization

/// When a file was put in the place of another of one name, as the kernel tells it: each time, in order, by the wall clock.
final class RenameWatch: Sendable {
    private let times = Mutex<[Date]>([])
    private let descriptor: Int32

    /// - Throws: `errno` as a `Failed`, where the directory can't be watched.
    init(directory: String, name: String) throws(Failed) {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC))
        guard descriptor >= 0, inotify_add_watch(descriptor, directory, UInt32(IN_MOVED_TO)) >= 0 else { throw Failed(code: errno) }
        self.descriptor = descriptor
        DispatchQueue(label: "rename-watch").async { [weak self] in
            Self.read(descriptor) { time, renamed in
                if renamed == name { self?.times.withLock { $0.append(time) } }
                return self != nil
            }
        }
    }

    struct Failed: Error {
        let code: Int32
    }

    /// The renames so far.
    var renames: [Date] { times.withLock(\.self) }

    private static func read(_ descriptor: Int32, _ take: (Date, String) -> Bool) {
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&poller, 1, 200)
            guard take(.distantPast, "") else { return }
            guard ready > 0 else { continue }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            let time = Date()
            guard count > 0 else { continue }
            for name in names(buffer[..<count]) { _ = take(time, name) }
        }
    }

    /// The names in a row of `inotify_event`: 16 bytes, the last four of which say how many bytes of name follow.
    private static func names(_ bytes: ArraySlice<UInt8>) -> [String] {
        var names: [String] = []
        var rest = bytes
        while rest.count >= 16 {
            let length = rest.dropFirst(12).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            names.append(String(decoding: rest.dropFirst(16).prefix(length).prefix { $0 != 0 }, as: UTF8.self))
            rest = rest.dropFirst(16 + length)
        }
        return names
    }
}
