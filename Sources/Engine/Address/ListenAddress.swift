/// An address to listen on, in Go's form: `:9210` for every address of the machine, `127.0.0.1:9210`, `[::1]:9210`, `localhost:9210`.
package struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// The host; `nil` for every address of the machine.
    package let host: String?
    /// The port; 0 for any free one.
    package let port: Int

    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { return nil }
        } else if host.contains(":") {
            return nil
        }
        let allowed = host.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "/") }
        guard allowed else { return nil }
        self.host = host.isEmpty ? nil : String(host)
        self.port = Int(port)
    }

    package init(host: String?, port: Int) {
        self.host = host
        self.port = port
    }

    /// The address in Go's form.
    package var description: String {
        guard let host else { return ":\(port)" }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Whether it stands for all addresses of the machine.
    package var isEveryAddress: Bool {
        [nil, "0.0.0.0", "::"].contains(host)
    }

    /// How this machine's own browser reaches the address, once the port is known.
    package func localURL(port: Int, servesTLS: Bool = false) -> String {
        "\(servesTLS ? "https" : "http")://\(ListenAddress(host: isEveryAddress ? "127.0.0.1" : host, port: port))"
    }
}
