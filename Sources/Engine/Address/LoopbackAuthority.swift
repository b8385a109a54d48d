/// A loopback name of this exporter with its port, such as `localhost:9210`: the only kind of address that a browser is sent on to
/// because it came by it.
package struct LoopbackAuthority: Sendable, Hashable, CustomStringConvertible {
    /// As it stands in an address.
    package let description: String

    /// Reads the header `Host`; `nil` where that is another name, or another port.
    package init?(_ text: String, port: Int) {
        // A browser leaves the port out where it is that of http.
        guard let authority = Authority(text), authority.isLoopback, (authority.port ?? 80) == port else { return nil }
        description = ListenAddress(host: authority.host, port: port).description
    }
}
