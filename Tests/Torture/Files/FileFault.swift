import FoundationEssentials
import Glibc
import TestSupport

/// Something that is wrong with the place of the token file for a while.
protocol FileFault: Sendable {
    var name: String { get }
    /// Who the program has to be for the fault to meet it; `nil` for who runs this.
    var user: UserID? { get }
    /// Makes the directory that the token file is in, before the program starts.
    ///
    /// - Throws: ``FileFaultImpossible`` where this machine does not allow the fault.
    func prepare(_ directory: String) throws
    /// Lets it begin.
    func begin(_ directory: String, program: Int32) throws
    /// Keeps it up; called again and again while it lasts.
    func keepUp(_ directory: String) throws
    /// Lets it end.
    func end(_ directory: String, program: Int32) throws
    /// Where the token file is while the fault lasts.
    func directoryDuringFault(_ directory: String) -> String
    /// Takes away what the removal of the directory would not.
    func cleanUp(_ directory: String)
}

extension FileFault {
    var user: UserID? { nil }
    func prepare(_ directory: String) throws { try attempt("mkdir", mkdir(directory, 0o755)) }
    func directoryDuringFault(_ directory: String) -> String { directory }
    func keepUp(_ directory: String) throws {}
    func cleanUp(_ directory: String) {}
}

/// This machine does not allow a fault.
struct FileFaultImpossible: Error, CustomStringConvertible {
    let description: String
}

/// A call of the operating system for the fault's sake failed.
struct SystemCallFailed: Error {
    let call: String
    let code: Int32
}

func attempt(_ call: String, _ result: Int32) throws(SystemCallFailed) {
    guard result == 0 else { throw SystemCallFailed(call: call, code: errno) }
}

/// The disk is full: a small one of its own, which takes root to make.
struct FullDisk: FileFault {
    let name = "full disk"

    func prepare(_ directory: String) throws {
        guard geteuid() == 0 else { throw FileFaultImpossible(description: "needs root") }
        try attempt("mkdir", mkdir(directory, 0o755))
        guard mount("tmpfs", directory, "tmpfs", 0, "size=64k") == 0 else {
            throw FileFaultImpossible(description: "needs the right to mount")
        }
    }

    func begin(_ directory: String, program: Int32) throws { try fill(directory) }
    /// A save that was under way may have given back a page.
    func keepUp(_ directory: String) throws { try fill(directory) }

    private func fill(_ directory: String) throws {
        let file = open(directory + "/filler", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw SystemCallFailed(call: "open", code: errno) }
        defer { close(file) }
        let page = [UInt8](repeating: 0, count: 4096)
        while write(file, page, page.count) > 0 {}
        guard errno == ENOSPC else { throw SystemCallFailed(call: "write", code: errno) }
    }

    func end(_ directory: String, program: Int32) throws {
        try attempt("unlink", unlink(directory + "/filler"))
    }

    func cleanUp(_ directory: String) {
        umount2(directory, Int32(MNT_DETACH))
    }
}

/// No file may grow beyond a size, as `ulimit -f` has it: a write ends with a signal, SIGXFSZ, or where that is ignored with EFBIG.
struct FileSizeLimit: FileFault {
    let name = "file size limit"

    func begin(_ directory: String, program: Int32) throws { try set("40", program) }
    func end(_ directory: String, program: Int32) throws { try set("unlimited", program) }

    /// Sets the soft limit of a process that runs.
    private func set(_ bytes: String, _ program: Int32) throws {
        let command = try SpawnedProcess(["prlimit", "--pid", "\(program)", "--fsize=\(bytes):"])
        command.waitForEnd()
        guard command.end == .exited(code: 0) else { throw FileFaultImpossible(description: "needs prlimit: \(command.errors)") }
    }
}

/// Neither the directory nor the file can be written to. The file alone would be written in place.
struct ReadOnlyPlace: FileFault {
    let name = "read-only directory and file"
    /// To root nothing is read-only.
    var user: UserID? { geteuid() == 0 ? .nobody : nil }

    func prepare(_ directory: String) throws {
        try attempt("mkdir", mkdir(directory, 0o755))
        if let user { try attempt("chown", chown(directory, user.number, user.number)) }
    }

    func begin(_ directory: String, program: Int32) throws {
        try attempt("chmod", chmod(directory, 0o555))
        try attempt("chmod", chmod(directory + "/token.json", 0o400))
    }

    func end(_ directory: String, program: Int32) throws { try attempt("chmod", chmod(directory, 0o755)) }
}

/// The directory is not there.
struct VanishedDirectory: FileFault {
    let name = "directory that vanishes"

    func begin(_ directory: String, program: Int32) throws {
        try attempt("rename", rename(directory, directoryDuringFault(directory)))
    }

    func end(_ directory: String, program: Int32) throws {
        try attempt("rename", rename(directoryDuringFault(directory), directory))
    }

    func directoryDuringFault(_ directory: String) -> String { directory + "-elsewhere" }
}

/// The file is somebody else's, in a directory where each may replace only what is theirs, such as /tmp.
struct ForeignFile: FileFault {
    let name = "file of somebody else"
    let user: UserID? = .nobody

    func prepare(_ directory: String) throws {
        guard geteuid() == 0 else { throw FileFaultImpossible(description: "needs root") }
        try attempt("mkdir", mkdir(directory, 0o755))
        try attempt("chmod", chmod(directory, 0o1777))
    }

    func begin(_ directory: String, program: Int32) throws { try give(directory, to: 0, mode: 0o644) }
    func end(_ directory: String, program: Int32) throws { try give(directory, to: UserID.nobody.number, mode: 0o600) }

    private func give(_ directory: String, to user: UInt32, mode: mode_t) throws {
        try attempt("chown", chown(directory + "/token.json", user, user))
        try attempt("chmod", chmod(directory + "/token.json", mode))
    }
}
