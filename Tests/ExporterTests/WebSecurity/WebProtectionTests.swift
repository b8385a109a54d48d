import Foundation
import TestSupport
import Testing

@testable import OperatingSystem
@testable import WebSecurity

@Suite("The files of a web configuration")
struct WebProtectionTests {
    private func fault(_ web: WebFolder) throws -> String {
        let error = try #require(throws: WebConfigurationError.self) { try web.protection() }
        return "\(error)".replacing(web.folder.path("") + "/", with: "").replacing(web.folder.path(""), with: "")
    }

    @Test("make TLS, and say what a client needs")
    func whole() throws {
        #expect(try WebFolder().protection().servesTLS)
        #expect(try WebFolder().protection().demand == nil)
        #expect(try WebFolder(tls: nil, users: PasswordTests.hashes).protection().demand == "with a user's password")
        let mutual = ["client_auth_type": "RequireAndVerifyClientCert", "client_ca_file": "ca.crt"]
        #expect(
            try WebFolder(tls: mutual, users: PasswordTests.hashes).protection().demand == "with a client certificate and a user's password"
        )
        #expect(try WebFolder(tls: ["client_auth_type": "RequestClientCert"]).protection().demand == nil)
    }

    @Test("that are not there, or not what they should be, are told by line and key")
    func wrong() throws {
        let web = try WebFolder()
        try FileManager.default.removeItem(atPath: web.folder.path("server.crt"))
        #expect(try fault(web).hasPrefix("web.json:3: cert_file: expected a file that exists, not "))
        try web.write("nothing", to: "server.crt")
        #expect(try fault(web) == "web.json:3: cert_file: expected a file of certificates in the form PEM")
        try web.write("", to: "server.crt")
        #expect(try fault(web).hasPrefix("web.json:3: cert_file: expected a "))
        try web.write(TestCertificates.authority, to: "server.crt")
        #expect(try fault(web) == "web.json:4: key_file: expected the key that belongs to the first certificate of cert_file")
        try web.write(TestCertificates.good, to: "server.crt")
        try web.write("", to: "server.key", mode: 0o600)
        #expect(try fault(web) == "web.json:4: key_file: expected a private key in the form PEM")
        try web.write(
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", to: "server.key", mode: 0o600)
        #expect(try fault(web) == "web.json:4: key_file: expected a key without a passphrase, which nobody is there to type")
        try web.write(TestCertificates.key, to: "server.key", mode: 0o644)
        #expect(try fault(web) == "web.json:4: key_file: expected a file that not everybody can read: chmod o-r")
        try web.write(TestCertificates.key, to: "server.key", mode: 0o640)
        _ = try web.protection()
        try web.write(TestCertificates.good, to: "server.crt", mode: 0o666)
        #expect(try fault(web) == "web.json:3: cert_file: expected a file that not everybody can write to: chmod o-w")
        try web.configure(tls: ["cert_file": web.folder.path("")])
        #expect(try fault(web) == "web.json:3: cert_file: expected a regular file")
        let none = try #require(throws: WebConfigurationError.self) { try WebProtection(path: "/nowhere/web.json") }
        #expect("\(none)" == "/nowhere/web.json: expected a file that exists, not /nowhere/web.json")
    }

    @Test("with a certificate whose time is over give a warning")
    func expired() throws {
        let web = try WebFolder(certificate: TestCertificates.expired)
        #expect(
            try web.protection().warning(at: Date())
                == "\(web.path): the certificate of cert_file expired at 2020-01-02T03:04:05Z: clients refuse it")
        #expect(try WebFolder().protection().warning(at: Date()) == nil)
    }

    @Test("are read again; what can't be worked with leaves what was there in force")
    func again() throws {
        let web = try WebFolder(users: PasswordTests.hashes)
        let protection = try web.protection()
        try web.write(TestCertificates.expired, to: "server.crt")
        #expect(protection.versions != protection.versionsRead)
        try protection.readAgain()
        #expect(protection.versions == protection.versionsRead)
        #expect(protection.warning(at: Date()) != nil)
        try web.write(TestCertificates.authority, to: "server.crt")
        #expect(throws: WebConfigurationError.self) { try protection.readAgain() }
        #expect(protection.warning(at: Date()) != nil)
        try web.write(TestCertificates.good, to: "server.crt")
        try web.configure()
        try protection.readAgain()
        #expect(protection.warning(at: Date()) == nil)
        #expect(!protection.passwords.isAsking)
    }

    @Test("can't bring TLS or take it away while the program runs: its addresses hang on it")
    func sameScheme() throws {
        let web = try WebFolder(users: PasswordTests.hashes)
        let protection = try web.protection()
        try web.configure(tls: nil, users: PasswordTests.hashes)
        let error = try #require(throws: WebConfigurationError.self) { try protection.readAgain() }
        #expect("\(error)".hasSuffix("expected tls_server_config as at the start: to go it takes a restart"))
        #expect(protection.tls != nil)
        let plain = try web.protection()
        try web.configure(users: PasswordTests.hashes)
        #expect(throws: WebConfigurationError.self) { try plain.readAgain() }
        #expect(plain.tls == nil)
    }

    @Test("are read again once they rest, with a line in the log; a fault is told once, and over when it is mended")
    func watch() async throws {
        let (web, log) = (try WebFolder(), CollectedLog())
        let protection = try web.protection()
        let (looks, look) = AsyncStream.makeStream(of: Void.self)
        let watch = WebProtectionWatch(protection, looks: looks, log: log.logger)
        let run = Task { try await watch.run() }
        defer { run.cancel() }
        /// So many looks, and what was logged by then.
        func lines(after count: Int, _ expected: Int) async throws -> [String] {
            for _ in 0..<count { look.yield() }
            return try await until("\(expected) lines") { log.lines.count >= expected ? log.lines : nil }
        }
        try web.write(TestCertificates.expired, to: "server.crt")
        let readAgain = "info web configuration read again: whoever reaches the exporter can read it without a password [:]"
        let over = "warning \(web.path): the certificate of cert_file expired at 2020-01-02T03:04:05Z: clients refuse it [:]"
        #expect(try await lines(after: 2, 2) == [readAgain, over])
        #expect(protection.warning(at: Date()) != nil)
        try web.write(TestCertificates.authority, to: "server.crt")
        let told = try #require(try await lines(after: 5, 3).last)
        #expect(told.contains("key_file: expected the key that belongs to the first certificate of cert_file; what was read before stays"))
        #expect(protection.warning(at: Date()) != nil)
        try web.write(TestCertificates.good, to: "server.crt")
        #expect(try await lines(after: 5, 4).dropFirst(3) == [readAgain])
        #expect(protection.warning(at: Date()) == nil)
        look.finish()
        try await run.value
        #expect(log.lines.count == 4)
    }

    @Test("that let everybody in from now on are warned of")
    func opened() async throws {
        let (web, log) = (try WebFolder(users: PasswordTests.hashes), CollectedLog())
        let protection = try web.protection()
        let (looks, look) = AsyncStream.makeStream(of: Void.self)
        let run = Task { try await WebProtectionWatch(protection, looks: looks, log: log.logger).run() }
        defer { run.cancel() }
        let words = "web configuration read again: whoever reaches the exporter can read it"
        try web.configure(users: ["me": try #require(PasswordTests.hashes["me"])])
        for _ in 0..<2 { look.yield() }
        #expect(try await until("a line") { log.lines.last } == "info \(words) with a user's password [:]")
        try web.configure()
        for _ in 0..<5 { look.yield() }
        #expect(
            try await until("a second line") { log.lines.count > 1 ? log.lines.last : nil } == "warning \(words) without a password [:]")
        look.finish()
        try await run.value
    }
}
