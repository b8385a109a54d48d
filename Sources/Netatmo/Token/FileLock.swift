import Glibc
import Synchronization

/// Who holds a lock.
public struct LockHolder: Sendable, Hashable, CustomStringConvertible {
    /// The process.
    public let processID: Int32
    /// Where its exporter listens, such as `:9210`.
    public let address: String

    /// Creates a holder.
    public init(processID: Int32, address: String) {
        self.processID = processID
        self.address = address
    }

    /// For a message: `process 4711 (:9210)`.
    public var description: String {
        "process \(processID) (\(address))"
    }

    /// What stands in the lock file.
    var record: String { "\(processID)\n\(address)\n" }

    /// Reads a lock file; `nil` where it does not say who holds it.
    init?(record: some StringProtocol) {
        let lines = record.split(separator: "\n")
        guard lines.count == 2, let processID = Int32(lines[0]), processID > 0 else { return nil }
        let address = lines[1].unicodeScalars.prefix(100).filter { $0.isASCII && $0.value >= 0x20 && $0.value != 0x7f }
        self.init(processID: processID, address: String(String.UnicodeScalarView(address)))
    }
}

/// An advisory lock (`flock`) on a file of its own. The kernel lets go of it when the process ends, however it ends.
public final class FileLock: Sendable {
    /// Why there is no lock.
    enum Failure: Error {
        /// Another process has it.
        case held(by: LockHolder?)
        /// The file system gives none.
        case system(FileError)
    }

    private let descriptor: Mutex<Int32?>

    /// Takes the lock, without waiting for it.
    ///
    /// - Parameters:
    ///   - path: The lock's own file.
    ///   - holder: Who asks.
    ///   - model: A file whose owner the lock file gets where it is made: one that root makes must not shut others out.
    /// - Throws: ``Failure``
    init(path: String, holder: LockHolder, ownedLike model: String) throws(Failure) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(FileError(operation: "open \(path)", code: errno)) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let record = Self.record(in: descriptor)
            close(descriptor)
            if code == EWOULDBLOCK { throw .held(by: record) }
            throw .system(FileError(operation: "lock \(path)", code: code))
        }
        self.descriptor = Mutex(descriptor)
        keepOwner(of: model, on: descriptor)
        // Who holds it is a courtesy to the next one; the lock stands without it.
        if ftruncate(descriptor, 0) == 0 {
            _ = holder.record.withCString { pwrite(descriptor, $0, strlen($0), 0) }
        }
    }

    deinit {
        release()
    }

    /// Lets go of the lock. The lock file stays, since removing it would let two processes hold two locks of one name.
    public func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }

    private static func record(in descriptor: Int32) -> LockHolder? {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return nil }
        return LockHolder(record: String(decoding: buffer[..<count], as: UTF8.self))
    }
}
