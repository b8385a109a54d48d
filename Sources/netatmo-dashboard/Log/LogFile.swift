// The compiler takes `stat` to be defined there, in a file of a module that links Dispatch.
import CDispatch
import Glibc
import OperatingSystem

/// Where the log's lines are kept. The seam where a test stands in for a disk.
protocol LogStorage: Sendable {
    var path: String { get }
    /// Adds whole lines at the end.
    func append(_ lines: [UInt8]) throws(FileError)
}

/// The log file and one older file beside it, `PATH.1`.
///
/// Several processes may share it: each write is a whole number of lines at the end of the file, and who makes the file the
/// older one holds a lock on it meanwhile. A process that had opened it before adds its lines to the older one.
struct LogFile: LogStorage {
    let path: String
    /// How many bytes it may have.
    var limit = 1 << 20

    /// - Throws: `FileError` where the file can't be opened, made the older one, or written whole.
    func append(_ lines: [UInt8]) throws(FileError) {
        let isAppended = try withFile { (file) throws(FileError) in
            guard try !isFull(file, for: lines.count) else {
                try rotate(file)
                return false
            }
            try write(lines, to: file)
            return true
        }
        if !isAppended { try withFile { (file) throws(FileError) in try write(lines, to: file) } }
    }

    private func withFile<Result>(_ body: (Int32) throws(FileError) -> Result) throws(FileError) -> Result {
        let file = try open()
        defer { close(file) }
        return try body(file)
    }

    private func write(_ bytes: [UInt8], to file: Int32) throws(FileError) {
        if let error = writeAll(bytes, to: file) { throw error }
    }

    /// Opens the file for appending; its directories are made where they are missing.
    private func open() throws(FileError) -> Int32 {
        // Without waiting, since a pipe may have its name.
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
        var file = Glibc.open(path, flags, 0o600)
        if file < 0, errno == ENOENT {
            try createDirectories(above: path)
            file = Glibc.open(path, flags, 0o600)
        }
        guard file >= 0 else { throw FileError(operation: "open", code: errno) }
        return file
    }

    /// Whether so many bytes more are too many for the file.
    private func isFull(_ file: Int32, for count: Int) throws(FileError) -> Bool {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw FileError(operation: "look at", code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileError(operation: "append to what is no regular file", code: EINVAL) }
        // The umask may have taken from the mode of a new file what the owner needs.
        if status.st_size == 0 { _ = fchmod(file, 0o600) }
        return status.st_size > 0 && Int(status.st_size) + count > limit
    }

    /// Makes the file the older one, unless another process has done so since it was opened, or is about to.
    private func rotate(_ file: Int32) throws(FileError) {
        guard flock(file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK, isAtPath(file) else { return }
        guard rename(path, "\(path).1") == 0 else { throw FileError(operation: "rename to \(path).1", code: errno) }
    }

    private func isAtPath(_ file: Int32) -> Bool {
        var (opened, named) = (stat(), stat())
        guard fstat(file, &opened) == 0, stat(path, &named) == 0 else { return false }
        return opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
    }
}
