import Glibc
import Netatmo
import TestSupport

// Files and links that are not as the program would make them.

extension FileBench {
    /// A relative link stays, and what it leads to is replaced.
    func keepRelativeLink() async -> TortureResult {
        await tell("relative link") { folder in
            try attempt("mkdir", mkdir(folder.path("real"), 0o755))
            try await signIn(folder.path("real/mine.json"))
            let link = folder.path("token.json")
            try attempt("symlink", symlink("real/mine.json", link))
            let exporter = try ServedExporter(program: program, netatmo: netatmo, tokenFile: link)
            try await fileWorks(link, of: exporter)
            try checkLink(link, leadsTo: "real/mine.json")
            try await fileWorks(folder.path("real/mine.json"), of: exporter)
            return TortureResult(cases: 1, faults: 1)
        }
    }

    /// A link whose target does not exist yet stays, and signing in makes the target.
    func fillDanglingLink() async -> TortureResult {
        await tell("dangling link") { folder in
            let link = folder.path("token.json")
            try attempt("symlink", symlink("later.json", link))
            let exporter = try ServedExporter(program: program, netatmo: netatmo, tokenFile: link)
            try await wait(for: "its address", of: exporter) { exporter.url != nil }
            try await signInByBrowser(exporter)
            try await fileWorks(folder.path("later.json"), of: exporter)
            try checkLink(link, leadsTo: "later.json")
            return TortureResult(cases: 1, faults: 1)
        }
    }

    /// A file that the program's user can't read is left alone, and named.
    func leaveUnreadableFile() async -> TortureResult {
        await tell("unreadable file") { folder in
            guard geteuid() == 0 else { throw FileFaultImpossible(description: "needs root") }
            try await mayRun(as: .nobody)
            let directory = folder.path("state")
            try attempt("mkdir", mkdir(directory, 0o755))
            try attempt("chown", chown(directory, UserID.nobody.number, UserID.nobody.number))
            let tokenFile = directory + "/token.json"
            try await signIn(tokenFile)
            let before = try bytes(tokenFile)
            let exporter = try ServedExporter(program: program, netatmo: netatmo, tokenFile: tokenFile, user: .nobody)
            let end = try await exporter.process.end(within: Self.limit)
            try Violation.unless(end == .exited(code: 1), "did not end with 1: \(exporter.lastWords)")
            try Violation.unless(exporter.log.count == 1 && exporter.log[0].contains(tokenFile), "not one line that names the file: \(exporter.log)")
            try Violation.unless(try bytes(tokenFile) == before, "the file was changed")
            return TortureResult(cases: 1, faults: 1)
        }
    }

    /// To root, who may write anything, a file stays its owner's.
    func keepOwner() async -> TortureResult {
        await tell("owner of the file") { folder in
            guard geteuid() == 0 else { throw FileFaultImpossible(description: "needs root") }
            let tokenFile = folder.path("token.json")
            try await signIn(tokenFile, owner: .nobody)
            let exporter = try ServedExporter(program: program, netatmo: netatmo, tokenFile: tokenFile)
            try await fileWorks(tokenFile, of: exporter)
            var status = stat()
            try attempt("stat", stat(tokenFile, &status))
            try Violation.unless(status.st_uid == UserID.nobody.number, "the file became user \(status.st_uid)'s")
            try Violation.unless(status.st_mode & 0o777 == 0o600, "the file's mode is not 0600")
            return TortureResult(cases: 1, faults: 1)
        }
    }

    private func checkLink(_ link: String, leadsTo destination: String) throws {
        let found = try LocalFileSystem().destinationOfSymbolicLink(at: link)
        try Violation.unless(found == destination, "the link leads to \(found ?? "nothing: it was replaced")")
    }

    /// Signs in as a browser on this machine does, which says yes at NetAtmo.
    private func signInByBrowser(_ exporter: ServedExporter) async throws {
        let start = try await client.send("\(exporter.url ?? "")/auth/authorize")
        let query = start.location?.split(separator: "?").last ?? ""
        let consent = try await client.send("\(netatmo.url)/oauth2/authorize", form: "\(query)&decision=accept")
        let cookie = start.cookie?.prefix { $0 != ";" } ?? ""
        let end = try await client.send(consent.location ?? "", fields: [("Cookie", String(cookie))])
        try Violation.unless(end.status == 302, "signing in answered \(end.status): \(end.body)")
    }
}
