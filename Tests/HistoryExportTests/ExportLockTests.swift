import Glibc
import TestSupport
import Testing

@testable import HistoryExport

@Suite("The lock of an export")
struct ExportLockTests {
    @Test("keeps a second one from the same file, by name and process, and leaves nothing behind")
    func second() throws {
        let folder = try TemporaryFolder()
        let output = folder.path("out")
        do {
            let first = try ExportLock(of: output)
            #expect(throws: ExportError.underWay(path: output, processID: getpid())) { _ = try ExportLock(of: output) }
            #expect(access(output + ".part.lock", F_OK) == 0)
            #expect(ExportLock.holder(of: output) == getpid())
            _ = try ExportLock(of: folder.path("other"))
            extendLifetime(first)
        }
        #expect(access(output + ".part.lock", F_OK) != 0)
        #expect(ExportLock.holder(of: output) == nil)
        _ = try ExportLock(of: output)
    }

    @Test("that can't be had says why, in a line with the path")
    func refused() throws {
        let folder = try TemporaryFolder()
        #expect(symlink("/etc/passwd", folder.path("out.part.lock")) == 0)
        let error = #expect(throws: ExportError.self) { _ = try ExportLock(of: folder.path("out")) }
        #expect(error?.description.contains("out.part.lock: not a lock file of this user's own") == true)
        let missing = #expect(throws: ExportError.self) { _ = try ExportLock(of: folder.path("none/out")) }
        #expect(missing?.description == "\(folder.path("none")): can't find this directory: No such file or directory")
    }
}
