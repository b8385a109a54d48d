import Glibc

/// Names and addresses by which a machine calls itself.
package enum LoopbackHost {
    /// Whether a host is `localhost`, a name below it (RFC 6761, section 6.3), or a loopback address of IPv4 or IPv6.
    ///
    /// - Parameter host: A name, or an address with or without the brackets of IPv6. Other forms of an IPv4 address, such as `127.1`,
    ///   are none here.
    package static func matches(_ host: String) -> Bool {
        var name = host.lowercased()[...]
        if name.hasPrefix("["), name.hasSuffix("]") { name = name.dropFirst().dropLast() }
        if name.hasSuffix(".") { name.removeLast() }
        if name == "localhost" || name.hasSuffix(".localhost") { return true }
        guard let bytes = IPAddressBytes(String(name)) else { return false }
        return bytes.isLoopback
    }
}

/// The bytes of an IP address, in the order of the network.
package struct IPAddressBytes: Sendable, Hashable {
    /// 4 or 16. An IPv4 address inside an IPv6 one (`::ffff:…`) counts as itself.
    package let bytes: [UInt8]

    /// Reads an address; `nil` where the text is none.
    package init?(_ text: String) {
        var all = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &all) == 1 {
            all = Array(all.prefix(4))
        } else {
            guard inet_pton(AF_INET6, text, &all) == 1 else { return nil }
        }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        bytes = all.starts(with: mapped) ? Array(all.dropFirst(mapped.count)) : all
    }

    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }

    /// Whether the first bits of both are the same.
    package func shares(_ bits: Int, with other: IPAddressBytes) -> Bool {
        guard bytes.count == other.bytes.count, (0...bytes.count * 8).contains(bits) else { return false }
        return zip(bytes, other.bytes).enumerated().allSatisfy { index, pair in
            let rest = min(max(bits - index * 8, 0), 8)
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> rest)
            return pair.0 & mask == pair.1 & mask
        }
    }
}
