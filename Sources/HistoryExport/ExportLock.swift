import Glibc
import OperatingSystem

/// Keeps other exports from the files of one, as long as that runs.
package struct ExportLock: ~Copyable {
    private let path: String
    /// `nil` in a place without locks.
    private let lock: FileLock?

    /// - Parameter output: Where the export goes.
    /// - Throws: ``ExportError`` where another process exports to the same file.
    package init(of output: String) throws(ExportError) {
        path = output + ".part.lock"
        do throws(FileLock.Failure) {
            let holder = LockHolder(processID: getpid(), address: "history export")
            lock = try FileLock(path: path, holder: holder, ownedLike: directoryOfFile(output))
        } catch {
            switch error {
            case .held(let holder): throw .underWay(path: output, processID: holder?.processID)
            case .foreign(let path, let file): throw .damaged(path: path, reason: "not a lock file of this user's own: \(file)")
            case .system(let error) where error.code == ENOENT:
                throw .file(path: directoryOfFile(output), FileError(operation: "find this directory", code: ENOENT))
            case .system(let error): throw .file(path: path, error)
            case .none: lock = nil
            }
        }
    }

    /// The process that exports to a file now; `nil` where none is known to.
    package static func holder(of output: String) -> Int32? {
        let path = output + ".part.lock"
        let holder = FileLock.lastHolder(inLockFile: path)
        return holder.flatMap { FileLock.isHeld(lockFile: path, by: $0.processID) ? $0.processID : nil }
    }

    /// Its file is of no use any more: each export that begins makes one.
    deinit {
        guard let lock else { return }
        unlink(path)
        lock.release()
    }
}
