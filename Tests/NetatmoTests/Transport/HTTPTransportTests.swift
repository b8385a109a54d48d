import AsyncHTTPClient
import Foundation
import Testing

@testable import Netatmo

@Suite("Requests by HTTP")
struct HTTPTransportTests {
    private func send(to port: UInt16, limit: Duration) async throws -> NetatmoAnswer {
        try await HTTPClient.withHTTPClient(configuration: HTTPTransport.clientConfiguration) { client in
            try await HTTPTransport(baseURL: "http://127.0.0.1:\(port)", client: client, limit: limit)
                .send(NetatmoRequest(path: "/oauth2/token", form: []))
        }
    }

    @Test("An answer that comes a byte at a time is given up at the limit, although it never stands still")
    func dripping() async throws {
        let server = try DrippingServer()
        let error = await #expect(throws: NetatmoError.self) { try await send(to: server.port, limit: .seconds(1)) }
        withExtendedLifetime(server) {}
        #expect(error == NetatmoError(.timeout, message: "not complete after 1 s"))
    }

    @Test("An address where nobody listens is no connection, in the system's words")
    func refused() async throws {
        // A port of the reserved range that no service has: 1 is tcpmux.
        let port: UInt16 = 1
        let error = await #expect(throws: NetatmoError.self) { try await send(to: port, limit: .seconds(30)) }
        #expect(error == NetatmoError(.network, message: "Connection refused"))
    }
}

/// Answers one request with a head at once, and then with a byte every few milliseconds for as long as it lives.
private final class DrippingServer: Sendable {
    let port: UInt16
    private let listener: Int32

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let found = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Bool in
                bind(listener, address, size) == 0 && listen(listener, 4) == 0 && getsockname(listener, address, &size) == 0
            }
        }
        guard found else { throw POSIXError(.EADDRNOTAVAIL) }
        port = UInt16(bigEndian: address.sin_port)
        // Ends when the listener is closed, or when the client hangs up.
        Thread.detachNewThread {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            // An answer to a request that was not sent yet is no HTTP.
            var request = [UInt8](repeating: 0, count: 4096)
            guard recv(connection, &request, request.count, 0) > 0 else { return }
            var bytes = Array("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".utf8)
            while send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) > 0 {
                bytes = [UInt8(ascii: " ")]
                Thread.sleep(forTimeInterval: 0.02)
            }
            close(connection)
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }
}
