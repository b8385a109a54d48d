import Glibc
import NIOCore
import TestSupport

/// The exporter that this one is to replace still runs: nothing is asked of NetAtmo before the port is ours.
struct TakenPort: SurroundingsCase {
    let name = "a port that is taken"

    func run(_ files: FileBench, in folder: TemporaryFolder) async throws {
        for command in ["serve", "--plain"] {
            let tokenFile = folder.path("\(command).json")
            try await files.signIn(tokenFile)
            let before = try files.bytes(tokenFile)
            // The simulator's own port is as taken as any.
            let exporter = try files.start([command], tokenFile: tokenFile, address: "127.0.0.1:\(files.netatmo.port)")
            let end = try await exporter.process.end(within: FileBench.limit)
            try Violation.unless(end == .exited(code: 1), "\(command): not refused with 1: \(exporter.lastWords)")
            guard await files.tokenRequests == 0 else {
                throw TokenLost(description: "\(command) asked for a token: \(exporter.lastWords)")
            }
            try Violation.unless(try files.bytes(tokenFile) == before, "\(command): the file changed")
        }
    }
}

/// No more than 64 files may be open, and 60 clients hang on without a word: the token is renewed and saved all the same.
struct ScarceDescriptors: SurroundingsCase {
    let name = "60 silent clients under ulimit -n 64"

    func run(_ files: FileBench, in folder: TemporaryFolder) async throws {
        let tokenFile = folder.path("token.json")
        try await files.signIn(tokenFile)
        let exporter = try files.start(tokenFile: tokenFile, prefix: ["prlimit", "--nofile=64:64"])
        try await files.renewals(1, of: exporter)
        guard let port = exporter.port else { throw Violation(description: "it does not say where it listens") }
        let clients = (0..<60).map { _ in UnreadingClient(port: port) }
        try await files.renewals(2, of: exporter)
        try Violation.unless(
            !exporter.process.errors.contains("Too many open files"), "the descriptors ran out: \(exporter.lastWords)"
        )
        try await files.fileWorks(tokenFile, of: exporter)
        for client in clients { client.close() }
        try await files.wait(for: "an answer to a new client", of: exporter) { try await exporter.isAlive(files.client) }
        try await files.stop(exporter, tokenFile: tokenFile)
    }
}

/// 60 clients ask and ask without taking an answer: the token is renewed and saved all the same, and others are answered.
struct PipeliningFlood: SurroundingsCase {
    let name = "60 clients that pipeline 256 KiB of requests"

    func run(_ files: FileBench, in folder: TemporaryFolder) async throws {
        let tokenFile = folder.path("token.json")
        try await files.signIn(tokenFile)
        let exporter = try files.start(tokenFile: tokenFile)
        try await files.renewals(1, of: exporter)
        guard let port = exporter.port else { throw Violation(description: "it does not say where it listens") }
        let clients = (0..<60).map { _ in UnreadingClient(port: port) }
        let requests = Array(String(repeating: "GET /api/status HTTP/1.1\r\nHost: localhost\r\n\r\n", count: 5_500).utf8)
        for client in clients { client.send(requests) }
        try await files.renewals(2, of: exporter)
        try await files.fileWorks(tokenFile, of: exporter)
        for client in clients { client.close() }
        try await files.wait(for: "an answer to a new client", of: exporter) { try await exporter.isAlive(files.client) }
        try await files.stop(exporter, tokenFile: tokenFile)
    }
}

extension ServedExporter {
    /// Where it listens, once it does.
    fileprivate var port: UInt16? {
        url?.split(separator: ":").last.flatMap { UInt16($0) }
    }

    /// Whether `/healthz` answers, within five seconds.
    fileprivate func isAlive(_ client: LocalClient) async throws -> Bool {
        guard let url else { return false }
        return (try? await client.send("\(url)/healthz", within: .seconds(5)))?.status == 200
    }

    /// What `/readyz` says; `nil` before it listens.
    func isReady(_ client: LocalClient) async throws -> Bool? {
        guard let url else { return nil }
        return try await client.send("\(url)/readyz").status == 200
    }
}
