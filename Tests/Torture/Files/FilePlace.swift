import FoundationEssentials
import Glibc
import OperatingSystem
import TestSupport

/// Token files in unusual places, and with owners of their own: they stay what they are.
extension FileBench {
    /// A relative symbolic link is followed, and stays.
    func keepRelativeLink() async -> TortureResult {
        await tell("relative symbolic link") { folder in
            let link = try makeLink(in: folder)
            try await signIn(folder.path("real/token.json"))
            let exporter = try ServedExporter(program: program, netatmo: netatmo, tokenFile: link)
            try await fileWorks(link, of: exporter)
            try linkIsThere(link)
            try await stop(exporter)
            try linkIsThere(link)
            return TortureResult(cases: 1, faults: 1)
        }
    }

    /// A symbolic link whose file is removed while the program runs: the next save makes the file where the link leads.
    func fillDanglingLink() async -> TortureResult {
        await tell("dangling symbolic link") { folder in
            let link = try makeLink(in: folder)
            let file = folder.path("real/token.json")
            try await signIn(file)
            let exporter = try ServedExporter(program: program, netatmo: netatmo, tokenFile: link)
            try await fileWorks(link, of: exporter)
            try attempt("unlink", unlink(file))
            try await fileWorks(file, of: exporter)
            try linkIsThere(link)
            try await stop(exporter)
            return TortureResult(cases: 1, faults: 1)
        }
    }

    /// A file that somebody else keeps to themselves: the program names it and ends.
    func leaveForeignFile() async -> TortureResult {
        await tell("file that can't be read") { folder in
            guard geteuid() == 0 else { throw FileFaultImpossible(description: "needs root") }
            try await mayRun(as: .nobody)
            // The directory is the program's, so that nothing but the file is in its way.
            try attempt("mkdir", mkdir(folder.path("state"), 0o755))
            try attempt("chown", chown(folder.path("state"), UserID.nobody.number, UserID.nobody.number))
            let file = folder.path("state/token.json")
            try await signIn(file)
            let before = try bytes(file)
            let exporter = try ServedExporter(program: program, netatmo: netatmo, tokenFile: file, user: .nobody)
            let end = try await exporter.process.end(within: Self.limit)
            try Violation.unless(end == .exited(code: 1), "did not end with 1: \(exporter.lastWords)")
            try Violation.unless(exporter.log.count { $0.contains(file) } == 1, "not told in one line: \(exporter.lastWords)")
            try Violation.unless(try bytes(file) == before, "the file changed")
            return TortureResult(cases: 1, faults: 1)
        }
    }

    /// Root who looks at a service's file does not take it away from the service.
    func keepOwner() async -> TortureResult {
        await tell("file of a service, used by root") { folder in
            guard geteuid() == 0 else { throw FileFaultImpossible(description: "needs root") }
            let file = folder.path("token.json")
            try await signIn(file, owner: .nobody)
            let exporter = try ServedExporter(program: program, netatmo: netatmo, tokenFile: file)
            try await fileWorks(file, of: exporter)
            try await stop(exporter)
            var status = stat()
            try attempt("stat", stat(file, &status))
            try Violation.unless(status.st_uid == UserID.nobody.number, "the file is now that of user \(status.st_uid)")
            try Violation.unless(status.st_mode & 0o777 == 0o600, "the file has the mode \(String(status.st_mode & 0o777, radix: 8))")
            return TortureResult(cases: 1, faults: 1)
        }
    }

    private static let linkTarget = "real/token.json"

    /// A link in the folder, to a file in a directory beside it that is not there yet.
    private func makeLink(in folder: TemporaryFolder) throws -> String {
        try attempt("mkdir", mkdir(folder.path("real"), 0o755))
        try attempt("symlink", symlink(Self.linkTarget, folder.path("token.json")))
        return folder.path("token.json")
    }

    private func linkIsThere(_ path: String) throws {
        let target = try LocalFileSystem().destinationOfSymbolicLink(at: path)
        try Violation.unless(target == Self.linkTarget, "the link leads to \(target ?? "nothing, it is a file now")")
    }

    private func stop(_ exporter: ServedExporter) async throws {
        exporter.process.signal(SIGTERM)
        let end = try await exporter.process.end(within: Self.limit)
        try Violation.unless(end == .exited(code: 0), "stopped by SIGTERM: \(exporter.lastWords)")
    }
}
