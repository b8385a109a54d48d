import Engine
import EngineAPI
import FoundationEssentials
import Glibc
import NetatmoSimulator
import OperatingSystem
import TestSupport

/// What runs the program on a token file that something is wrong with.
struct FileBench: Sendable {
    let program: String
    let netatmo: LocalNetatmo
    let client: LocalClient

    /// How long anything may take on a busy machine: the longest back-off of saving is a minute.
    static let limit = Duration.seconds(90)

    /// The program lives through a fault that comes and goes, and ends with it once more.
    func outlive(_ fault: any FileFault, rounds: Int) async -> TortureResult {
        await tell(fault.name) { folder in
            let directory = folder.path("state")
            defer { fault.cleanUp(directory) }
            try fault.prepare(directory)
            try await mayRun(as: fault.user)
            let life = try await FaultCase(bench: self, fault: fault, directory: directory)
            var waits: [Int] = []
            for _ in 0..<rounds { waits.append(try await life.outlive()) }
            try await life.endDuringFault()
            let list = waits.map { "\($0) ms" }.joined(separator: ", ")
            return TortureResult(
                cases: rounds + 1, faults: rounds + 1, figures: ["\(fault.name): saved \(list) after its end"]
            )
        }
    }

    /// Runs a case, and makes a failure of what it throws.
    func tell(_ name: String, _ body: (TemporaryFolder) async throws -> TortureResult) async -> TortureResult {
        do {
            return try await body(TemporaryFolder())
        } catch let impossible as FileFaultImpossible {
            return TortureResult(figures: ["\(name): left out, \(impossible)"])
        } catch {
            return TortureResult(cases: 1, failures: ["\(name): \(error)"])
        }
    }

    /// - Throws: ``FileFaultImpossible`` where another user can't run the program.
    func mayRun(as user: UserID?) async throws {
        guard let user else { return }
        let trial = try? SpawnedProcess(user.prefix + [program, "--help"])
        guard try await trial?.end(within: .seconds(20)) == .exited(code: 0) else {
            throw FileFaultImpossible(description: "no other user can run \(program)")
        }
    }

    /// Puts a fresh refresh token into a file.
    func signIn(_ tokenFile: String, owner: UserID? = nil) async throws {
        let refreshToken = await netatmo.netatmo.issueTokens().refresh
        try Data(#"{"refresh_token":"\#(refreshToken)"}"#.utf8).write(to: URL(filePath: tokenFile))
        try attempt("chmod", chmod(tokenFile, 0o600))
        if let owner { try attempt("chown", chown(tokenFile, owner.number, owner.number)) }
    }

    /// The bytes of a file.
    func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path)))
    }

    /// Waits until what a file holds works at NetAtmo.
    func fileWorks(_ tokenFile: String, of exporter: ServedExporter) async throws {
        try await wait(for: "a token in the file that works", of: exporter) {
            let attributes = try TokenFile(path: tokenFile, system: LocalFileSystem()).read()
            guard let accessToken = attributes?.accessToken else { return false }
            return try await client.isAccepted(accessToken.reveal(), by: netatmo)
        }
    }

    /// Waits until something holds, as long as the program runs.
    func wait(for what: String, of exporter: ServedExporter, _ holds: () async throws -> Bool) async throws {
        _ = try await until("\(what); \(exporter.lastWords)", within: Self.limit) { () -> Bool? in
            guard exporter.process.end == nil else { throw ProgramEnded(lastWords: exporter.lastWords) }
            return try await holds() ? true : nil
        }
    }
}

/// The program ended where it had to go on.
struct ProgramEnded: Error, CustomStringConvertible {
    let lastWords: String

    var description: String { "the program ended: \(lastWords)" }
}

/// Something is not as it has to be.
struct Violation: Error, CustomStringConvertible {
    let description: String

    /// - Throws: itself, where the condition does not hold.
    static func unless(_ holds: Bool, _ description: @autoclosure () -> String) throws(Violation) {
        if !holds { throw Violation(description: description()) }
    }
}
