import Testing

@testable import WebSecurity

@Suite("A web configuration file")
struct WebConfigurationTests {
    /// Of `secret`, cost 4.
    private static let hash = "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"

    private func read(_ text: String) throws(WebConfigurationError) -> WebConfiguration {
        try WebConfiguration(bytes: Array(text.utf8), path: "/etc/web.json")
    }

    @Test("has exporter-toolkit's keys; files begin at its directory")
    func whole() throws {
        let configuration = try read(
            """
            {
              "tls_server_config": {
                "cert_file": "server.crt", "key_file": "/keys/server.key",
                "client_auth_type": "RequireAndVerifyClientCert", "client_ca_file": "clients/\\u0063a.crt",
                "min_version": "TLS13", "max_version": "TLS13"
              },
              "basic_auth_users": {"prometheus": "\(Self.hash)", "b\\"": "\(Self.hash)"}
            }
            """)
        let tls = try #require(configuration.tls)
        #expect(tls.files.map(\.path) == ["/etc/server.crt", "/keys/server.key", "/etc/clients/ca.crt"])
        #expect(tls.files.map(\.line) == [3, 3, 4])
        #expect(tls.clientAuthentication == .requireAndVerify)
        #expect([tls.oldest, tls.newest] == [.tls13, .tls13])
        #expect(configuration.users.keys.sorted() == ["b\"", "prometheus"])
    }

    @Test("may have TLS alone, from version 1.2 on and with no certificates of clients, or users alone")
    func parts() throws {
        let tls = try #require(try read(#"{"tls_server_config":{"cert_file":"c","key_file":"k"}}"#).tls)
        #expect([tls.oldest, tls.newest] == [.tls12, .tls13])
        #expect(tls.clientAuthentication == .unwanted)
        #expect(try read(#"{"basic_auth_users":{"me":"\#(Self.hash)"}}"#).tls == nil)
        let relative = try WebConfiguration(bytes: Array(#"{"tls_server_config":{"cert_file":"c","key_file":"k"}}"#.utf8), path: "web.json")
        #expect(relative.tls?.certificate.path == "c")
    }

    /// What is told of a wrong file.
    private static let faults: [(String, String)] = [
        ("", ":1: expected this as JSON, which is a part of YAML: "),
        ("\n# TLS\ntls_server_config:\n  cert_file: a\n", ":2: expected this as JSON, which is a part of YAML: {\"tls_server_config\": "),
        ("{}", ":1: expected tls_server_config, basic_auth_users, or both"),
        ("[]", ":1: expected an object {…}, not an array"),
        (String(repeating: "{\"a\":", count: 16) + "1}", ":1: expected JSON: at most 16 brackets inside each other"),
        (String(repeating: "{\"a\":", count: 15) + "1" + String(repeating: "}", count: 15), ":1: a: expected one of the keys"),
        ("- a", ":1: expected this as JSON"),
        ("{\n\"tls_server_config\": {\n\"cert_file\": \"a\"\n\"key_file\": \"b\"}}", ":4: expected JSON: a comma or } behind a value"),
        ("{\"tls_server_config\"; 1}", ":1: expected JSON: a colon behind a key"),
        ("{'a': 1}", ":1: expected JSON: a key in double quotation marks"), ("{\"a\": nope}", ":1: expected JSON: a value of JSON"),
        ("{\"a\": \"b\n\"}", ":1: expected JSON: a text in one line"), ("{\"a\": \"b", ":1: expected JSON: a quotation mark"),
        ("{\"a\": \"\\x\"}", ":1: expected JSON: a text in UTF-8, with JSON's escapes alone"),
        ("{\"a\": 1}\n\n{", ":3: expected JSON: nothing behind the last bracket"),
        ("{\"a\": [1, 2}", ":1: expected JSON: a comma or ] behind a value"),
        ("{\n\"tls_config\": {}}", ":2: tls_config: expected one of the keys tls_server_config, basic_auth_users"),
        ("{\n\"http_server_config\": {}}", ":2: http_server_config: expected no such key, for which this program does nothing: there are "),
        ("{\"basic_auth_users\": {},\n\"basic_auth_users\": {}}", ":2: basic_auth_users: expected each key once"),
        ("{\"tls_server_config\": null}", ":1: tls_server_config: expected an object {…}, not null"),
        ("{\"tls_server_config\": [\n]}", ":1: tls_server_config: expected an object {…}, not an array"),
        ("{\"tls_server_config\":\n{\"cert_file\": \"a\"}}", ":2: tls_server_config: expected key_file in it"),
        ("{\"tls_server_config\": {\"cert_file\": \"\"}}", ":1: cert_file: expected the path of a file"),
        ("{\"tls_server_config\": {\"cert_file\": 1}}", ":1: cert_file: expected the path of a file"),
        (tls(",\n\"min_version\": \"TLS11\""), ":2: min_version: expected one of TLS12, TLS13"),
        (tls(",\"min_version\": \"TLS13\",\n\"max_version\": \"TLS12\""), ":2: max_version: expected min_version or a later one"),
        (
            tls(",\n\"cipher_suites\": []"),
            ":2: cipher_suites: expected no such key, for which this program does nothing: there are cert_file, "
        ),
        (tls(",\n\"client_allowed_sans\": []"), ":2: client_allowed_sans: expected no such key"),
        (tls(",\n\"client_auth_type\": \"Any\""), ":2: client_auth_type: expected one of NoClientCert, RequestClientCert, "),
        (tls(",\n\"client_auth_type\": \"VerifyClientCertIfGiven\""), ":2: client_auth_type: expected client_ca_file beside it"),
        (tls(",\n\"client_ca_file\": \"a\""), ":2: client_ca_file: expected client_auth_type VerifyClientCertIfGiven or "),
        ("{\"basic_auth_users\":\n{}}", ":1: basic_auth_users: expected at least one user"),
        (users("", hash), ":2: basic_auth_users: expected names of users"), (users("a:b", hash), ":2: basic_auth_users: expected names"),
        (users("me", "secret"), ":2: me: expected a bcrypt hash of cost 4 to 15"),
        (users("me", "$2x\(hash.dropFirst(3))"), ":2: me: expected a bcrypt hash"),
        (users("me", "$2b$03\(hash.dropFirst(6))"), ":2: me: expected a bcrypt hash"),
        (users("me", "$2b$16\(hash.dropFirst(6))"), ":2: me: expected a bcrypt hash"),
        (users("me", "\(hash)a"), ":2: me: expected a bcrypt hash"), (users("me", "\(hash.dropLast())="), ":2: me: expected a bcrypt hash"),
        (users("me\\u001b[2J", "a"), ":2: me\u{FFFD}[2J: expected a bcrypt hash"),
    ]

    private static func tls(_ more: String) -> String { "{\"tls_server_config\": {\"cert_file\": \"a\", \"key_file\": \"b\"\(more)}}" }
    private static func users(_ name: String, _ hash: String) -> String {
        "{\"basic_auth_users\": {\n\"\(name)\": \"\(hash)\"}}"
    }

    @Test("that is wrong is told by line and key, and by what is expected; a hash is not repeated", arguments: faults)
    func wrong(text: String, told: String) throws {
        let error = try #require(throws: WebConfigurationError.self) { try read(text) }
        #expect("\(error)".hasPrefix("/etc/web.json" + told))
        #expect(!"\(error)".contains("OfJnfCsdneAXAGHn"))
    }

    @Test("is read to 64 KiB and 16 brackets inside each other")
    func bounds() throws {
        let long = try #require(throws: WebConfigurationError.self) { try read(String(repeating: " ", count: 65_537)) }
        #expect("\(long)" == "/etc/web.json: expected a web configuration file of at most 65536 bytes")
        let deep = try #require(throws: WebConfigurationError.self) { try read(String(repeating: "{\"a\":", count: 17)) }
        #expect("\(deep)" == "/etc/web.json:1: expected JSON: at most 16 brackets inside each other")
    }
}
