import AsyncHTTPClient
import Foundation
import HummingbirdTesting
import NIOCore
import NIOHTTP1
import NIOSSL
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Server
@testable import WebSecurity

@Suite("Connections by TLS")
struct ServedTLSTests {
    /// A server of TLS, with more members of `tls_server_config`.
    private func bench(
        _ tls: [String: String] = [:], limits: ConnectionLimits = ConnectionLimits(patience: .hours(1))
    ) throws -> (bench: WebBench, web: WebFolder, protection: WebProtection) {
        let web = try WebFolder(tls: tls)
        let protection = try web.protection()
        let bench = WebBench(limits: limits, protection: protection)
        bench.fill()
        return (bench, web, protection)
    }

    /// Asks for a path as one who trusts an authority.
    private func ask(
        _ port: Int, _ path: String = "/metrics", trusting authority: String = TestCertificates.authority, certificate: String? = nil,
        newest: TLSVersion = .tlsv13
    ) async throws -> (status: UInt, body: String) {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
        tls.minimumTLSVersion = .tlsv1
        tls.maximumTLSVersion = newest
        if let certificate {
            tls.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) }
            tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(TestCertificates.key.utf8), format: .pem))
        }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.connectionPool.retryConnectionEstablishment = false
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            let answer = try await client.execute(HTTPClientRequest(url: "https://127.0.0.1:\(port)\(path)"), timeout: .seconds(20))
            return (answer.status.code, String(buffer: try await answer.body.collect(upTo: 32 << 20)))
        }
    }

    @Test("Scrapes and pages are served by TLS 1.2 and 1.3, whole", arguments: [TLSVersion.tlsv12, .tlsv13])
    func served(version: TLSVersion) async throws {
        let (bench, _, _) = try bench()
        let modules = (0..<3000).map { (id: "02:\($0)", name: "Module \($0)") }
        let stations = SampleStations.stations(SampleStations.json(baseNamed: "Base", modules: modules))
        bench.store.publish(DataStatus(stations: stations, fetchedAt: SampleStations.now))
        try await bench.test(.live) { client in
            let port = try #require(client.port)
            let metrics = try await ask(port, newest: version)
            #expect(metrics.status == 200)
            #expect(metrics.body.contains("Module 2999") && metrics.body.hasSuffix("\n"))
            #expect(metrics.body.utf8.count > 500_000)
            #expect(try await ask(port, "/healthz", newest: version).status == 200)
        }
    }

    @Test("An older version, or one below min_version, is refused")
    func old() async throws {
        for (tls, version) in [([:], TLSVersion.tlsv11), (["min_version": "TLS13"], .tlsv12)] {
            let (bench, _, _) = try bench(tls)
            try await bench.test(.live) { client in
                let port = try #require(client.port)
                await #expect(throws: (any Error).self) { try await ask(port, newest: version) }
                #expect(try await ask(port).status == 200)
            }
        }
    }

    @Test("A plain request is told so in a line, and closed")
    func plain() async throws {
        let (bench, _, _) = try bench()
        try await bench.test(.live) { client in
            let connection = try RawConnection(port: try #require(client.port))
            connection.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let answer = await connection.read()
            #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            #expect(answer.hasSuffix("\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"))
        }
    }

    @Test(
        "A client that does not end its handshake is closed in the time that a request has",
        arguments: ["", "\u{16}\u{3}\u{1}\0\u{20}\u{1}"])
    func slow(beginning: String) async throws {
        let (bench, _, _) = try bench(limits: ConnectionLimits(patience: .milliseconds(200)))
        try await bench.test(.live) { client in
            let connection = try RawConnection(port: try #require(client.port))
            connection.send(beginning)
            #expect(await !connection.read().hasSuffix(RawConnection.silence))
        }
    }

    @Test("What is no handshake is closed", arguments: ["\u{16}\u{3}\u{1}\0\u{5}xxxxx", "\0\0\0\0\0\0\0\0", "rubbish\r\n\r\n"])
    func rubbish(text: String) async throws {
        let (bench, _, _) = try bench()
        try await bench.test(.live) { client in
            let port = try #require(client.port)
            let connection = try RawConnection(port: port)
            connection.send(text)
            let answer = await connection.read()
            #expect(!answer.hasSuffix(RawConnection.silence) && !answer.contains("netatmo"))
            #expect(try await ask(port).status == 200)
        }
    }

    @Test(
        "Clients' certificates are asked for as client_auth_type says",
        arguments: [
            ("NoClientCert", [true, true, true]), ("RequestClientCert", [true, true, true]), ("RequireAnyClientCert", [false, true, true]),
            ("VerifyClientCertIfGiven", [true, true, false]), ("RequireAndVerifyClientCert", [false, true, false]),
        ])
    func clients(type: String, letIn: [Bool]) async throws {
        let (bench, _, _) = try bench(
            ["client_auth_type": type].merging(type.contains("Verify") ? ["client_ca_file": "ca.crt"] : [:]) { $1 })
        try await bench.test(.live) { client in
            let port = try #require(client.port)
            for (certificate, isLetIn) in zip([nil, TestCertificates.good, TestCertificates.selfSigned], letIn) {
                for version in [TLSVersion.tlsv12, .tlsv13] {
                    let status = try? await ask(port, certificate: certificate, newest: version).status
                    #expect(status == (isLetIn ? 200 : nil), "\(certificate ?? "none") by \(version)")
                }
            }
        }
    }

    @Test("The next handshake after a change has the new certificate; connections that are open stay")
    func changed() async throws {
        let (bench, web, protection) = try bench()
        try await bench.test(.live) { client in
            let port = try #require(client.port)
            await #expect(throws: (any Error).self) { try await ask(port, trusting: TestCertificates.selfSigned) }
            try web.write(TestCertificates.selfSigned, to: "server.crt")
            try protection.readAgain()
            #expect(try await ask(port, trusting: TestCertificates.selfSigned).status == 200)
            await #expect(throws: (any Error).self) { try await ask(port) }
        }
    }

    @Test("A sign-in from this machine begins without a key, its cookie is for TLS alone, and a foreign page's does not")
    func signIn() async throws {
        let (bench, _, _) = try bench()
        try await bench.test(.live) { client in
            let port = try #require(client.port)
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.certificateVerification = .none
            let configuration = HTTPClient.Configuration(
                tlsConfiguration: tls, redirectConfiguration: .disallow, decompression: .disabled)
            try await HTTPClient.withHTTPClient(configuration: configuration) { client in
                for (origin, status) in [(nil, 302), ("https://localhost", 302), ("http://localhost", 403)] as [(String?, UInt)] {
                    var request = HTTPClientRequest(url: "https://127.0.0.1:\(port)/auth/authorize")
                    request.headers.replaceOrAdd(name: "Host", value: "localhost")
                    if let origin { request.headers.add(name: "Origin", value: origin) }
                    let answer = try await client.execute(request, timeout: .seconds(20))
                    #expect(answer.status.code == status, "\(origin ?? "no origin")")
                    if status == 302 { #expect(answer.headers.first(name: "Set-Cookie")?.contains("Secure") == true) }
                }
            }
        }
    }
}
