import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo
@testable import netatmo_dashboard

@Suite("The way to NetAtmo")
struct NetworkSettingsTests {
    private static let credentials = ["NETATMO_CLIENT_ID": "id", "NETATMO_CLIENT_SECRET": "secret", "HOME": "/home/me"]

    private func settings(_ arguments: [String] = [], _ environment: [String: String] = [:]) throws -> Settings {
        try Settings(
            ExporterOptions.parse(arguments), from: SettingSources(environment: Self.credentials.merging(environment) { $1 }),
            defaultAddress: .thisMachine)
    }

    @Test(
        "goes by the proxy of the address's scheme, unless NO_PROXY names the host",
        arguments: [
            (["HTTPS_PROXY": "http://one:1"], "one:1"), (["https_proxy": "http://one:1"], "one:1"),
            (["HTTPS_PROXY": "one:1", "https_proxy": "two:2"], "one:1"), (["HTTPS_PROXY": "", "https_proxy": "two:2"], "two:2"),
            (["HTTPS_PROXY": " one:1\r"], "one:1"), (["HTTP_PROXY": "one:1"], nil), (["ALL_PROXY": "one:1"], nil), ([:], nil),
            (["HTTPS_PROXY": "one:1", "NO_PROXY": "netatmo.com"], nil), (["HTTPS_PROXY": "one:1", "no_proxy": ".netatmo.com"], nil),
            (["HTTPS_PROXY": "one:1", "NO_PROXY": "api.netatmo.com:443"], nil),
            (["HTTPS_PROXY": "one:1", "NO_PROXY": "other.org"], "one:1"),
            // A proxy that is not used may be anything.
            (["HTTPS_PROXY": "one:1", "HTTP_PROXY": "socks://x"], "one:1"),
        ] as [([String: String], String?)]
    )
    func proxy(_ environment: [String: String], _ expected: String?) throws {
        #expect(try settings([], environment).network.proxy?.description == expected)
    }

    @Test("goes by HTTP_PROXY for http, and by none on this machine")
    func plain() throws {
        let proxies = ["HTTP_PROXY": "plain:1", "HTTPS_PROXY": "secure:2", "NETATMO_INSECURE_API": "true"]
        #expect(try settings(["--api-url", "http://netatmo.test"], proxies).network.proxy?.description == "plain:1")
        #expect(try settings(["--api-url", "https://netatmo.test"], proxies).network.proxy?.description == "secure:2")
        for host in ["localhost:1", "127.0.0.1:1", "[::1]:1"] {
            #expect(try settings(["--api-url", "http://\(host)"], proxies).network.proxy == nil)
            #expect(try settings(["--api-url", "https://\(host)"], proxies).network.proxy == nil)
        }
    }

    @Test(
        "by a proxy that is none is refused by the variable's name, without what it holds",
        arguments: ["HTTPS_PROXY", "https_proxy"],
        ["https://me:hush@proxy:3128", "socks5://me:hush@proxy", "http://me:hush@", "me:hush@proxy:x"]
    )
    func wrongProxy(_ name: String, _ text: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try settings([], [name: text]) }
        #expect(error.description == "\(name): expected the address of an HTTP proxy such as http://proxy.example.org:3128")
    }

    @Test("is trusted by the authorities of SSL_CERT_FILE and SSL_CERT_DIR, which have to be there")
    func authorities() throws {
        let folder = try TemporaryFolder()
        try TestCertificates.authority.write(toFile: folder.path("ca.pem"), atomically: false, encoding: .utf8)
        try "no certificate".write(toFile: folder.path("other"), atomically: false, encoding: .utf8)
        for environment in [
            ["SSL_CERT_FILE": folder.path("ca.pem")], ["SSL_CERT_DIR": folder.path("")],
            ["SSL_CERT_DIR": "/nonexistent:\(folder.path(""))"],
            ["SSL_CERT_FILE": folder.path("ca.pem"), "SSL_CERT_DIR": folder.path("")],
        ] {
            #expect(throws: Never.self, "\(environment)") { try settings([], environment) }
        }
        for (environment, text) in [
            (
                ["SSL_CERT_FILE": folder.path("none")],
                "SSL_CERT_FILE: \"\(folder.path("none"))\" is not a readable file of certificates in the form PEM"
            ),
            (
                ["SSL_CERT_FILE": folder.path("other")],
                "SSL_CERT_FILE: \"\(folder.path("other"))\" is not a readable file of certificates in the form PEM"
            ),
            (
                ["SSL_CERT_DIR": "/nonexistent"],
                "SSL_CERT_DIR: \"/nonexistent\" is not a directory with files of certificates in the form PEM"
            ),
        ] {
            let error = try #require(throws: ConfigurationError.self) { try settings([], environment) }
            #expect(error.description == text)
            // Nothing is asked by TLS there.
            #expect(throws: Never.self) { try settings(["--api-url", "http://127.0.0.1:1"], environment) }
        }
    }

    @Test(
        "by http to another machine is refused unless --insecure-api allows it",
        arguments: ["http://netatmo.test", "HTTP://192.0.2.1:9211", "http://127.0.0.1.example.org", "http://0.0.0.0:1"])
    func insecure(_ url: String) throws {
        for (arguments, environment, name) in [
            (["--api-url", url], [:], "--api-url"), ([], ["NETATMO_API_URL": url], "NETATMO_API_URL"),
            (["--api-url", url, "--no-insecure-api"], ["NETATMO_INSECURE_API": "1"], "--api-url"),
        ] as [([String], [String: String], String)] {
            let error = try #require(throws: ConfigurationError.self) { try settings(arguments, environment) }
            #expect(error.description.hasPrefix("\(name): \"\(url)\" is not of https, nor on this machine"))
            #expect(error.description.hasSuffix("--insecure-api allows it"))
        }
        #expect(try settings(["--api-url", url, "--insecure-api"]).exporter.apiURL == url)
        #expect(try settings(["--api-url", url], ["NETATMO_INSECURE_API": "yes"]).exporter.apiURL == url)
    }

    @Test(
        "by https to any machine, and by http to this one, is as it should be",
        arguments: ["https://netatmo.test", "http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"])
    func secure(_ url: String) throws {
        #expect(try settings(["--api-url", url]).exporter.apiURL == url)
    }
}
