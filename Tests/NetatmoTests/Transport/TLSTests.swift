import AsyncHTTPClient
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Homes
@testable import Netatmo

@Suite("Requests by TLS")
struct TLSTests {
    private static let trusted = Result {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("netatmo-authority-\(UUID().uuidString).pem")
        try Data(TestCertificates.authority.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try CertificateAuthorities(file: file.path)
    }

    /// Sends a refresh to a server with this certificate; also gives the number of requests that it got.
    private func send(
        to certificate: String, host: String = "localhost", versions: ClosedRange<TLSServer.Version> = .oldest ... .newest,
        network: (TLSServer) throws -> OutboundNetwork = { _ in OutboundNetwork(authorities: try trusted.get()) }
    ) async throws -> (result: Result<NetatmoAnswer, NetatmoError>, requests: Int) {
        let server = try await TLSServer(certificate: certificate, key: TestCertificates.key, versions: versions)
        let network = try network(server)
        let result = try await HTTPClient.withHTTPClient(configuration: network.clientConfiguration) { client in
            let transport = HTTPTransport(baseURL: "https://\(host):\(server.port)", client: client, network: network)
            do throws(NetatmoError) {
                return Result<NetatmoAnswer, NetatmoError>.success(
                    try await transport.send(
                        NetatmoRequest(purpose: .token, path: "/oauth2/token", form: [("grant_type", "refresh_token")])))
            } catch {
                return .failure(error)
            }
        }
        try await server.close()
        return (result, server.requests)
    }

    private func failure(_ result: Result<NetatmoAnswer, NetatmoError>) throws -> NetatmoError {
        guard case .failure(let error) = result else { throw NetatmoError(.refused, message: "no error") }
        return error
    }

    @Test(
        "A certificate of an authority that is trusted by SSL_CERT_FILE is accepted, by the name and by the address",
        arguments: ["localhost", "127.0.0.1"])
    func trusted(host: String) async throws {
        let (result, requests) = try await send(to: TestCertificates.good, host: host)
        #expect(try result.get().status == 200)
        #expect(requests == 1)
    }

    @Test(
        "A certificate that is refused is said as that, with the reason, and no request leaves",
        arguments: [
            (TestCertificates.expired, "localhost", "expired on 2020-01-02"),
            (TestCertificates.future, "localhost", "not valid before 2099-01-01, is this machine's clock right?"),
            (TestCertificates.selfSigned, "localhost", "its authority is not trusted here; SSL_CERT_FILE can name one that is"),
            (TestCertificates.otherHost, "localhost", "issued for another host"),
            (TestCertificates.otherHost, "127.0.0.1", "issued for another host"),
        ]
    )
    func refused(certificate: String, host: String, reason: String) async throws {
        let (result, requests) = try await send(to: certificate, host: host)
        #expect(try failure(result) == NetatmoError(.certificate, message: reason))
        #expect(requests == 0)
    }

    @Test("Without SSL_CERT_FILE the authority of these tests is unknown")
    func unknownAuthority() async throws {
        let (result, requests) = try await send(to: TestCertificates.good) { _ in OutboundNetwork() }
        let error = try failure(result)
        #expect(error == NetatmoError(.certificate, message: "its authority is not trusted here; SSL_CERT_FILE can name one that is"))
        #expect("\(error)".hasPrefix("certificate refused (its authority"))
        #expect(requests == 0)
    }

    @Test("TLS 1.2 and 1.3 are spoken, and nothing before", arguments: [(TLSServer.Version.v11, false), (.v12, true), (.newest, true)])
    func versions(latest: TLSServer.Version, isSpoken: Bool) async throws {
        let (result, requests) = try await send(to: TestCertificates.good, versions: .oldest...latest)
        #expect(requests == (isSpoken ? 1 : 0))
        guard !isSpoken else { return }
        let error = try failure(result)
        #expect(error == NetatmoError(.network, message: "TLS handshake failed: the server offers nothing from TLS 1.2 on"))
    }

    @Test("A server that speaks no TLS is told as that")
    func noTLS() async throws {
        let server = try RawServer { connection in
            connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.readToTheEnd()
        }
        let error = await #expect(throws: NetatmoError.self) {
            try await HTTPClient.withHTTPClient(configuration: OutboundNetwork().clientConfiguration) { client in
                try await HTTPTransport(baseURL: "https://127.0.0.1:\(server.port)", client: client)
                    .send(NetatmoRequest(purpose: .token, path: "/", form: [("a", "b")]))
            }
        }
        withExtendedLifetime(server) {}
        #expect(error == NetatmoError(.network, message: "TLS handshake failed: the server speaks no TLS"))
    }

    // MARK: By a proxy

    /// A proxy that lets connections through to a server, and what it was asked for.
    private final class Proxy: Sendable {
        private let heads = Mutex<[String]>([])
        private let answer: String

        init(answer: String = "HTTP/1.1 200 OK\r\n\r\n") {
            self.answer = answer
        }

        var requests: [String] { heads.withLock { $0 } }

        func listen(for server: TLSServer) throws -> RawServer {
            let port = server.port
            return try RawServer { [self] connection in
                let head = connection.readHead()
                heads.withLock { $0.append(head) }
                connection.send(answer)
                if answer.contains("200") { connection.relay(to: port) }
            }
        }
    }

    @Test("By a proxy a request goes with the name for the proxy to find, and the user for the proxy alone")
    func proxied() async throws {
        let proxy = Proxy()
        var listener: RawServer?
        let (result, requests) = try await send(to: TestCertificates.good, host: "netatmo.test") { server in
            let raw = try proxy.listen(for: server)
            listener = raw
            let address = try #require(HTTPProxy("http://me:p%40ss@127.0.0.1:\(raw.port)"))
            return OutboundNetwork(authorities: try Self.trusted.get(), proxy: address)
        }
        withExtendedLifetime(listener) {}
        #expect(try result.get().status == 200)
        #expect(requests == 1)
        let heads = proxy.requests
        #expect(heads.count == 1)
        #expect(heads[0].hasPrefix("CONNECT netatmo.test:"))
        // me:p@ss in Base64.
        #expect(heads[0].lowercased().contains("proxy-authorization: basic bwu6cebzcw=="))
    }

    @Test("By a proxy the reason why a certificate is refused is found too")
    func proxiedCertificate() async throws {
        let proxy = Proxy()
        var listener: RawServer?
        let (result, requests) = try await send(to: TestCertificates.expired) { server in
            let raw = try proxy.listen(for: server)
            listener = raw
            return OutboundNetwork(authorities: try Self.trusted.get(), proxy: HTTPProxy("127.0.0.1:\(raw.port)"))
        }
        withExtendedLifetime(listener) {}
        #expect(try failure(result) == NetatmoError(.certificate, message: "expired on 2020-01-02"))
        #expect(requests == 0)
        #expect(proxy.requests.count == 2)
    }

    @Test(
        "What a proxy refuses was not carried out, and is said in words",
        arguments: [
            ("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "Proxy authentication required"),
            ("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "Invalid proxy response"),
        ]
    )
    func refusingProxy(answer: String, message: String) async throws {
        let proxy = Proxy(answer: answer)
        var listener: RawServer?
        let (result, _) = try await send(to: TestCertificates.good) { server in
            let raw = try proxy.listen(for: server)
            listener = raw
            return OutboundNetwork(proxy: HTTPProxy("127.0.0.1:\(raw.port)"))
        }
        withExtendedLifetime(listener) {}
        #expect(try failure(result) == NetatmoError(.network, message: message))
    }
}
