import FoundationEssentials
import Glibc
import TestSupport

/// A directory in which each may put files, such as `/tmp`, and what somebody else has put there before the program starts.
struct SharedDirectoryCase: SurroundingsCase {
    /// What is there.
    enum Trap: String, CaseIterable {
        /// A token of somebody else, as if a write had been cut off.
        case foreignTemporary = "somebody else's token.json.tmp"
        /// The same, which nobody may even look at.
        case temporaryDirectory = "a directory token.json.tmp"
        /// A link that a write would follow.
        case linkedPrevious = "a link token.json.previous"
        /// A link that a lock would be taken through.
        case linkedLock = "a link token.json.lock"
        /// What no lock can be taken of.
        case lockDirectory = "a directory token.json.lock"
        /// A lock that only its owner may open.
        case foreignLock = "somebody else's token.json.lock"
    }

    static let all: [any SurroundingsCase] = Trap.allCases.map(SharedDirectoryCase.init)

    let trap: Trap
    var name: String { "in a shared directory, \(trap.rawValue)" }

    private static let stranger = UserID(number: 65_533)

    func run(_ files: FileBench, in folder: TemporaryFolder) async throws {
        guard geteuid() == 0 else { throw FileFaultImpossible(description: "needs root") }
        try await files.mayRun(as: .nobody)
        let directory = folder.path("shared")
        try attempt("mkdir", mkdir(directory, 0o755))
        try attempt("chmod", chmod(directory, 0o1777))
        let tokenFile = directory + "/token.json"
        try await files.signIn(tokenFile, owner: .nobody)
        let victim = folder.path("victim")
        try Data("untouched".utf8).write(to: URL(filePath: victim))
        try attempt("chown", chown(victim, UserID.nobody.number, UserID.nobody.number))
        try await set(in: directory, victim: victim, files)
        let before = try files.bytes(tokenFile)
        let exporter = try files.start(tokenFile: tokenFile, user: .nobody)
        if trap.refusesStart {
            try await expectRefusal(files, exporter, tokenFile: tokenFile, before: before)
        } else {
            try await files.renewals(2, of: exporter)
            try await files.stop(exporter, tokenFile: tokenFile)
            try expectOwnFile(tokenFile)
        }
        try Violation.unless(try files.bytes(victim) == Array("untouched".utf8), "a file outside was written through a link")
    }

    private func set(in directory: String, victim: String, _ files: FileBench) async throws {
        let temporary = directory + "/token.json.tmp"
        switch trap {
        case .foreignTemporary:
            try Data(#"{"access_token":"planted","refresh_token":"planted"}"#.utf8).write(to: URL(filePath: temporary))
            try attempt("chmod", chmod(temporary, 0o666))
            try attempt("chown", chown(temporary, Self.stranger.number, Self.stranger.number))
        case .temporaryDirectory:
            try attempt("mkdir", mkdir(temporary, 0o755))
        case .linkedPrevious:
            try attempt("symlink", symlink(victim, directory + "/token.json.previous"))
        case .linkedLock:
            try attempt("symlink", symlink(victim, directory + "/token.json.lock"))
        case .lockDirectory:
            try attempt("mkdir", mkdir(directory + "/token.json.lock", 0o777))
        case .foreignLock:
            let lock = directory + "/token.json.lock"
            try Data().write(to: URL(filePath: lock))
            try attempt("chmod", chmod(lock, 0o600))
            try attempt("chown", chown(lock, Self.stranger.number, Self.stranger.number))
        }
    }

    private func expectRefusal(_ files: FileBench, _ exporter: ServedExporter, tokenFile: String, before: [UInt8]) async throws {
        let end = try await exporter.process.end(within: FileBench.limit)
        try Violation.unless(end == .exited(code: 1), "it was not refused with 1: \(exporter.lastWords)")
        try Violation.unless(
            exporter.log.count { $0.contains("token.json.lock") } == 1, "not told in one line that names the lock: \(exporter.lastWords)"
        )
        guard await files.tokenRequests == 0 else { throw TokenLost(description: "a token was asked for: \(exporter.lastWords)") }
        try Violation.unless(try files.bytes(tokenFile) == before, "the file changed")
    }

    /// Nobody else may read the new token.
    private func expectOwnFile(_ tokenFile: String) throws {
        var status = stat()
        try attempt("lstat", lstat(tokenFile, &status))
        try Violation.unless(status.st_mode == S_IFREG | 0o600, "the file's mode is \(String(status.st_mode, radix: 8))")
        try Violation.unless(status.st_uid == UserID.nobody.number, "the file is user \(status.st_uid)'s")
    }
}

extension SharedDirectoryCase.Trap {
    fileprivate var refusesStart: Bool {
        switch self {
        case .linkedLock, .lockDirectory, .foreignLock: true
        case .foreignTemporary, .temporaryDirectory, .linkedPrevious: false
        }
    }
}
