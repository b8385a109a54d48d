import NIOCore
import OperatingSystem

/// Whose process holds the other end of a loopback connection, as the kernel tells it: a proxy that adds nothing to a request
/// still runs as its own user.
enum LoopbackPeer {
    /// The user of a connection's other end; `nil` where the kernel does not tell.
    ///
    /// - Parameters:
    ///   - peer: The address and port of the other end, as this end sees them.
    ///   - own: Those of this end.
    static func user(of peer: SocketAddress, talkingTo own: SocketAddress) -> UInt32? {
        for table in ["/proc/self/net/tcp", "/proc/self/net/tcp6"] {
            guard let bytes = try? LocalFileSystem().contents(of: table, limit: longestTable) else { continue }
            if let user = user(in: String(decoding: bytes, as: UTF8.self), of: peer, talkingTo: own) { return user }
        }
        return nil
    }

    /// The same, from the text of `/proc/net/tcp` or `/proc/net/tcp6` (proc(5)): a line a socket, whose second and third fields are
    /// its own and the other end, and whose eighth is its user.
    static func user(in table: String, of peer: SocketAddress, talkingTo own: SocketAddress) -> UInt32? {
        let ends = zip(forms(of: peer), forms(of: own)).map { (peer: $0, own: $1) }
        for line in table.utf8.split(separator: UInt8(ascii: "\n")) {
            // With the one behind it, so that a line that was cut off tells no half of a user.
            let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 9).prefix(9).map { Substring($0) }
            guard fields.count == 9, ends.contains(where: { $0.peer == fields[1] && $0.own == fields[2] }) else { continue }
            return UInt32(fields[7])
        }
        return nil
    }

    /// Whether a user may sign in for being at this machine: the one who runs this program, or a person's account. Programs that serve
    /// others run as the system's users: below 1000, or from 60,000 on (Debian Policy, section 9.2).
    static func isPerson(_ user: UInt32, programsOwn own: UInt32) -> Bool {
        user != nobody && (user == own || (1000..<60_000).contains(user))
    }

    /// Whom the kernel names for a user that has no number in this program's namespace (user_namespaces(7)): it may be any user.
    private static let nobody: UInt32 = 65_534
    /// In bytes: some 50,000 sockets.
    private static let longestTable = 8 << 20

    /// An address and port as the kernel writes them: each four bytes turned around, in hexadecimal. Those of IPv4 may be written as
    /// of IPv6 as well, and are then at both ends.
    private static func forms(of end: SocketAddress) -> [String] {
        guard let bytes = end.ipAddress.flatMap({ IPAddressBytes($0) })?.bytes, let port = end.port else { return [] }
        let text = stride(from: 0, to: bytes.count, by: 4)
            .map { bytes[$0..<$0 + 4].reversed().map { hexadecimal(Int($0), digits: 2) }.joined() }.joined()
        let address = "\(text):\(hexadecimal(port, digits: 4))"
        return bytes.count == 4 ? [address, "0000000000000000FFFF0000" + address] : [address]
    }

    private static func hexadecimal(_ number: Int, digits: Int) -> String {
        let text = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
