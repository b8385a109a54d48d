/// A loopback name of this exporter with its port, such as `localhost:9210`: the only kind of address that a browser is sent on to
/// because it came by it.
package struct LoopbackAuthority: Sendable, Hashable, CustomStringConvertible {
    /// As it stands in an address.
    package let description: String

    /// Reads the header `Host`; `nil` where that is another name, or another port.
    ///
    /// - Parameter usualPort: The port that a browser leaves out: 80 for http, 443 for https.
    package init?(_ text: String, port: Int, usualPort: Int = 80) {
        guard let authority = Authority(text), authority.isLoopback, (authority.port ?? usualPort) == port else { return nil }
        description = ListenAddress(host: authority.host, port: port).description
    }
}
