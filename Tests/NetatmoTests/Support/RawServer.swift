import Foundation

/// Takes connections on a free port of this machine, one after the other, and does with each whatever it is told.
final class RawServer: Sendable {
    /// A connection that was taken.
    struct Connection {
        fileprivate let descriptor: Int32

        /// Waits for the whole of a request: an answer to one that was not sent yet is no HTTP, and the system resets a
        /// connection that is closed with something unread. The requests of these tests are forms, and end on a value.
        func readRequest() {
            var bytes = [UInt8](repeating: 0, count: 65_536)
            var isInBody = false
            while !isInBody {
                let count = recv(descriptor, &bytes, bytes.count, 0)
                guard count > 0 else { return }
                isInBody = !String(decoding: bytes[..<count], as: UTF8.self).hasSuffix("\r\n\r\n")
            }
        }

        /// Waits until the other side closes its end.
        func readToTheEnd() {
            var bytes = [UInt8](repeating: 0, count: 65_536)
            while recv(descriptor, &bytes, bytes.count, 0) > 0 {}
        }

        /// Waits for the head of a request, and nothing behind it.
        func readHead() -> String {
            var head: [UInt8] = []
            var byte: UInt8 = 0
            while !head.suffix(4).elementsEqual("\r\n\r\n".utf8), recv(descriptor, &byte, 1, 0) == 1 { head.append(byte) }
            return String(decoding: head, as: UTF8.self)
        }

        /// Carries bytes both ways between this connection and a port of this machine, until both ends are done.
        func relay(to port: UInt16) {
            let other = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(other) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            let isConnected = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(other, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            guard isConnected else { return }
            let back = DispatchSemaphore(value: 0)
            let here = Connection(descriptor: descriptor)
            let there = Connection(descriptor: other)
            Thread.detachNewThread {
                there.pump(to: here)
                back.signal()
            }
            here.pump(to: there)
            back.wait()
        }

        private func pump(to other: Connection) {
            var bytes = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = recv(descriptor, &bytes, bytes.count, 0)
                guard count > 0, other.send(Array(bytes[..<count])) else { break }
            }
            shutdown(other.descriptor, Int32(SHUT_WR))
        }

        /// Sends bytes; false once the other side is gone.
        @discardableResult
        func send(_ bytes: [UInt8]) -> Bool {
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }

        @discardableResult
        func send(_ text: String) -> Bool {
            send(Array(text.utf8))
        }

        /// Lets the connection end with a reset in place of a proper close.
        func resetAtClose() {
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }
    }

    let port: UInt16
    private let listener: Int32
    private let takesConnections: Bool

    /// - Parameters:
    ///   - backlog: How many connections the system completes while nobody takes them.
    ///   - handle: Gets each connection, which is closed when it returns; `nil` to take none.
    init(backlog: Int32 = 4, _ handle: (@Sendable (Connection) -> Void)?) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let found = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Bool in
                bind(listener, address, size) == 0 && listen(listener, backlog) == 0 && getsockname(listener, address, &size) == 0
            }
        }
        guard found else { throw POSIXError(.EADDRNOTAVAIL) }
        port = UInt16(bigEndian: address.sin_port)
        takesConnections = handle != nil
        guard let handle else { return }
        Thread.detachNewThread {
            // The thread alone closes the listener: closed by another one, its number could be a listener of another test
            // by the next `accept`, which would take a connection away from that test.
            defer { close(listener) }
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                handle(Connection(descriptor: descriptor))
                close(descriptor)
            }
        }
    }

    deinit {
        // Ends a wait for the next connection, and all to come.
        shutdown(listener, Int32(SHUT_RDWR))
        if !takesConnections { close(listener) }
    }
}
