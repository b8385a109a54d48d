import AsyncHTTPClient
import FoundationEssentials
import OperatingSystem

/// An HTTP proxy that lets connections through (`CONNECT`, RFC 9110, section 9.3.6).
package struct HTTPProxy: Sendable, Hashable, CustomStringConvertible {
    private let host: String
    private let port: Int
    private let user: String?
    private let password: Secret?

    /// Reads the address of a proxy as `HTTPS_PROXY` has it: `http://host:port`, `http://user:password@host:port`, `host:port`; `nil`
    /// where the text is none. Without a port it is 80.
    package init?(_ text: String) {
        let isWhole = text.contains("://")
        guard let url = URL(string: isWhole ? text : "http://\(text)"), url.scheme?.lowercased() == "http",
            let host = url.host(), !host.isEmpty, ["", "/"].contains(url.path()), url.query() == nil, url.fragment() == nil,
            !text.contains(where: \.isWhitespace)
        else { return nil }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = url.port ?? 80
        guard (1...65_535).contains(port) else { return nil }
        user = url.user(percentEncoded: false)
        password = url.password(percentEncoded: false).flatMap(Secret.init)
    }

    /// Host and port. Never the user nor the password.
    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    var configuration: HTTPClient.Configuration.Proxy {
        let authorization = user.map { HTTPClient.Authorization.basic(username: $0, password: password?.reveal() ?? "") }
        return .server(host: host, port: port, authorization: authorization)
    }
}

extension HTTPProxy: CustomReflectable {
    /// Without children: the user's name is a secret too.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
