import Glibc
import System

/// Whose process holds the other end of a loopback connection, as the kernel tells it: a proxy that adds nothing to a request
/// still runs as its own user.
enum LoopbackPeer {
    /// The user of a connection's other end; `nil` where the kernel does not tell.
    ///
    /// - Parameters:
    ///   - address: Its IP address, as this end sees it.
    ///   - port: Its port.
    ///   - ownPort: The port of this end.
    static func user(of address: String, port: Int, talkingTo ownPort: Int) -> UInt32? {
        for table in ["/proc/self/net/tcp", "/proc/self/net/tcp6"] {
            guard let bytes = try? LocalFileSystem().contents(of: table, limit: longestTable) else { continue }
            if let user = user(in: String(decoding: bytes, as: UTF8.self), of: address, port: port, talkingTo: ownPort) { return user }
        }
        return nil
    }

    /// The same, from the text of `/proc/net/tcp` or `/proc/net/tcp6` (proc(5)): a line a socket, whose second and third fields are
    /// its own and the other address with their ports, and whose eighth is its user.
    static func user(in table: String, of address: String, port: Int, talkingTo ownPort: Int) -> UInt32? {
        let own = forms(of: address).map { "\($0):\(hexadecimal(port, digits: 4))" }
        let other = ":\(hexadecimal(ownPort, digits: 4))"
        for line in table.utf8.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: " ")).prefix(8).map { Substring($0) }
            guard fields.count == 8, fields[2].hasSuffix(other), own.contains(where: { $0 == fields[1] }) else { continue }
            return UInt32(fields[7])
        }
        return nil
    }

    /// Whether it is somebody who may sign in because they are here: who runs this program, or a person's account. Programs that serve
    /// others run as the system's users: below 1000, or from 60,000 on (Debian Policy, section 9.2).
    static func isPerson(_ user: UInt32, programsOwn own: UInt32) -> Bool {
        user == own || (1000..<60_000).contains(user)
    }

    /// In bytes: some 50,000 sockets.
    private static let longestTable = 8 << 20

    /// An address as the kernel writes it: each four bytes turned around, in hexadecimal. An IPv4 address may be one of IPv6 as well.
    private static func forms(of address: String) -> [String] {
        guard let bytes = IPAddressBytes(address)?.bytes else { return [] }
        let text = stride(from: 0, to: bytes.count, by: 4)
            .map { bytes[$0..<$0 + 4].reversed().map { hexadecimal(Int($0), digits: 2) }.joined() }.joined()
        return bytes.count == 4 ? [text, "0000000000000000FFFF0000" + text] : [text]
    }

    private static func hexadecimal(_ number: Int, digits: Int) -> String {
        let text = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
