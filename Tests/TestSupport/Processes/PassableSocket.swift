package import Glibc

/// A socket as a service manager makes it and passes it on.
package final class PassableSocket: Sendable {
    /// Closed with the value.
    package let descriptor: Int32

    /// A socket that is bound nowhere.
    package init(domain: Int32, type: __socket_type, protocolNumber: Int32 = 0) {
        descriptor = socket(domain, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), protocolNumber)
    }

    /// An IPv4 socket on a free port of the loopback address.
    package convenience init(loopback type: __socket_type, protocolNumber: Int32 = 0, listens: Bool = true) throws {
        self.init(domain: AF_INET, type: type, protocolNumber: protocolNumber)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        try bind(&address, MemoryLayout<sockaddr_in>.size, listens: listens)
    }

    /// A TCP socket on a free port of every address.
    ///
    /// - Parameter onlyIPv6: Whether IPv4 is left out.
    package convenience init(everyAddress onlyIPv6: Bool) throws {
        self.init(domain: AF_INET6, type: SOCK_STREAM)
        var only: Int32 = onlyIPv6 ? 1 : 0
        setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &only, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        try bind(&address, MemoryLayout<sockaddr_in6>.size, listens: true)
    }

    /// A Unix-domain socket.
    ///
    /// - Parameters:
    ///   - path: Where; an abstract name behind `@`.
    ///   - mode: Of its file.
    package convenience init(path: String, type: __socket_type = SOCK_STREAM, listens: Bool = true, mode: mode_t = 0o660) throws {
        self.init(domain: AF_UNIX, type: type)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = path.hasPrefix("@") ? [0] + Array(path.utf8.dropFirst()) : Array(path.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        try bind(&address, MemoryLayout<sa_family_t>.size + name.count, listens: listens && type == SOCK_STREAM)
        chmod(path, mode)
    }

    deinit {
        close(descriptor)
    }

    /// Its port.
    package var port: Int {
        var address = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        // It stands in the same place in an address of IPv4.
        return Int(UInt16(bigEndian: address.sin6_port))
    }

    private func bind<Address>(_ address: inout Address, _ length: Int, listens: Bool) throws {
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(descriptor, $0, socklen_t(length)) }
        }
        guard result == 0, !listens || listen(descriptor, 8) == 0 else { throw NothingCame(what: "a socket of its own, errno \(errno)") }
    }
}
