import NIOCore
import Synchronization

/// Counts the connections of each client, so that none can take them all.
final class ConnectionLimit: Sendable {
    /// What is allowed.
    let limits: ConnectionLimits

    private let counts = Mutex<[String: Int]>([:])

    init(_ limits: ConnectionLimits = ConnectionLimits()) {
        self.limits = limits
    }

    /// Counts a connection until it is closed. False where its client, or all of them, have too many.
    func admit(_ channel: any Channel) -> Bool {
        let client = Self.client(channel.remoteAddress)
        let isAdmitted = counts.withLock { counts in
            guard counts[client, default: 0] < limits.connectionsPerClient, counts.values.reduce(0, +) < limits.connectionsInAll else {
                return false
            }
            counts[client, default: 0] += 1
            return true
        }
        guard isAdmitted else { return false }
        channel.closeFuture.whenComplete { _ in self.leave(client) }
        return true
    }

    private func leave(_ client: String) {
        counts.withLock { counts in
            let rest = (counts[client] ?? 0) - 1
            counts[client] = rest > 0 ? rest : nil
        }
    }

    /// What a client is known by: its IPv4 address, or the first 64 bits of its IPv6 address, since whoever has one has all of
    /// those behind.
    static func client(_ address: SocketAddress?) -> String {
        guard case .v6? = address, let bytes = address?.bytesOfIPv6 else { return address?.ipAddress ?? "" }
        let isMappedIPv4 = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
        guard !isMappedIPv4 else { return bytes.suffix(4).map(\.description).joined(separator: ".") }
        return bytes.prefix(8).map(\.description).joined(separator: ":")
    }
}

extension SocketAddress {
    /// The 16 bytes of an IPv6 address: in `sockaddr_in6` (RFC 3493) they stand behind the family, the port and the flow.
    fileprivate var bytesOfIPv6: [UInt8]? {
        withSockAddr { address, size in
            let bytes = Array(UnsafeRawBufferPointer(start: address, count: size).dropFirst(8).prefix(16))
            return bytes.count == 16 ? bytes : nil
        }
    }
}
