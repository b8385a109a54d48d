import Foundation
import Glibc
import TestSupport
import Testing

@testable import OperatingSystem

/// `IPPROTO_MPTCP`, which not every kernel has.
private let multipathTCP: Int32 = 262

@Suite("What a service manager has given the process")
struct ServiceManagerTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    // MARK: Where it wants to hear

    /// An abstract name is the whole machine's.
    private var abstractName: String { "@netatmo-test-\(UUID().uuidString)" }

    @Test("a message of several lines is one datagram, at a path and at an abstract name", arguments: [false, true])
    func send(isAbstract: Bool) throws {
        let manager = try ManagerSocket(at: isAbstract ? abstractName : folder.path("notify"))
        let socket = try #require(ServiceManager(environment: ["NOTIFY_SOCKET": manager.address], processID: 1).notifications)
        #expect(socket.send(["READY=1", "STATUS=Token: VALID"]) == .sent)
        #expect(socket.send(["STOPPING=1"]) == .sent)
        #expect(manager.messages == ["READY=1\nSTATUS=Token: VALID", "STOPPING=1"])
    }

    @Test(
        "an address that is no path and no abstract name is left alone",
        arguments: [
            "", "/", "@", "notify", "vsock:2:1234", "/" + String(repeating: "x", count: 107), "@" + String(repeating: "x", count: 107),
        ])
    func strange(address: String) {
        #expect(ServiceManager(environment: ["NOTIFY_SOCKET": address], processID: 1).notifications == nil)
    }

    @Test("where nobody listens any more, or nobody ever did, nothing happens")
    func refused() throws {
        let manager = try ManagerSocket(at: folder.path("notify"))
        let socket = try #require(NotificationSocket(manager.address))
        manager.stop()
        #expect(socket.send(["READY=1"]) == .lost)
        #expect(NotificationSocket(folder.path("nowhere"))?.send(["READY=1"]) == .lost)
    }

    @Test("where nobody reads, there is no room at some time, and nobody waits for it; later there is")
    func full() throws {
        let manager = try ManagerSocket(at: folder.path("notify"))
        let socket = try #require(NotificationSocket(manager.address))
        let most = 100_000
        let sent = (0..<most).prefix { _ in socket.send(["WATCHDOG=1"]) == .sent }.count
        try #require(sent < most)
        #expect(socket.send(["WATCHDOG=1"]) == .full)
        #expect(manager.messages.count == sent)
        #expect(socket.send(["WATCHDOG=1"]) == .sent)
    }

    // MARK: The watchdog

    @Test(
        "it watches where it says how often, to this process or to none",
        arguments: [
            (["WATCHDOG_USEC": "300000000"], .seconds(300)), (["WATCHDOG_USEC": "1500000", "WATCHDOG_PID": "7"], .milliseconds(1500)),
            (["WATCHDOG_USEC": "1500000", "WATCHDOG_PID": "8"], nil), (["WATCHDOG_USEC": "1500000", "WATCHDOG_PID": "x"], nil),
            (["WATCHDOG_USEC": "0"], nil), (["WATCHDOG_USEC": "-1"], nil), (["WATCHDOG_USEC": "soon"], nil), (["WATCHDOG_PID": "7"], nil),
        ] as [([String: String], Duration?)])
    func watchdog(environment: [String: String], interval: Duration?) {
        #expect(ServiceManager(environment: environment, processID: 7).watchdog == interval)
    }

    // MARK: Sockets

    @Test("sockets are those from descriptor 3 on, with their names, where this process is meant")
    func passed() throws {
        let names = PassedDescriptor.all(count: "3", names: "http::scre\u{1B}ens")
        #expect(
            try names.get() == [.init(number: 3, name: "http"), .init(number: 4), .init(number: 5, name: "scre\u{1B}ens")])
        #expect(try names.get().map(\.description) == ["descriptor 3 (http)", "descriptor 4", "descriptor 5 (scre\u{FFFD}ens)"])
        #expect(try PassedDescriptor.all(count: "0", names: "").get() == [])
        for environment in [
            ["LISTEN_FDS": "250"], ["LISTEN_FDS": "250", "LISTEN_PID": "8"], ["LISTEN_FDS": "250", "LISTEN_PID": ""],
            ["LISTEN_FDS": "many", "LISTEN_PID": "8"],
        ] {
            #expect(try ServiceManager(environment: environment, processID: 7).sockets() == .none)
        }
    }

    @Test("a number of them that is none is told in a line", arguments: ["many", "-1", "257", "", "1\n2"])
    func count(text: String) throws {
        let manager = ServiceManager(environment: ["LISTEN_FDS": text, "LISTEN_PID": "7"], processID: 7)
        let error = try #require(throws: InheritedSocketsError.self) { try manager.sockets() }
        #expect(error == .count(text))
        #expect("\(error)".hasSuffix(" is not a number of sockets") && !"\(error)".contains("\n"))
    }

    private func sockets(_ passed: PassableSocket...) throws -> InheritedSockets {
        try InheritedSockets(passed.map { PassedDescriptor(number: $0.descriptor) })
    }

    @Test("a TCP socket that listens is the exporter's, and tells its own address; every address of both families has none")
    func network() throws {
        let loopback = try PassableSocket(loopback: SOCK_STREAM)
        let found = try sockets(loopback)
        #expect(found.network == .init(descriptor: loopback.descriptor, host: "127.0.0.1", port: loopback.port))
        #expect(found.local == nil)
        for (onlyIPv6, host) in [(false, nil), (true, "::")] as [(Bool, String?)] {
            let every = try PassableSocket(everyAddress: onlyIPv6)
            #expect(try sockets(every).network == .init(descriptor: every.descriptor, host: host, port: every.port))
        }
    }

    @Test(
        "so is one of multipath TCP",
        .enabled(if: PassableSocket(domain: AF_INET, type: SOCK_STREAM, protocolNumber: multipathTCP).descriptor >= 0))
    func multipath() throws {
        let socket = try PassableSocket(loopback: SOCK_STREAM, protocolNumber: multipathTCP)
        #expect(try sockets(socket).network == .init(descriptor: socket.descriptor, host: "127.0.0.1", port: socket.port))
    }

    @Test("a Unix-domain stream socket that listens at a path is the control socket, beside the exporter's")
    func local() throws {
        let path = folder.path("s")
        let (control, network) = (try PassableSocket(path: path), try PassableSocket(loopback: SOCK_STREAM))
        let found = try sockets(control, network)
        #expect(found.local == .init(descriptor: control.descriptor, socket: UnixSocket(path: path)))
        #expect(found.network?.port == network.port)
    }

    @Test("all else is refused in a line that says what it is, and nothing is taken")
    func useless() throws {
        let file = open("/dev/null", O_RDONLY)
        defer { close(file) }
        let unix = { (name: String) in folder.path(name) }
        let goneSocket = try PassableSocket(path: unix("gone"))
        unlink(unix("gone"))
        let passed: [(PassableSocket, String)] = [
            (try PassableSocket(loopback: SOCK_DGRAM, listens: false), "a UDP socket"),
            (try PassableSocket(loopback: SOCK_STREAM, listens: false), "a TCP socket that does not listen"),
            (try PassableSocket(path: unix("quiet"), listens: false), "a Unix-domain socket that does not listen"),
            (try PassableSocket(path: unix("datagrams"), type: SOCK_DGRAM), "a Unix-domain socket that takes no streams"),
            (try PassableSocket(path: abstractName), "a Unix-domain socket without an absolute path"),
            (goneSocket, "a Unix-domain socket whose path is gone"),
            (
                try PassableSocket(path: unix("open"), mode: 0o666),
                "a Unix-domain socket that every user may open (give it SocketMode=0660)"
            ),
            (PassableSocket(domain: AF_NETLINK, type: SOCK_RAW), "a socket of address family 16"),
        ]
        let found = passed.map { ($0.descriptor, $1) } + [(file, "no socket"), (9_999, "not open")]
        let good = try PassableSocket(loopback: SOCK_STREAM)
        for (number, words) in found {
            let descriptor = PassedDescriptor(number: number, name: "http")
            let error = try #require(throws: InheritedSocketsError.self) {
                try InheritedSockets([PassedDescriptor(number: good.descriptor), descriptor])
            }
            #expect(error == .useless(descriptor, found: words))
            #expect(
                "\(error)" == "LISTEN_FDS: descriptor \(number) (http) is \(words), expected a socket that listens: a TCP one for the "
                    + "exporter, or a Unix-domain stream socket at a path for the control socket")
        }
        withExtendedLifetime((passed, good)) {}
    }

    @Test("several of a kind are refused, since which one is meant can't be said")
    func several() throws {
        let (one, two) = (try PassableSocket(loopback: SOCK_STREAM), try PassableSocket(loopback: SOCK_STREAM))
        let error = try #require(throws: InheritedSocketsError.self) { try sockets(one, two) }
        #expect(
            "\(error)" == "LISTEN_FDS: 2 TCP sockets (descriptor \(one.descriptor), descriptor \(two.descriptor)), "
                + "expected one, for the exporter")
        let (three, four) = (try PassableSocket(path: folder.path("3")), try PassableSocket(path: folder.path("4")))
        #expect(throws: InheritedSocketsError.self) { try sockets(three, four) }
    }
}
