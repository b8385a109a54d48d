import Engine
import EngineAPI
import FoundationEssentials
import Glibc
import NetatmoSimulator
import OperatingSystem
import TestSupport

/// What runs the cases.
struct SurroundingsBench: Sendable {
    let program: String

    /// Runs a case with a NetAtmo of its own, so that what NetAtmo is asked can be counted.
    func run(_ one: any SurroundingsCase) async -> TortureResult {
        do {
            let program = program
            return try await LocalNetatmo.run(tokenLifetime: one.tokenLifetime) { netatmo in
                try await LocalClient.run { client in
                    let files = FileBench(program: program, netatmo: netatmo, client: client)
                    return await files.tell(one.name) { folder in
                        do {
                            try await one.run(files, in: folder)
                            return TortureResult(cases: 1, faults: 1)
                        } catch let lost as TokenLost {
                            return TortureResult(cases: 1, tokensLost: 1, failures: ["\(one.name): \(lost)"])
                        }
                    }
                }
            }
        } catch {
            return TortureResult(cases: 1, failures: ["\(one.name): \(error)"])
        }
    }
}

/// A pair of tokens that NetAtmo gave out is on no disk, and the program has ended or goes on as if it were.
struct TokenLost: Error, CustomStringConvertible {
    let description: String
}

extension FileBench {
    /// Starts the program.
    ///
    /// - Parameters:
    ///   - command: What it is to do.
    ///   - prefix: A command that starts it, such as `prlimit`.
    ///   - address: Where it is to listen.
    func start(
        _ command: [String] = ["serve"], tokenFile: String, prefix: [String] = [], user: UserID? = nil, address: String = "127.0.0.1:0"
    ) throws -> ServedExporter {
        let options = netatmo.options(tokenFile: tokenFile).dropLast(2) + ["--addr", address, "--renew-expired"]
        return ServedExporter(
            process: try SpawnedProcess(
                prefix + (user?.prefix ?? []) + [program] + command + options,
                environment: BuiltProgram.environment(LocalNetatmo.environment)
            )
        )
    }

    /// How many times NetAtmo was asked for new tokens.
    var tokenRequests: Int {
        get async { await netatmo.netatmo.requests.count { $0.endpoint == .token } }
    }

    /// Waits until NetAtmo has made so many new pairs.
    func renewals(_ count: Int, of exporter: ServedExporter) async throws {
        let simulated = netatmo.netatmo
        try await wait(for: "\(count) renewals", of: exporter) { await Refreshes(since: 0, of: simulated).granted.count >= count }
    }

    /// - Throws: ``TokenLost`` where what the file holds does not work at NetAtmo, after all that NetAtmo was asked.
    func expectTokenInFile(_ tokenFile: String, after exporter: ServedExporter) async throws {
        let attributes = try TokenFile(path: tokenFile, system: LocalFileSystem()).read()
        if let refreshToken = attributes?.refreshToken, await netatmo.netatmo.isAlive(refreshToken: refreshToken.reveal()) { return }
        throw TokenLost(description: "the file's refresh token is not the one in force; \(exporter.lastWords)")
    }

    /// Stops the program as a service manager does, and looks at the file that it leaves.
    func stop(_ exporter: ServedExporter, tokenFile: String) async throws {
        exporter.process.signal(SIGTERM)
        let end = try await exporter.process.end(within: Self.limit)
        try Violation.unless(end == .exited(code: 0), "stopped by SIGTERM: \(exporter.lastWords)")
        try await expectTokenInFile(tokenFile, after: exporter)
    }
}

extension TortureResult {
    /// Adds what another one came to.
    mutating func add(_ other: TortureResult) {
        cases += other.cases
        faults += other.faults
        tokensLost += other.tokensLost
        failures += other.failures
        figures += other.figures
    }
}
