import NIOCore
import OperatingSystem
import Synchronization

/// Counts the connections of each client, so that none can take them all.
package final class ConnectionLimit: Sendable {
    let limits: ConnectionLimits
    /// What all connections together may hold back.
    let budget = ByteBudget()
    /// Something comes of it each time that there are many connections where there were few.
    package let crowds: AsyncStream<Void>

    /// More than the few that scrape and look.
    private static let many = 16

    private struct Counts {
        var ofClients: [String: Int] = [:]
        var inAll = 0
    }

    private let counts = Mutex(Counts())
    private let crowd: AsyncStream<Void>.Continuation

    init(_ limits: ConnectionLimits = ConnectionLimits()) {
        self.limits = limits
        (crowds, crowd) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var count: Int { counts.withLock { $0.inAll } }

    package var isCrowded: Bool { count >= Self.many }

    /// How long the requests that a client sent ahead wait for the other clients: longer the more there are, so that all who send
    /// ahead together get some thousand answers a second, and leave the rest to those who ask and wait.
    var breakBetweenTurns: TimeAmount { .milliseconds(Int64(max(count, 1))) }

    /// Counts a connection until it is closed. False where its client, or all of them, have too many.
    func admit(_ channel: any Channel) -> Bool {
        let client = Self.client(channel.remoteAddress)
        let number = counts.withLock { counts -> Int? in
            guard counts.ofClients[client, default: 0] < limits.connectionsPerClient, counts.inAll < limits.connectionsInAll else {
                return nil
            }
            counts.ofClients[client, default: 0] += 1
            counts.inAll += 1
            return counts.inAll
        }
        guard let number else { return false }
        if number == Self.many { crowd.yield() }
        channel.closeFuture.whenComplete { _ in self.leave(client) }
        return true
    }

    private func leave(_ client: String) {
        counts.withLock { counts in
            let rest = (counts.ofClients[client] ?? 0) - 1
            counts.ofClients[client] = rest > 0 ? rest : nil
            counts.inAll -= 1
        }
    }

    /// What a client is known by: its IPv4 address, or the first 64 bits of its IPv6 address, since a client that has one has all of
    /// those behind.
    static func client(_ address: SocketAddress?) -> String {
        guard let text = address?.ipAddress, let bytes = IPAddressBytes(text)?.bytes else { return address?.ipAddress ?? "" }
        return bytes.prefix(8).map(\.description).joined(separator: bytes.count == 4 ? "." : ":")
    }
}
