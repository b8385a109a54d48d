import FoundationEssentials

@testable import Netatmo
@testable import WebSecurity

/// A web configuration that is taken is JSON to others too, and one that is refused is told in a line.
enum WebConfigurationProperties {
    static func check(_ bytes: [UInt8]) throws(Violation) {
        let configuration: WebConfiguration
        do throws(WebConfigurationError) {
            configuration = try WebConfiguration(bytes: bytes, path: "/etc/web.json")
        } catch {
            return try requireOneLine("\(error)")
        }
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        let names = JSONMemberNames.names(in: text) ?? []
        try require((try? JSONDecoder().decode(JSONValue.self, from: Data(text))) != nil, "Foundation does not read it")
        try require(names.contains("tls_server_config") == (configuration.tls != nil), "TLS was overlooked")
        try require(names.contains("basic_auth_users") != configuration.users.isEmpty, "users were overlooked")
        for file in configuration.tls?.files ?? [] {
            try require(file.path.hasPrefix("/") && !file.path.utf8.contains(0), "no path: \(file.path)")
        }
    }
}
