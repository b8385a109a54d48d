import OperatingSystem

/// Hosts that are reached without a proxy: what `NO_PROXY` says, read as Go reads it.
package struct ProxyExceptions: Sendable, Hashable {
    private enum Rule: Sendable, Hashable {
        /// `*`
        case all
        /// `example.org`, itself and the names below it; `.example.org`, only those below it.
        case name(String, port: Int?)
        /// `192.0.2.1`, `[2001:db8::1]:443`
        case address(IPAddressBytes, port: Int?)
        /// `192.0.2.0/24`
        case network(IPAddressBytes, bits: Int)
    }

    private let rules: [Rule]

    /// Reads a list with commas or blanks between its elements. What is none of its forms is passed over.
    package init(_ text: String) {
        rules = text.split { $0 == "," || $0.isWhitespace }.compactMap { Self.rule(String($0).lowercased()) }
    }

    /// Whether a host is reached without a proxy. This machine always is.
    ///
    /// - Parameter host: A name, or an address with or without the brackets of IPv6.
    package func cover(host: String, port: Int) -> Bool {
        if LoopbackHost.matches(host) { return true }
        var name = host.lowercased()
        if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
        if name.hasSuffix(".") { name.removeLast() }
        let address = IPAddressBytes(name)
        return rules.contains { rule in
            switch rule {
            case .all: true
            case .name(let suffix, let only): (only ?? port) == port && address == nil && Self.matches(name, suffix)
            case .address(let other, let only): (only ?? port) == port && address == other
            case .network(let network, let bits): address?.shares(bits, with: network) ?? false
            }
        }
    }

    private static func matches(_ name: String, _ suffix: String) -> Bool {
        suffix.hasPrefix(".") ? name.hasSuffix(suffix) && name.count > suffix.count : name == suffix || name.hasSuffix(".\(suffix)")
    }

    private static func rule(_ text: String) -> Rule? {
        if text == "*" { return .all }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard let network = IPAddressBytes(String(parts[0])), let bits = Int(parts[1]), (0...network.bytes.count * 8).contains(bits)
            else { return nil }
            return .network(network, bits: bits)
        }
        guard parts.count == 1 else { return nil }
        // Without brackets the last part of an IPv6 address would be a port.
        if let address = IPAddressBytes(text) { return .address(address, port: nil) }
        let (host, port) = split(text)
        if let address = IPAddressBytes(host.filter { $0 != "[" && $0 != "]" }) { return .address(address, port: port) }
        let name = host.hasPrefix("*.") ? String(host.dropFirst()) : host
        return name.isEmpty || name == "." || name.contains("*") ? nil : .name(name, port: port)
    }

    private static func split(_ text: String) -> (host: String, port: Int?) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { return (text, nil) }
        return (String(text[..<colon]), Int(port))
    }
}
