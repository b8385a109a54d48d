import Foundation
import TestSupport
import Testing

extension EndToEndSurroundings {
    @Suite("Exporters with a web configuration")
    struct WebConfigurationTests {
        private let folder: TemporaryFolder
        private var path: String { folder.path("web.json") }

        init() throws {
            folder = try TemporaryFolder()
            try write(TestCertificates.good, to: "server.crt")
            try write(TestCertificates.key, to: "server.key")
            try write(TestCertificates.authority, to: "ca.crt")
        }

        /// Puts another file in the place of one, as those do who renew certificates.
        private func write(_ text: String, to name: String) throws {
            let new = folder.path("new")
            try text.write(toFile: new, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: new)
            guard rename(new, folder.path(name)) == 0 else { throw CocoaError(.fileWriteUnknown) }
        }

        /// Of `secret`.
        private static let users = #""basic_auth_users": {"prometheus": "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"}"#

        private func configure(tls: String = "", users: String? = nil) throws {
            let tls = #""tls_server_config": {"cert_file": "server.crt", "key_file": "server.key"\#(tls)}"#
            try write("{\(tls)\(users.map { ", \($0)" } ?? "")}", to: "web.json")
        }

        private func scrape(password: String) -> String {
            "scheme: https, basic_auth: {username: prometheus, password: \(password)}, tls_config: {ca_file: \(folder.path("ca.crt"))}"
        }

        @Test("are scraped by a Prometheus with TLS and a password, and by none that has another one, or comes by plain HTTP")
        func scraped() async throws {
            try configure(users: Self.users)
            let promtool = try ChildProcess(executable: "promtool", ["check", "web-config", path])
            #expect(try await promtool.exitCode() == 0, "\(promtool.output)\(promtool.errors)")
            let exporter = try await ServedReadings(options: ["--web.config.file", path, "--log-level", "debug"])
            let prometheus = try await Prometheus(
                jobs: ["right": exporter.port, "wrong": exporter.port, "plain": exporter.port],
                settings: ["right": scrape(password: "secret"), "wrong": scrape(password: "hunter2")])
            #expect(try await prometheus.answer(to: #"netatmo_up{job="right"}"#).map(\.value) == [1])
            #expect(try await prometheus.answer(to: #"up{job="right"}"#).map(\.value) == [1])
            for job in ["wrong", "plain"] { #expect(try await prometheus.answer(to: #"up{job="\#(job)"}"#).map(\.value) == [0]) }
            let errors = Dictionary(try await prometheus.targets().map { ($0.scrapePool, $0.lastError) }) { $1 }
            #expect(errors["right"] == "")
            #expect(errors["wrong"]?.contains("401") == true)
            #expect(errors["plain"]?.contains("400") == true)
            #expect(exporter.errors.contains("this machine alone, and whomever a proxy on it serves, with a user's password can read /, "))
            #expect(exporter.errors.contains("http refused: a wrong user or password, from 127.0.0.1\n"))
            #expect(!exporter.errors.contains("hunter2") && !exporter.errors.contains("secret") && !exporter.errors.contains("$2b$"))
            let status = try ChildProcess(["status", "--addr", "127.0.0.1:\(exporter.port)"])
            #expect(try await status.exitCode() == 1)
            #expect(status.errors.hasSuffix("if it takes TLS alone (--web-config), ask by its control socket, or with curl\n"))
        }

        @Test("let in those alone who have a certificate, where one is required")
        func mutual() async throws {
            try configure(tls: #", "client_auth_type": "RequireAndVerifyClientCert", "client_ca_file": "ca.crt""#)
            let exporter = try await ServedReadings(options: ["--web-config", path])
            let own = "cert_file: \(folder.path("server.crt")), key_file: \(folder.path("server.key"))"
            let prometheus = try await Prometheus(
                jobs: ["with": exporter.port, "without": exporter.port],
                settings: [
                    "with": "scheme: https, tls_config: {ca_file: \(folder.path("ca.crt")), \(own)}",
                    "without": "scheme: https, tls_config: {ca_file: \(folder.path("ca.crt"))}",
                ])
            #expect(try await prometheus.answer(to: #"netatmo_up{job="with"}"#).map(\.value) == [1])
            #expect(try await prometheus.answer(to: #"up{job="without"}"#).map(\.value) == [0])
        }

        /// The status of a scrape by one who trusts that authority; 0 where there is no connection.
        private func scrape(_ port: Int, trusting authority: String, user: String = "prometheus:secret") throws -> Int {
            let file = folder.path("trusted.crt")
            try authority.write(toFile: file, atomically: false, encoding: .utf8)
            let arguments = ["curl", "-s", "-m", "20", "-o", "/dev/null", "-w", "%{http_code}", "--cacert", file, "-u", user]
            let text = try Command.run(
                arguments + ["https://127.0.0.1:\(port)/metrics"], environment: Program.environment(), folder: TemporaryFolder())
            return Int(text) ?? 0
        }

        @Test("take a new certificate and new users while they run, and keep the old ones where the new can't be used")
        func changed() async throws {
            try configure(users: Self.users)
            let exporter = try await ServedReadings(options: ["--web-config", path])
            #expect(try scrape(exporter.port, trusting: TestCertificates.authority) == 200)
            try write(TestCertificates.selfSigned, to: "server.crt")
            _ = try await until("the new certificate") {
                try scrape(exporter.port, trusting: TestCertificates.selfSigned) == 200 ? true : nil
            }
            #expect(try scrape(exporter.port, trusting: TestCertificates.authority) == 0)
            try write("tls_server_config:\n  cert_file: server.crt\n", to: "web.json")
            _ = try await until("the fault") {
                exporter.errors.contains("web.json:1: expected this as JSON") && exporter.errors.contains("stays in force") ? true : nil
            }
            #expect(try scrape(exporter.port, trusting: TestCertificates.selfSigned) == 200)
            try configure(users: Self.users.replacing("prometheus", with: "other"))
            _ = try await until("the new users") { try scrape(exporter.port, trusting: TestCertificates.selfSigned) == 401 ? true : nil }
            #expect(try scrape(exporter.port, trusting: TestCertificates.selfSigned, user: "other:secret") == 200)
        }

        @Test("that is wrong do not start: one line, and nothing was touched", arguments: [["serve"], ["--plain"]])
        func wrong(command: [String]) async throws {
            try configure(tls: ", \n\"min_version\": \"TLS11\"")
            let process = try ChildProcess(
                command + ["--web-config", path, "--client-id", "x", "--token-file", folder.path("token.json"), "--addr", "127.0.0.1:0"],
                environment: Simulator.environment)
            #expect(try await process.exitCode() == 64)
            #expect(process.errors == "netatmo-dashboard: \(path):2: min_version: expected one of TLS12, TLS13\n")
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted() == [
                    "ca.crt", "server.crt", "server.key", "web.json",
                ])
        }
    }
}
