import Glibc
import Synchronization

@testable import OperatingSystem

/// A file system in memory that fails where a test wants it to, and that knows what a power cut would leave.
///
/// It takes the worst case: a file's bytes survive only where they were synchronised, while its names may reach the disk
/// at any time, and surely do when their directory is synchronised.
final class FaultyFileSystem: FileSystem {
    /// One call, as the tests name it.
    enum Call: String, CaseIterable, Sendable {
        case contents, version, destination, create, openInPlace, seek, touch, write, truncate, synchronize, close, rename,
            synchronizeDirectory
        case remove
    }

    /// Which calls fail, and how.
    struct Fault: Sendable {
        /// The call that fails.
        var call: Call
        /// Which of its calls, counted from 1.
        var number = 1
        /// What it fails with.
        var code: Int32
        /// Whether all later calls fail as well, as after a power cut.
        var isLasting = false
    }

    /// Somebody else replaces a file just after a call.
    struct Interference: Sendable {
        /// After which call.
        var call: Call
        /// Which of its calls, counted from 1.
        var number = 1
        var path: String
        var text: String
    }

    private struct Node {
        var bytes: [UInt8]
        var durable: [UInt8]?
        /// Where the next write goes.
        var position = 0
        /// After how many calls it last changed.
        var modified: Int64 = 0
    }

    private struct State {
        var nodes: [Int: Node] = [:]
        var names: [String: Int] = [:]
        var durableNames: [String: Int] = [:]
        var links: [String: String] = [:]
        var calls: [Call] = []
        var isDead = false
        var faults: [Fault]
        var interferences: [Interference] = []
        /// The files of somebody else.
        var foreign: Set<String> = []
    }

    private let state: Mutex<State>
    private let largestWrite: Int
    private let limits: Limits

    /// How much there is room for, in bytes.
    struct Limits: Sendable {
        /// In all files together; beyond it a write fails with `ENOSPC`.
        var disk = Int.max
        /// In each file; beyond it a write fails with `EFBIG`.
        var file = Int.max
    }

    convenience init(files: [String: String] = [:], links: [String: String] = [:], fault: Fault? = nil, largestWrite: Int = .max) {
        self.init(files: files, links: links, faults: [fault].compactMap(\.self), largestWrite: largestWrite)
    }

    init(
        files: [String: String] = [:], links: [String: String] = [:], faults: [Fault], largestWrite: Int = .max, limits: Limits = Limits()
    ) {
        var state = State(faults: faults)
        for (number, file) in files.enumerated() {
            state.nodes[number] = Node(bytes: Array(file.value.utf8), durable: Array(file.value.utf8))
            state.names[file.key] = number
        }
        state.durableNames = state.names
        state.links = links
        self.state = Mutex(state)
        self.largestWrite = largestWrite
        self.limits = limits
    }

    /// All calls so far, in their order.
    var calls: [Call] { state.withLock { $0.calls } }

    /// The names that there are.
    var names: [String] { state.withLock { $0.names.keys.sorted() } }

    /// Gives a file to somebody else.
    func giveAway(_ path: String) {
        state.withLock { _ = $0.foreign.insert(path) }
    }

    /// Lets somebody else replace files.
    func interfere(_ interferences: [Interference]) {
        state.withLock { $0.interferences = interferences }
    }

    /// Ends all faults, a power cut's too.
    func mend() {
        state.withLock { state in
            state.faults = []
            state.isDead = false
        }
    }

    /// The text of a file, as another process sees it.
    func text(of path: String) -> String? {
        state.withLock { state in
            state.names[path].flatMap { state.nodes[$0] }.map { String(decoding: $0.bytes, as: UTF8.self) }
        }
    }

    /// The texts that a file may have after a power cut: by its name on the disk, and by its name in memory.
    func textsAfterPowerCut(of path: String) -> [String?] {
        state.withLock { state in
            [state.durableNames[path], state.names[path]].map { number in
                number.flatMap { state.nodes[$0] }.map { String(decoding: $0.durable ?? [], as: UTF8.self) }
            }
        }
    }

    func contents(of path: String, limit: Int) throws(FileError) -> [UInt8]? {
        try call(.contents) { state in
            state.names[path].flatMap { state.nodes[$0] }.map { Array($0.bytes.prefix(limit)) }
        }
    }

    func destinationOfSymbolicLink(at path: String) throws(FileError) -> String? {
        try call(.destination) { $0.links[path] }
    }

    func version(of path: String) throws(FileError) -> FileVersion? {
        try call(.version) { state in
            state.names[path].flatMap { number in
                state.nodes[number].map {
                    FileVersion(device: 1, inode: UInt64(number), size: Int64($0.bytes.count), modified: $0.modified)
                }
            }
        }
    }

    /// Everything in it is the program's own, but for what was given away. To look is no call that fails.
    func status(of path: String, followingLinks: Bool) -> FileStatus? {
        state.withLock { state in
            state.names[path].map {
                FileStatus(
                    kind: .regular, owner: state.foreign.contains(path) ? 4711 : 0, links: 1, mode: 0o600,
                    version: FileVersion(device: 1, inode: UInt64($0), size: 0, modified: 0))
            }
        }
    }

    func owners(beside path: String) -> Set<UInt32> { [0] }

    func ownContents(of path: String, beside model: String, limit: Int) throws(FileError) -> (bytes: [UInt8], version: FileVersion)? {
        guard let bytes = try contents(of: path, limit: limit), let version = try version(of: path) else { return nil }
        return (bytes, version)
    }

    func create(_ path: String, ownedLike model: String) throws(FileError) -> Int {
        let number: Int? = try call(.create) { state in
            guard state.names[path] == nil else { return nil }
            let number = state.nodes.count
            state.nodes[number] = Node(bytes: [])
            state.names[path] = number
            return number
        }
        guard let number else { throw FileError(operation: "create", code: 17) }
        return number
    }

    func write(_ bytes: ArraySlice<UInt8>, to file: Int) throws(FileError) -> Int {
        let code = state.withLock { full($0, file) }
        return try call(.write, failingWith: code) { state in
            guard var node = state.nodes[file] else { return 0 }
            let part = bytes.prefix(min(largestWrite, room(state, file)))
            node.modified = Int64(state.calls.count)
            node.bytes.replaceSubrange(node.position..<min(node.bytes.count, node.position + part.count), with: part)
            node.position += part.count
            state.nodes[file] = node
            return part.count
        }
    }

    func openInPlace(_ path: String) throws(FileError) -> Int {
        let number: Int? = try call(.openInPlace) { state in
            guard let number = state.names[path] else { return nil }
            state.nodes[number]?.position = 0
            return number
        }
        guard let number else { throw FileError(operation: "open", code: 2) }
        return number
    }

    func truncate(_ file: Int, to size: Int) throws(FileError) {
        try call(.truncate) { state in
            guard let bytes = state.nodes[file]?.bytes else { return }
            state.nodes[file]?.bytes = Array(bytes.prefix(size))
            state.nodes[file]?.modified = Int64(state.calls.count)
        }
    }

    func seek(_ file: Int, to offset: Int) throws(FileError) {
        try call(.seek) { $0.nodes[file]?.position = offset }
    }

    func touch(_ path: String) throws(FileError) {
        try call(.touch) { state in
            guard let file = state.names[path] else { return }
            state.nodes[file]?.modified = Int64(state.calls.count)
        }
    }

    /// How many bytes can be written to a file where it stands: over its own, and as many behind them as there is room for.
    private func room(_ state: State, _ file: Int) -> Int {
        guard let node = state.nodes[file] else { return 0 }
        let used = Set(state.names.values).compactMap { state.nodes[$0]?.bytes.count }.reduce(0, +)
        let free = max(0, min(limits.disk - used, limits.file - node.bytes.count))
        return max(0, node.bytes.count - node.position) + min(free, Int.max / 2)
    }

    private func full(_ state: State, _ file: Int) -> Int32? {
        guard room(state, file) == 0 else { return nil }
        return (state.nodes[file]?.bytes.count ?? 0) >= limits.file ? EFBIG : ENOSPC
    }

    func synchronize(_ file: Int) throws(FileError) {
        try call(.synchronize) { state in
            let bytes = state.nodes[file]?.bytes
            state.nodes[file]?.durable = bytes
        }
    }

    func synchronize(fileAt path: String, beside model: String) throws(FileError) {
        try call(.synchronize) { state in
            guard let file = state.names[path] else { return }
            let bytes = state.nodes[file]?.bytes
            state.nodes[file]?.durable = bytes
        }
    }

    func close(_ file: Int) throws(FileError) {
        try call(.close) { _ in }
    }

    func rename(_ path: String, to newPath: String) throws(FileError) {
        try call(.rename) {
            let number = $0.names.removeValue(forKey: path)
            $0.names[newPath] = number
        }
    }

    func synchronizeDirectory(_ path: String) throws(FileError) {
        try call(.synchronizeDirectory) { $0.durableNames = $0.names }
    }

    func remove(_ path: String) throws(FileError) {
        try call(.remove) { $0.names[path] = nil }
    }

    private func call<Result: Sendable>(
        _ call: Call, failingWith code: Int32? = nil, _ action: @Sendable (inout State) -> Result
    ) throws(FileError) -> Result {
        let (result, code) = state.withLock { state -> (Result?, Int32) in
            state.calls.append(call)
            let number = state.calls.count { $0 == call }
            let fault = state.faults.first { $0.call == call && $0.number == number }
            if fault?.isLasting == true { state.isDead = true }
            let result = fault != nil || code != nil || state.isDead ? nil : action(&state)
            for other in state.interferences where other.call == call && other.number == number {
                state.nodes[state.nodes.count] = Node(bytes: Array(other.text.utf8), durable: nil)
                state.names[other.path] = state.nodes.count - 1
            }
            return (result, fault?.code ?? code ?? state.faults.last?.code ?? 0)
        }
        guard let result else { throw FileError(operation: "do \(call.rawValue)", code: code) }
        return result
    }
}
