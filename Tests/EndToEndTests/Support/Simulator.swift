import Foundation
import TestSupport

/// `netatmo-dashboard simulate` as a child, and what it says of itself.
final class Simulator {
    let process: ChildProcess
    let port: Int
    let refreshToken: String

    init(_ arguments: [String] = []) async throws {
        process = try ChildProcess(["simulate", "--addr", "127.0.0.1:0"] + arguments)
        let output = try await until("the simulator to start") { [process] in
            process.output.contains("refresh token") ? process.output : nil
        }
        port = try await until("the simulator's port") {
            output.firstMatch(of: /127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) }
        }
        refreshToken = try await until("the simulator's token") {
            output.firstMatch(of: /refresh token\s+(\S+)/).map { String($0.1) }
        }
    }

    /// The options of an exporter that works with this simulator.
    func options(tokenFile: String, addr: String = "127.0.0.1:0") -> [String] {
        [
            "--api-url", "http://127.0.0.1:\(port)", "--client-id", "simulator-client", "--token-file", tokenFile, "--addr", addr,
        ]
    }

    /// The simulator's client secret goes by the environment, as it should.
    static let environment = ["NETATMO_CLIENT_SECRET": "simulator-secret"]
}

/// Requests by HTTP, with redirects followed or not.
enum HTTP {
    struct Answer {
        let status: Int
        let location: String?
        let contentType: String?
        let body: String
    }

    static func get(_ address: String, accept: String? = nil, fields: [String] = []) async throws -> Answer {
        try await send(address, method: "GET", form: nil, fields: fields + (accept.map { ["Accept: \($0)"] } ?? []))
    }

    static func post(_ address: String, form: String, fields: [String] = []) async throws -> Answer {
        try await send(address, method: "POST", form: form, fields: fields)
    }

    /// Opens an address that holds a one-time key, and presses the button of its page.
    static func press(addressWithKey address: String, fields: [String] = []) async throws -> Answer {
        let page = try await get(address, fields: fields)
        guard let key = page.body.firstMatch(of: /name="key" value="([^"]+)"/)?.1 else { return page }
        return try await post(String(address.prefix { $0 != "?" }), form: "key=\(key)", fields: fields)
    }

    /// By curl, which leaves redirects alone unless told otherwise.
    private static func send(_ address: String, method: String, form: String?, fields: [String] = []) async throws -> Answer {
        let text = try Command.run(
            ["curl", "-s", "-g", "-m", "30", "-D", "-", "-X", method] + (form.map { ["--data", $0] } ?? [])
                + fields.flatMap { ["-H", $0] } + [address],
            environment: Program.environment(), folder: TemporaryFolder()
        )
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let head = String(parts.first ?? "")
        return Answer(
            status: head.firstMatch(of: /^HTTP\/1\.1 (\d+)/).flatMap { Int($0.1) } ?? 0,
            location: head.firstMatch(of: /(?i)\r\nlocation: ([^\r]*)/).map { String($0.1) },
            contentType: head.firstMatch(of: /(?i)\r\ncontent-type: ([^\r]*)/).map { String($0.1) },
            body: parts.count > 1 ? String(parts[1]) : ""
        )
    }
}
