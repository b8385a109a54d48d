import Glibc
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Server

@Suite("Whose process is at the other end of a loopback connection")
struct LoopbackPeerTests {
    /// As the kernel writes them; the ports are 9210 (23FA) of the exporter, 54665 (D589) and 54666 (D58A) of clients.
    private static let ipv4 = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:23FA 00000000:0000 0A 00000000:00000001 00:00000000 00000000   991        0 3327787 2 00000000429bc20d 100 0 0 10 0
           1: 0100007F:23FA 0100007F:D589 01 00000000:00000000 00:00000000 00000000   991        0 0 1 00000000d7aeb300 20 0 0 10 -1
           2: 0100007F:D589 0200007F:23FA 06 00000000:00000000 03:00000A2B 00000000     0        0 0 3 00000000d7aeb301
           3: 0100007F:D589 0100007F:2387 01 00000000:00000000 00:00000000 00000000  1001        0 3327780 2 0000000043e17562 20 0 0 10 -1
           4: 0200007F:D589 0100007F:23FA 01 00000000:00000000 00:00000000 00000000  1002        0 3327781 2 0000000043e17563 20 0 0 10 -1
           5: 0100007F:D589 0100007F:23FA 01 00000000:00000000 00:00000000 00000000    33        0 3327788 2 0000000043e17561 20 0 0 10 -1
           6: 0100007F:D58A 0100007F:23FA 01 00000000:00000000 00:00000000 00000000  1000        0 3327790 2 0000000043e17564 20 0 0 10 -1

        """
    private static let ipv6 = """
          sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 00000000000000000000000000000000:23FA 00000000000000000000000000000000:0000 0A 00000000:00000003 00:00000000 00000000   991        0 3327791 4 00000000ce346046 100 0 0 10 0
           1: 0000000000000000FFFF00000100007F:23FA 0000000000000000FFFF00000100007F:D589 01 00000000:00000000 00:00000000 00000000   991        0 0 1 00000000acbe9820 20 0 0 10 -1
           2: 00000000000000000000000001000000:D589 00000000000000000000000001000000:23FA 01 00000000:00000000 00:00000000 00000000   101        0 3327793 2 0000000084e44b0d 20 0 0 10 -1
           3: 0000000000000000FFFF00000100007F:D589 0000000000000000FFFF00000100007F:23FA 01 00000000:00000000 00:00000000 00000000  1003        0 3327794 2 00000000f616ba7b 20 0 0 10 -1

        """

    private func user(in table: String, _ peer: String, _ peersPort: Int, _ own: String, _ ownPort: Int) throws -> UInt32? {
        LoopbackPeer.user(
            in: table, of: try SocketAddress(ipAddress: peer, port: peersPort), talkingTo: try SocketAddress(ipAddress: own, port: ownPort))
    }

    @Test("is told by the line of the other end, with both addresses and both ports")
    func lines() throws {
        #expect(try user(in: Self.ipv4, "127.0.0.1", 54665, "127.0.0.1", 9210) == 33)
        #expect(try user(in: Self.ipv4, "127.0.0.1", 54666, "127.0.0.1", 9210) == 1000)
        #expect(try user(in: Self.ipv4, "127.0.0.2", 54665, "127.0.0.1", 9210) == 1002)
        #expect(try user(in: Self.ipv4, "127.0.0.1", 54665, "127.0.0.1", 9095) == 1001)
        // A server of both kinds of address sees IPv4 inside IPv6, while a client of IPv4 is in the table of that, and the other way.
        #expect(try user(in: Self.ipv4, "::ffff:127.0.0.1", 54665, "::ffff:127.0.0.1", 9210) == 33)
        #expect(try user(in: Self.ipv6, "::ffff:127.0.0.1", 54665, "::ffff:127.0.0.1", 9210) == 1003)
        #expect(try user(in: Self.ipv6, "127.0.0.1", 54665, "127.0.0.1", 9210) == 1003)
        #expect(try user(in: Self.ipv6, "::1", 54665, "::1", 9210) == 101)
    }

    @Test("is not told where there is no such line, and by no line that is cut off or holds something else")
    func noLine() throws {
        #expect(try user(in: Self.ipv4, "127.0.0.1", 54667, "127.0.0.1", 9210) == nil)
        #expect(try user(in: Self.ipv4, "127.0.0.1", 54666, "127.0.0.1", 9211) == nil)
        #expect(try user(in: Self.ipv4, "127.0.0.3", 54665, "127.0.0.1", 9210) == nil)
        #expect(try user(in: Self.ipv4, "127.0.0.1", 54666, "127.0.0.2", 9210) == nil)
        #expect(try user(in: Self.ipv4, "::1", 54665, "::1", 9210) == nil)
        #expect(try user(in: Self.ipv6, "::1", 54666, "::1", 9210) == nil)
        let local = try SocketAddress(unixDomainSocketPath: "/x")
        #expect(LoopbackPeer.user(in: Self.ipv4, of: local, talkingTo: local) == nil)
        let line = "5: 0100007F:D589 0100007F:23FA 01 00000000:00000000 00:00000000 00000000"
        #expect(try user(in: "\(line) 1000 0 3327788", "127.0.0.1", 54665, "127.0.0.1", 9210) == 1000)
        for garbage in [
            "", "\n\n", "\0\u{FFFD}", line, "\(line) 1000", "\(line) -1 0", "\(line) 4294967296 0", "\(line) 0x3E8 0", "\(line) 1000a 0",
            line.replacing("23FA ", with: "23FAF ") + " 1000 0", line.replacing(" 0100007F:D589", with: " 00100007F:D589") + " 1000 0",
        ] {
            #expect(try user(in: garbage, "127.0.0.1", 54665, "127.0.0.1", 9210) == nil, "\(garbage)")
        }
    }

    @Test(
        "is a person with a person's number, or with that of who runs the program; never one whom the kernel does not name",
        arguments: [
            (0, 1000, false), (0, 991, false), (0, 0, true), (33, 1000, false), (33, 0, false), (33, 33, true), (999, 1000, false),
            (1000, 991, true), (1000, 0, true), (59_999, 991, true), (60_000, 991, false), (60_000, 60_000, true), (65_533, 65_533, true),
            (65_534, 991, false), (65_534, 65_534, false), (65_535, 65_535, true), (4_294_967_295, 1000, false),
        ] as [(UInt32, UInt32, Bool)])
    func person(user: UInt32, own: UInt32, isOne: Bool) {
        #expect(LoopbackPeer.isPerson(user, programsOwn: own) == isOne)
    }

    @Test(
        "is this process itself where the test is at both ends, by IPv4, IPv6 and IPv4 inside IPv6",
        arguments: ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
    func kernel(address: String) throws {
        let (server, client) = (try Self.openSocket(address), try Self.openSocket(address))
        defer {
            close(server)
            close(client)
        }
        let any = try SocketAddress(ipAddress: address, port: 0)
        guard any.withSockAddr({ bind(server, $0, socklen_t($1)) }) == 0 else { try Test.cancel("this machine has no \(address)") }
        try #require(listen(server, 1) == 0)
        let own = try SocketAddress(ipAddress: address, port: try Self.port(of: server))
        try #require(own.withSockAddr { connect(client, $0, socklen_t($1)) } == 0)
        let port = try Self.port(of: client)
        #expect(LoopbackPeer.user(of: try SocketAddress(ipAddress: address, port: port), talkingTo: own) == geteuid())
        #expect(LoopbackPeer.user(of: try SocketAddress(ipAddress: "127.9.9.9", port: port), talkingTo: own) == nil)
    }

    private static func openSocket(_ address: String) throws -> Int32 {
        let descriptor = socket(address.contains(":") ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if descriptor < 0 { try Test.cancel("this machine has no sockets for \(address)") }
        return descriptor
    }

    private static func port(of descriptor: Int32) throws -> Int {
        // Of IPv4 and IPv6 the port stands at the same place, behind the family.
        var address = [UInt8](repeating: 0, count: 128)
        var length = socklen_t(address.count)
        let result = address.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { getsockname(descriptor, $0.baseAddress, &length) }
        }
        try #require(result == 0)
        return Int(address[2]) << 8 | Int(address[3])
    }
}
