import Glibc

/// The sockets that a service manager has passed on, by what they are for: one each at most.
package struct InheritedSockets: Sendable, Hashable {
    /// A TCP socket that listens.
    package struct Network: Sendable, Hashable {
        package let descriptor: Int32
        /// An IP address; `nil` for every address of the machine, of IPv4 and IPv6.
        package let host: String?
        package let port: Int
    }

    /// A Unix-domain stream socket that listens at a path.
    package struct Local: Sendable, Hashable {
        package let descriptor: Int32
        package let socket: UnixSocket
    }

    package let network: Network?
    package let local: Local?

    package static let none = InheritedSockets(network: nil, local: nil)

    private init(network: Network?, local: Local?) {
        self.network = network
        self.local = local
    }

    /// Looks at each of them; none is changed.
    ///
    /// - Throws: ``InheritedSocketsError``
    package init(_ descriptors: [PassedDescriptor]) throws(InheritedSocketsError) {
        var networks: [(PassedDescriptor, Network)] = []
        var locals: [(PassedDescriptor, Local)] = []
        for descriptor in descriptors {
            switch PassedSocket(descriptor.number) {
            case .network(let network): networks.append((descriptor, network))
            case .local(let local): locals.append((descriptor, local))
            case .useless(let words): throw .useless(descriptor, found: words)
            }
        }
        if networks.count > 1 { throw .several("TCP sockets", networks.map(\.0), expected: "one, for the exporter") }
        if locals.count > 1 { throw .several("Unix-domain sockets", locals.map(\.0), expected: "one, the control socket") }
        self.init(network: networks.first?.1, local: locals.first?.1)
    }
}

/// What was passed on can't be used. Its text is one line that says which, and what is expected.
package enum InheritedSocketsError: Error, Sendable, Hashable, CustomStringConvertible {
    case count(String)
    case useless(PassedDescriptor, found: String)
    case several(String, [PassedDescriptor], expected: String)

    package var description: String {
        switch self {
        case .count(let text): "LISTEN_FDS: \"\(text.harmlessLine(limit: 20))\" is not a number of sockets"
        case .useless(let descriptor, let found):
            "LISTEN_FDS: \(descriptor) is \(found), expected a socket that listens: a TCP one for the exporter, "
                + "or a Unix-domain stream socket at a path for the control socket"
        case .several(let what, let descriptors, let expected):
            "LISTEN_FDS: \(descriptors.count) \(what) (\(descriptors.map(\.description).joined(separator: ", "))), expected \(expected)"
        }
    }
}

/// What a descriptor is.
enum PassedSocket: Hashable {
    case network(InheritedSockets.Network)
    case local(InheritedSockets.Local)
    /// In words, with an article.
    case useless(String)

    init(_ descriptor: Int32) {
        guard let domain = Self.option(SO_DOMAIN, of: descriptor), let type = Self.option(SO_TYPE, of: descriptor) else {
            self = .useless(errno == EBADF ? "not open" : "no socket")
            return
        }
        let isStream = type == Int32(SOCK_STREAM.rawValue)
        switch domain {
        case AF_INET, AF_INET6:
            guard isStream, Self.isTCP(descriptor) else {
                self = .useless(type == Int32(SOCK_DGRAM.rawValue) ? "a UDP socket" : "an IP socket that is no TCP socket")
                return
            }
            self = Self.listens(descriptor) ? Self.network(descriptor, domain) : .useless("a TCP socket that does not listen")
        case AF_UNIX:
            guard isStream, Self.listens(descriptor) else {
                self = .useless("a Unix-domain socket that \(isStream ? "does not listen" : "takes no streams")")
                return
            }
            self = Self.local(descriptor)
        default: self = .useless("a socket of address family \(domain)")
        }
    }

    private static func option(_ name: Int32, of descriptor: Int32, level: Int32 = SOL_SOCKET) -> Int32? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, level, name, &value, &length) == 0 ? value : nil
    }

    private static func listens(_ descriptor: Int32) -> Bool { option(SO_ACCEPTCONN, of: descriptor) == 1 }

    /// Multipath TCP (RFC 8684) is a protocol of its own to Linux, which NIO's sockets don't have to know.
    private static func isTCP(_ descriptor: Int32) -> Bool {
        [Int32(IPPROTO_TCP), 262].contains(option(SO_PROTOCOL, of: descriptor))
    }

    /// Its own address, and how long that is; `nil` where the system does not say.
    private static func address(_ descriptor: Int32) -> (storage: sockaddr_storage, length: socklen_t)? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return result == 0 ? (storage, length) : nil
    }

    private static func network(_ descriptor: Int32, _ domain: Int32) -> PassedSocket {
        var (host, port) = ([CChar](repeating: 0, count: 128), [CChar](repeating: 0, count: 16))
        let hasNames = address(descriptor).map { address in
            withUnsafePointer(to: address.storage) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    getnameinfo(
                        $0, address.length, &host, socklen_t(host.count), &port, socklen_t(port.count), NI_NUMERICHOST | NI_NUMERICSERV)
                }
            } == 0
        }
        guard hasNames == true, let number = Int(String(characters: port)) else { return .useless("a TCP socket without an address") }
        let name = String(characters: host)
        let isEveryAddress = name == "::" && option(IPV6_V6ONLY, of: descriptor, level: Int32(IPPROTO_IPV6)) == 0
        return .network(.init(descriptor: descriptor, host: isEveryAddress ? nil : name, port: number))
    }

    /// Screens find it by its path, and whoever may open it can do all that a screen can.
    private static func local(_ descriptor: Int32) -> PassedSocket {
        guard let (storage, length) = address(descriptor) else { return .useless("a Unix-domain socket without an address") }
        let bytes = withUnsafeBytes(of: storage) { $0.prefix(Int(length)).dropFirst(MemoryLayout<sa_family_t>.size).prefix { $0 != 0 } }
        let path = String(decoding: bytes, as: UTF8.self)
        guard path.hasPrefix("/") else { return .useless("a Unix-domain socket without an absolute path") }
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else {
            return .useless("a Unix-domain socket whose path is gone")
        }
        guard status.st_mode & mode_t(S_IWOTH) == 0 else {
            return .useless("a Unix-domain socket that every user may open (give it SocketMode=0660)")
        }
        return .local(.init(descriptor: descriptor, socket: UnixSocket(path: path)))
    }
}
