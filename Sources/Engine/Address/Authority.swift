import Netatmo
import OperatingSystem

/// The host of an address or of the header `Host` (RFC 3986, section 3.2).
package struct Authority: Sendable, Hashable {
    /// In lower case, and without the brackets of IPv6.
    package let host: String
    package let port: Int?

    /// Reads `host`, `host:port` or `[address]:port`; `nil` where the text is anything else.
    package init?(_ text: String) {
        let (host, rest): (Substring, Substring)
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            (host, rest) = (text[text.index(after: text.startIndex)..<end], text[text.index(after: end)...])
            guard host.contains(":") else { return nil }
        } else {
            host = text.prefix { $0 != ":" }
            rest = text.dropFirst(host.count)
        }
        let isPort =
            rest.first == ":" && (2...6).contains(rest.utf8.count) && rest.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard !host.isEmpty, rest.isEmpty || isPort else { return nil }
        self.host = host.lowercased()
        port = isPort ? Int(rest.dropFirst()) : nil
    }

    /// Reads the host of an URL, which has its brackets or not.
    package init?(urlHost: String) {
        self.init(urlHost.contains(":") && !urlHost.hasPrefix("[") ? "[\(urlHost)]" : urlHost)
    }

    /// Whether it is an IP address.
    package var isAddress: Bool {
        IPAddressBytes(host) != nil
    }

    /// Whether it stands for this machine alone: `localhost`, or an address of 127.0.0.0/8 or `::1`. Names below `localhost` are left
    /// out: they are what proxies are given.
    package var isLoopback: Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && isAddress)
    }
}
