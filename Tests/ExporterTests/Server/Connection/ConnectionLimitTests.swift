import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Server

@Suite("How many connections a client may have")
struct ConnectionLimitTests {
    private func channel(_ address: String) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        channel.remoteAddress = try SocketAddress(ipAddress: address, port: 1)
        return channel
    }

    @Test("64 at once; a closed one makes room")
    func perClient() throws {
        let limit = ConnectionLimit()
        let channels = try (0..<64).map { _ in try channel("10.0.0.1") }
        for channel in channels { #expect(limit.admit(channel)) }
        #expect(try !limit.admit(channel("10.0.0.1")))
        #expect(try !limit.admit(channel("::ffff:10.0.0.1")), "the same client, by the way it came")
        #expect(try limit.admit(channel("10.0.0.2")))
        try channels[0].close().wait()
        channels[0].embeddedEventLoop.run()
        #expect(try limit.admit(channel("10.0.0.1")))
        #expect(try !limit.admit(channel("10.0.0.1")))
    }

    @Test("512 in all")
    func inAll() throws {
        let limit = ConnectionLimit()
        let admitted = try (0..<600).filter { try limit.admit(channel("10.0.\($0 / 200).\($0 % 200)")) }
        #expect(admitted.count == 512)
    }

    @Test("A crowd is told of when 16 are there, each time anew, and is one for as long as they are")
    func crowds() async throws {
        let limit = ConnectionLimit()
        let channels = try (0..<16).map { try channel("10.0.0.\($0)") }
        for channel in channels.dropLast() { #expect(limit.admit(channel)) }
        #expect(!limit.isCrowded)
        #expect(limit.admit(channels[15]))
        #expect(limit.isCrowded)
        try await waiting(for: "word of the crowd") { for await _ in limit.crowds { return } }
        channels[0].close(promise: nil)
        channels[0].embeddedEventLoop.run()
        #expect(!limit.isCrowded)
        #expect(try limit.admit(channel("10.0.0.99")))
        try await waiting(for: "word of the crowd") { for await _ in limit.crowds { return } }
        #expect(limit.count == 16)
    }

    @Test("An IPv6 client is known by its first 64 bits")
    func prefix() throws {
        func client(_ text: String) throws -> String { ConnectionLimit.client(try SocketAddress(ipAddress: text, port: 1)) }
        #expect(try client("2001:db8:1:2::1") == client("2001:db8:1:2:ffff::9"))
        #expect(try client("2001:db8:1:2::1") != client("2001:db8:1:3::1"))
        #expect(try client("::ffff:192.0.2.1") == "192.0.2.1")
        #expect(try client("192.0.2.1") == "192.0.2.1")
        #expect(ConnectionLimit.client(nil) == "")
    }
}
