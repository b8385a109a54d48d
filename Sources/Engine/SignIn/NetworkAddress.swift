import Glibc
import NIOCore
import OperatingSystem

/// How other machines of its network know this one.
enum NetworkAddress {
    /// As large as an address of any kind (`sockaddr_storage`).
    private static let largestAddress = 128

    /// The IPv4 address from which this machine would send to the rest of the world; `nil` where it has no way there.
    static func current() -> String? {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // Connecting chooses the way; a datagram socket sends nothing by it. The address is one for documentation (RFC 5737).
        guard let target = try? SocketAddress(ipAddress: "192.0.2.1", port: 9) else { return nil }
        guard target.withSockAddr({ connect(descriptor, $0, socklen_t($1)) == 0 }) else { return nil }
        return withUnsafeTemporaryAllocation(byteCount: largestAddress, alignment: 8) { own in
            guard let address = own.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return nil }
            var length = socklen_t(own.count)
            guard getsockname(descriptor, address, &length) == 0 else { return nil }
            return text(of: address, length)
        }
    }

    private static func text(of address: UnsafePointer<sockaddr>, _ length: socklen_t) -> String? {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard getnameinfo(address, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 else { return nil }
        return String(characters: text)
    }
}
