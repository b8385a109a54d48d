import Foundation
import TestSupport

/// `netatmo-dashboard serve` as those see it who attach to it.
final class AttachableEngine {
    let process: ChildProcess
    /// Its control socket, as its log names it.
    let socket: String

    /// - Parameters:
    ///   - command: What starts the program in place of the test, such as another user's.
    ///   - readings: Whether to wait for the first ones: without a token there are none.
    init(
        _ simulator: Simulator, tokenFile: String, _ options: [String] = [], environment: [String: String] = [:], by command: [String] = [],
        readings: Bool = true
    ) async throws {
        let command = command + [try Program.path, "serve"] + simulator.options(tokenFile: tokenFile) + options
        let process = try ChildProcess(
            executable: command[0], Array(command.dropFirst()), environment: Simulator.environment.merging(environment) { $1 })
        self.process = process
        socket = try await until("the control socket; \(process.errors)") {
            process.errors.firstMatch(of: /control socket: (\/\S+)\n/).map { String($0.1) }
        }
        guard readings else { return }
        _ = try await until("the readings; \(process.errors)") { process.errors.contains("data ok") ? true : nil }
    }

    var log: String { process.errors }
    /// How a screen names it.
    var name: String { "serve, pid \(process.processID)" }

    /// Asks over the control socket.
    ///
    /// - Parameters:
    ///   - path: May hold a range, such as `?[1-1000]`: so many requests, one after the other.
    ///   - body: What is sent along.
    @discardableResult
    func post(_ path: String, _ body: String = "") throws -> String {
        try Command.run(
            ["curl", "-s", "-m", "60", "--unix-socket", socket, "-X", "POST", "--data", body, "http://localhost\(path)"],
            environment: Program.environment(), folder: TemporaryFolder())
    }

    /// Lets that many events happen, each of them with two lines of the log: sign-ins that NetAtmo refuses.
    func makeEvents(_ count: Int) throws {
        try post("/v1/sign-in/answer?[1-\(count)]", #"{"text":"0123456789abcdef|00112233445566778899"}"#)
    }

    /// The memory that it has in use, in megabytes.
    func residentMegabytes() throws -> Int {
        try KernelView(processID: process.processID).residentMegabytes()
    }
}

extension Simulator {
    /// Writes a token file that needs no renewal for three hours.
    func writePair(to tokenFile: String, scope: String? = nil) async throws {
        let query = scope.map { "?scope=\($0)" } ?? ""
        let pair = try await HTTP.post("http://127.0.0.1:\(port)/simulator/tokens\(query)", form: "").body
        var token = try JSONSerialization.jsonObject(with: Data(pair.utf8)) as? [String: String] ?? [:]
        token["expiry"] = Date(timeIntervalSinceNow: 3 * 3600).ISO8601Format()
        try JSONSerialization.data(withJSONObject: token).write(to: URL(fileURLWithPath: tokenFile))
    }

    /// The endpoints that were asked so far.
    func requests() async throws -> [String] {
        let body = try await HTTP.get("http://127.0.0.1:\(port)/simulator/requests").body
        let record = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        return (record?["requests"] as? [[String: Any]] ?? []).compactMap { $0["endpoint"] as? String }
    }
}

/// What listens at a path and is no engine of ours, by Python.
final class FakeEngine {
    private let process: ChildProcess
    private let folder: TemporaryFolder

    var processID: Int32 { process.processID }

    private static let script = """
        import os, socket, sys
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(sys.argv[1])
        os.chmod(sys.argv[1], 0o666)
        listener.listen(8)
        print("listens", flush=True)
        while True:
            connection, _ = listener.accept()
            got = connection.recv(65536)
            print("got %d bytes" % len(got), flush=True)
            if got: connection.sendall(open(sys.argv[2], "rb").read())
            connection.close()
        """

    /// - Parameters:
    ///   - line: What it answers each request with, as the first line of a state.
    ///   - command: What starts it as another user, with room for its own command.
    init(at path: String, answering line: String = "", by command: [String] = []) async throws {
        folder = try TemporaryFolder()
        let answer = folder.path("answer")
        try "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\nconnection: close\r\n\r\n\(line)\n"
            .write(toFile: answer, atomically: false, encoding: .utf8)
        let command = command + ["/usr/bin/python3", "-c", Self.script, path, answer]
        let process = try ChildProcess(executable: command[0], Array(command.dropFirst()))
        self.process = process
        _ = try await until("the fake to listen; \(process.errors)") { process.output.contains("listens") ? true : nil }
    }

    /// What each of its connections sent, once there were so many.
    func received(_ count: Int) async throws -> [String] {
        try await until("\(count) connections; \(process.output)") {
            let lines = process.output.split(separator: "\n").dropFirst().map(String.init)
            return lines.count >= count ? lines : nil
        }
    }
}
