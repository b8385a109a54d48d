import Glibc
import Synchronization

/// Who holds a lock.
package struct LockHolder: Sendable, Hashable, Codable, CustomStringConvertible {
    package let processID: Int32
    /// Where its exporter listens, such as `:9210`.
    package let address: String
    /// Its control socket, where it has one.
    package let socket: UnixSocket?

    package init(processID: Int32, address: String, socket: UnixSocket? = nil) {
        self.processID = processID
        self.address = address
        self.socket = socket
    }

    /// For a message: `process 4711 (:9210)`.
    package var description: String {
        "process \(processID) (\(address))"
    }

    var record: String { "\(processID)\n\(address)\n\(socket.map { "\($0)\n" } ?? "")" }

    /// Reads a lock file; `nil` where it does not say who holds it.
    init?(record: some StringProtocol) {
        let lines = record.split(separator: "\n")
        guard (2...3).contains(lines.count), let processID = Int32(lines[0]), processID > 0 else { return nil }
        let address = lines[1].unicodeScalars.prefix(100).filter { $0.isASCII && $0.value >= 0x20 && $0.value != 0x7f }
        let socket = lines.count == 3 ? UnixSocket(path: String(lines[2])) : nil
        guard socket.map({ $0.path.hasPrefix("/") && !$0.isTooLong }) ?? true else { return nil }
        self.init(processID: processID, address: String(String.UnicodeScalarView(address)), socket: socket)
    }
}

/// An advisory lock (`flock`) on a file of its own. The kernel lets go of it when the process ends, however it ends.
package final class FileLock: Sendable {
    /// Why there is no lock.
    package enum Failure: Error, Hashable {
        /// Another process has it.
        case held(by: LockHolder?)
        /// There are no locks in this place, for any process.
        case none(FileError)
        /// Its file is not the program's own: who holds a lock on it, and whether it is the one that others ask for, can't be known.
        case foreign(path: String, ForeignFile)
        /// It is not known whether another process has it.
        case system(FileError)

        /// What follows from an error of `open`.
        ///
        /// - Parameter exists: Whether there is a lock file.
        init(opening path: String, code: Int32, exists: Bool) {
            let error = FileError(operation: "open \(path)", code: code)
            switch code {
            case ELOOP: self = .foreign(path: path, .symbolicLink)
            case EISDIR: self = .foreign(path: path, .directory)
            case ENXIO, ENODEV: self = .foreign(path: path, .notRegular)
            // Where it can't be made no process has one. One that is there and can't be opened is another user's, who may hold it.
            case EACCES where exists, EPERM where exists:
                let advice = "open \(path), another user's: end that user's program and remove it, or keep the token elsewhere"
                self = .system(FileError(operation: advice, code: code))
            case EACCES, EPERM, EROFS, ENOSPC, EDQUOT: self = .none(error)
            // Too few descriptors or too little memory, a disk that fails, no such directory, no directory: no lock is no answer.
            default: self = .system(error)
            }
        }

        /// What follows from an error of `flock`.
        init(locking path: String, code: Int32, holder: LockHolder?) {
            let error = FileError(operation: "lock \(path)", code: code)
            switch code {
            case EWOULDBLOCK: self = .held(by: holder)
            // A file system without locks, or one whose lock server is not there.
            case ENOLCK, ENOTSUP, EINVAL, ENOSYS: self = .none(error)
            default: self = .system(error)
            }
        }
    }

    private let descriptor: Mutex<Int32?>

    /// Takes the lock, without waiting for it.
    ///
    /// - Parameters:
    ///   - path: The lock's own file.
    ///   - holder: Who asks.
    ///   - model: A file whose owner the lock file gets where it is made: one that root makes must not shut others out.
    /// - Throws: ``Failure``
    package init(path: String, holder: LockHolder, ownedLike model: String) throws(Failure) {
        let descriptor = try Self.open(path)
        do throws(Failure) {
            try Self.requireOwn(descriptor, path: path, beside: model)
            if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
                throw Failure(locking: path, code: errno, holder: Self.record(in: descriptor))
            }
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = Mutex(descriptor)
        keepOwner(of: model, on: descriptor)
        // Who holds it is a courtesy to the next one; the lock stands without it.
        if ftruncate(descriptor, 0) == 0 {
            _ = holder.record.withCString { pwrite(descriptor, $0, strlen($0), 0) }
        }
    }

    /// Takes the lock on a file that is never replaced, since no other can be made beside it: then its own is as good.
    ///
    /// - Parameter file: The file, which is opened and otherwise left as it is. No link is followed.
    /// - Throws: ``Failure``
    package init(on file: String) throws(Failure) {
        let descriptor = Glibc.open(file, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .none(FileError(operation: "open \(file)", code: errno)) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let failure = Failure(locking: file, code: errno, holder: nil)
            close(descriptor)
            throw failure
        }
        self.descriptor = Mutex(descriptor)
    }

    deinit {
        release()
    }

    /// Opens the lock file, or makes it. No link is followed, no pipe holds it up, and no terminal becomes the program's.
    private static func open(_ path: String) throws(Failure) -> Int32 {
        while true {
            let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0o600)
            if descriptor >= 0 { return descriptor }
            let code = errno
            guard code != EINTR else { continue }
            var status = stat()
            throw Failure(opening: path, code: code, exists: lstat(path, &status) == 0)
        }
    }

    /// What it is is asked of the open file: by its name it could be another one by then.
    private static func requireOwn(_ descriptor: Int32, path: String, beside model: String) throws(Failure) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system(FileError(operation: "look at \(path)", code: errno)) }
        let owners = LocalFileSystem().owners(beside: model)
        if let reason = FileStatus(status).foreign(unlessOwnedBy: owners) { throw .foreign(path: path, reason) }
    }

    /// Lets go of the lock. The lock file stays, since removing it would let two processes hold two locks of one name.
    package func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor {
                // By itself first: a child between fork and exec shares the open file, and would keep the lock a moment longer.
                flock(open, LOCK_UN)
                close(open)
            }
            descriptor = nil
        }
    }

    /// Who holds, or held last, the lock of a file, as its lock file says; `nil` where that is not there or may not be read.
    package static func lastHolder(inLockFile path: String) -> LockHolder? {
        let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return record(in: descriptor)
    }

    /// Whether a process holds the lock of a lock file now; false, too, where the system does not tell (proc_locks(5)). Nothing is locked
    /// for it: another process that wants the lock just then would not get it.
    package static func isHeld(lockFile path: String, by processID: Int32) -> Bool {
        guard let version = try? LocalFileSystem().version(of: path),
            let locks = try? LocalFileSystem().contents(of: "/proc/locks", limit: 1 << 20)
        else { return false }
        return String(decoding: locks, as: UTF8.self).split(separator: "\n").contains { line in
            // `1: FLOCK  ADVISORY  WRITE 4711 08:01:1234 0 EOF`; the device may be another than the file's own, as on btrfs.
            let fields = line.split(separator: " ")
            return fields.count > 5 && fields[1] == "FLOCK" && Int32(fields[4]) == processID && fields[5].hasSuffix(":\(version.inode)")
        }
    }

    private static func record(in descriptor: Int32) -> LockHolder? {
        // Room for a host's longest name (253, RFC 1035) and a socket's longest path.
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return nil }
        return LockHolder(record: String(decoding: buffer[..<count], as: UTF8.self))
    }
}
