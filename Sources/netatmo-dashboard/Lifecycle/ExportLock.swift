import Glibc
import HistoryExport
import OperatingSystem

/// Keeps other exports from the files of one, as long as that runs.
struct ExportLock: ~Copyable {
    private let path: String
    /// `nil` in a place without locks.
    private let lock: FileLock?

    /// - Parameter output: Where the export goes.
    /// - Throws: ``ExportError`` where another process exports to the same file.
    init(of output: String) throws(ExportError) {
        path = output + ".part.lock"
        do throws(FileLock.Failure) {
            let holder = LockHolder(processID: getpid(), address: "history export")
            lock = try FileLock(path: path, holder: holder, ownedLike: directoryOfFile(output))
        } catch {
            switch error {
            case .held(let holder): throw .underWay(path: output, processID: holder?.processID)
            case .foreign(let path, let file): throw .damaged(path: path, reason: "not a lock file of this user's own: \(file)")
            case .system(let error): throw .file(path: path, error)
            case .none: lock = nil
            }
        }
    }

    /// Its file is of no use any more: each export that begins makes one.
    deinit {
        guard let lock else { return }
        unlink(path)
        lock.release()
    }
}
