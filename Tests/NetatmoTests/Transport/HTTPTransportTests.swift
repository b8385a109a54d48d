import AsyncHTTPClient
import Foundation
import NIOCore
import Testing

@testable import Homes
@testable import Netatmo

@Suite("Requests by HTTP")
struct HTTPTransportTests {
    /// Sends a refresh to a port of this machine.
    private func send(
        to port: UInt16, scheme: String = "http", host: String = "127.0.0.1", limit: Duration = .seconds(30),
        connectLimit: TimeAmount? = nil,
        now: Date = Date(timeIntervalSince1970: 1_795_454_285)
    ) async throws -> NetatmoAnswer {
        var configuration = OutboundNetwork().clientConfiguration
        if let connectLimit { configuration.timeout.connect = connectLimit }
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            try await HTTPTransport(baseURL: "\(scheme)://\(host):\(port)", client: client, limit: limit, now: { now })
                .send(NetatmoRequest(purpose: .token, path: "/oauth2/token", form: [("grant_type", "refresh_token")]))
        }
    }

    /// The error of a request to a server that does this with its connection.
    private func failure(
        limit: Duration = .seconds(30), _ handle: @escaping @Sendable (RawServer.Connection) -> Void
    ) async throws -> NetatmoError {
        let server = try RawServer(handle)
        let error = await #expect(throws: NetatmoError.self) { try await send(to: server.port, limit: limit) }
        withExtendedLifetime(server) {}
        return try #require(error)
    }

    private static let half = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"access_token\":"

    @Test("Connecting takes 10 s at most, and a whole request 30 s")
    func limits() async throws {
        #expect(HTTPTransport.requestLimit == .seconds(30))
        let configuration = OutboundNetwork().clientConfiguration
        #expect(configuration.timeout.connect == .seconds(10))
        #expect(configuration.timeout.read == .seconds(30))
        try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            #expect(HTTPTransport(baseURL: "http://127.0.0.1:1", client: client).limit == HTTPTransport.requestLimit)
        }
    }

    // MARK: What surely was not carried out

    @Test("An address where nobody listens is no connection, in the system's words")
    func refused() async throws {
        // A port of the reserved range that no service has: 1 is tcpmux.
        let error = await #expect(throws: NetatmoError.self) { try await send(to: 1) }
        #expect(error == NetatmoError(.network, message: "Connection refused"))
    }

    @Test("A name that can't be found is no connection, and named")
    func unknownName() async throws {
        // An empty label: the resolver refuses it without asking anybody.
        let error = await #expect(throws: NetatmoError.self) { try await send(to: 80, host: "no..name") }
        #expect(error == NetatmoError(.network, message: "host no..name not found"))
    }

    @Test("A connection that does not come about in time is told apart from an answer that does not come")
    func connectTimeout() async throws {
        let server = try RawServer(backlog: 0, nil)
        // The system completes one connection of its own accord, and lets the others wait.
        let fillers = try (0..<3).map { _ in try UnfinishedConnection(to: server.port) }
        let error = await #expect(throws: NetatmoError.self) { try await send(to: server.port, connectLimit: .milliseconds(300)) }
        withExtendedLifetime((server, fillers)) {}
        #expect(error == NetatmoError(.connectTimeout, message: "Connect timeout"))
    }

    @Test("A TLS handshake that nobody answers counts as a connection that did not come about")
    func silentHandshake() async throws {
        let server = try RawServer { $0.readToTheEnd() }
        let error = await #expect(throws: NetatmoError.self) {
            try await send(to: server.port, scheme: "https", connectLimit: .milliseconds(300))
        }
        withExtendedLifetime(server) {}
        #expect(error?.kind == .connectTimeout)
        #expect(error?.mayHaveBeenCarriedOut == false)
    }

    @Test("A TLS handshake that is broken off is no connection")
    func brokenHandshake() async throws {
        let server = try RawServer { $0.readRequest() }
        let error = await #expect(throws: NetatmoError.self) { try await send(to: server.port, scheme: "https") }
        withExtendedLifetime(server) {}
        #expect(error?.kind == .network)
        #expect(error?.mayHaveBeenCarriedOut == false)
    }

    // MARK: What may have been carried out

    @Test("A connection that is closed before the answer is no connection, and the request may have been carried out")
    func closed() async throws {
        let error = try await failure { $0.readRequest() }
        #expect(error == NetatmoError(.network, message: "Remote connection closed", mayHaveBeenCarriedOut: true))
    }

    @Test("A connection that is reset before the answer is no connection, and the request may have been carried out")
    func reset() async throws {
        let error = try await failure {
            $0.readRequest()
            $0.resetAtClose()
        }
        #expect(error == NetatmoError(.network, message: "Connection reset by peer", mayHaveBeenCarriedOut: true))
    }

    @Test("An answer that ends inside its head is none")
    func halfHead() async throws {
        let error = try await failure {
            $0.readRequest()
            $0.send("HTTP/1.1 200 OK\r\nContent-Le")
        }
        #expect(error.kind == .network)
        #expect(error.mayHaveBeenCarriedOut)
    }

    @Test(
        "An answer that ends inside its body is cut off, whatever its framing and however the connection ends",
        arguments: [half, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"acc"], [false, true]
    )
    func halfBody(bytes: String, isReset: Bool) async throws {
        let error = try await failure {
            $0.readRequest()
            $0.send(bytes)
            if isReset { $0.resetAtClose() }
        }
        // A reset may overtake what was sent before it.
        #expect(error.kind == .truncated || isReset && error.kind == .network)
        #expect(error.mayHaveBeenCarriedOut)
    }

    @Test("An answer that is no HTTP is an unusable one")
    func garbage() async throws {
        let error = try await failure {
            $0.readRequest()
            $0.send("\u{1}\u{2}SSH-2.0 who goes there\r\n\r\n")
        }
        #expect(error == NetatmoError(.invalidAnswer, message: "not HTTP", mayHaveBeenCarriedOut: true))
    }

    @Test("An answer that does not come is given up at the limit")
    func silence() async throws {
        let error = try await failure(limit: .seconds(2)) { $0.readToTheEnd() }
        #expect(error == NetatmoError(.timeout, message: "not complete after 2 s", mayHaveBeenCarriedOut: true))
    }

    @Test("An answer that comes a byte at a time is given up at the limit, although it never stands still")
    func dripping() async throws {
        let error = try await failure(limit: .seconds(2)) { connection in
            connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while connection.send(" ") { Thread.sleep(forTimeInterval: 0.02) }
        }
        #expect(error == NetatmoError(.timeout, message: "not complete after 2 s", mayHaveBeenCarriedOut: true))
    }

    @Test("An answer of more than 8 MiB is given up, whether it says so before or not", arguments: ["Content-Length: 9437184\r\n", ""])
    func tooLarge(framing: String) async throws {
        let error = try await failure { connection in
            connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\n\(framing)\r\n")
            let block = [UInt8](repeating: 0x20, count: 1 << 20)
            for _ in 0..<17 where !connection.send(block) { return }
        }
        #expect(error == NetatmoError(.tooLarge, message: "more than 8 MiB", mayHaveBeenCarriedOut: true))
    }

    @Test("An answer of exactly 8 MiB is taken")
    func largest() async throws {
        let server = try RawServer { connection in
            connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 8388608\r\n\r\n")
            connection.send([UInt8](repeating: 0x20, count: 8 << 20))
        }
        let answer = try await send(to: server.port)
        withExtendedLifetime(server) {}
        #expect(answer.body.count == 8 << 20)
    }

    // MARK: Retry-After

    @Test(
        "Retry-After is read from the answer, by the answer's own time where it has one",
        arguments: [
            ("Retry-After: 90\r\n", Duration.seconds(90)), ("retry-after: Mon, 23 Nov 2026 17:20:05 GMT\r\n", .seconds(120)),
            ("Date: Mon, 23 Nov 2026 17:20:00 GMT\r\nRetry-After: Mon, 23 Nov 2026 17:20:05 GMT\r\n", .seconds(5)),
            ("Retry-After: soon\r\n", nil), ("", nil),
        ]
    )
    func retryAfter(headers: String, expected: Duration?) async throws {
        let server = try RawServer { connection in
            connection.readRequest()
            connection.send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\(headers)\r\n")
        }
        let answer = try await send(to: server.port)
        withExtendedLifetime(server) {}
        #expect(answer.status == 503)
        #expect(answer.retryAfter == expected)
    }
}

/// A connection that is begun and left alone.
private final class UnfinishedConnection {
    private let descriptor: Int32

    init(to port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXError(.EMFILE) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    deinit {
        close(descriptor)
    }
}
