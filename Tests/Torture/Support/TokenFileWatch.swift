import Dispatch
import Engine
import EngineAPI
import FoundationEssentials
import Glibc
import Synchronization
import OperatingSystem

/// When a token file was replaced by another one, and when that one had been written beside it, as the kernel tells it: each time, in
/// order, by the wall clock. A file that is replaced by its like, as the program does at its start to see whether it can, is no other.
final class TokenFileWatch: Sendable {
    private struct Times {
        var renames: [Date] = []
        var writes: [Date] = []
    }

    struct Failed: Error {
        let code: Int32
    }

    private let times = Mutex(Times())

    /// - Throws: ``Failed`` where the directory can't be watched.
    init(directory: String, name: String) throws(Failed) {
        let descriptor = inotify_init1(Int32(IN_CLOEXEC))
        guard descriptor >= 0, inotify_add_watch(descriptor, directory, UInt32(IN_MOVED_TO | IN_MODIFY)) >= 0 else {
            throw Failed(code: errno)
        }
        // A thread of its own, which ends within 200 ms of the value's.
        DispatchQueue(label: "token-file-watch").async { [weak self] in
            var known = Self.bytes(directory + "/" + name)
            Self.read(descriptor, while: { self != nil }) { time, changed in
                let file = Self.bytes(directory + "/" + name)
                switch changed {
                case .init(name: name, isMove: true):
                    if file != known { self?.times.withLock { $0.renames.append(time) } }
                    known = file
                // As somebody does who signs in.
                case .init(name: name, isMove: false): known = file
                // The program writes the token by one call. It may have its name by now. What proves that there is room for it is
                // blanks, and no token.
                case .init(name: name + ".tmp", isMove: false):
                    let written = Self.refreshToken(Self.bytes(directory + "/" + name + ".tmp") ?? file)
                    if let written, written != Self.refreshToken(known) { self?.times.withLock { $0.writes.append(time) } }
                default: break
                }
            }
        }
    }

    /// Something that happened in the directory.
    private struct Change: Equatable {
        let name: String
        let isMove: Bool

        static func ~= (pattern: Change, value: Change) -> Bool { pattern == value }
    }

    private static func bytes(_ path: String) -> Data? {
        try? Data(contentsOf: URL(filePath: path))
    }

    private static func refreshToken(_ file: Data?) -> Secret? {
        file.flatMap { try? TokenAttributes(json: Array($0)).refreshToken }
    }

    /// When the file was replaced so far.
    var renames: [Date] { times.withLock(\.renames) }
    /// When a new file was written so far, which then was to replace it.
    var writes: [Date] { times.withLock(\.writes) }

    private static func read(_ descriptor: Int32, while isWanted: () -> Bool, _ take: (Date, Change) -> Void) {
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        while isWanted() {
            var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&poller, 1, 200) > 0 else { continue }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            let time = Date()
            guard count > 0 else { continue }
            for event in events(buffer[..<count]) { take(time, event) }
        }
    }

    /// A row of `inotify_event`: 16 bytes, of which the second four are the kind and the last four say how many bytes of name follow.
    private static func events(_ bytes: ArraySlice<UInt8>) -> [Change] {
        var events: [Change] = []
        var rest = bytes
        while rest.count >= 16 {
            let length = number(rest.dropFirst(12))
            let name = String(decoding: rest.dropFirst(16).prefix(length).prefix { $0 != 0 }, as: UTF8.self)
            events.append(Change(name: name, isMove: number(rest.dropFirst(4)) & Int(IN_MOVED_TO) != 0))
            rest = rest.dropFirst(16 + length)
        }
        return events
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
