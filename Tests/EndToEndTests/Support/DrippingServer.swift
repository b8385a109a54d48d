import Foundation
import Glibc
import Testing

/// Answers the first request of each connection with a text, then with a byte at a time for as long as the client has patience.
final class DrippingServer: Sendable {
    let port: Int
    private let listener: Int32

    init(head: String) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 8) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        try #require(isBound)
        port = Int(in_port_t(bigEndian: address.sin_port))
        Thread.detachNewThread {
            while true {
                let client = accept(listener, nil, nil)
                // The thread that uses it closes it: its number could be another test's by then.
                guard client >= 0 else {
                    close(listener)
                    return
                }
                Thread.detachNewThread { Self.drip(head, to: client) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private static func drip(_ head: String, to client: Int32) {
        defer { close(client) }
        // An answer to a request that was not sent yet is no HTTP: the client would see that, and not the drip.
        guard readHead(from: client) else { return }
        var text = Array(head.utf8)
        repeat {
            guard send(client, text, text.count, Int32(MSG_NOSIGNAL)) == text.count else { break }
            text = [UInt8(ascii: " ")]
            usleep(20_000)
        } while true
    }

    private static func readHead(from client: Int32) -> Bool {
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard recv(client, &byte, 1, 0) == 1 else { return false }
            head.append(byte)
        }
        return true
    }
}
