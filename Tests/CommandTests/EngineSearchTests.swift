import ArgumentParser
import EngineRemote
import Foundation
import Glibc
import Logging
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem
@testable import Server
@testable import netatmo_dashboard

@Suite("The search for an engine that runs")
struct EngineSearchTests {
    private let folder: TemporaryFolder
    private var tokenFile: String { folder.path("token.json") }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func sockets(given: String? = nil, runtime: String? = nil) throws -> ControlSockets {
        try ControlSockets(
            given: given, from: SettingSources(environment: ["RUNTIME_DIRECTORY": runtime].compactMapValues(\.self)), tokenFile: tokenFile)
    }

    private func search(given: String? = nil, runtime: String? = nil, isConfigured: Bool = true) throws -> EngineSearch {
        EngineSearch(try sockets(given: given, runtime: runtime), tokenFile: tokenFile, isConfigured: isConfigured)
    }

    /// Writes the record of a lock, as an engine that listens there leaves it.
    private func writeLock(_ socket: UnixSocket?, process: Int32 = getpid()) throws {
        try LockHolder(processID: process, address: ":9210", socket: socket).record
            .write(toFile: tokenFile + ".lock", atomically: false, encoding: .utf8)
    }

    // MARK: Where it looks

    @Test("looks where --socket says alone; at the lock of the token file always; at the other places where nothing is configured")
    func places() throws {
        let sockets = try ControlSockets(given: nil, from: SettingSources(environment: ["RUNTIME_DIRECTORY": "/run/a"]), tokenFile: "/t")
        let given = try ControlSockets(given: "/s", from: SettingSources(environment: ["RUNTIME_DIRECTORY": "/run/a"]), tokenFile: "/t")
        let own = ["/run/a/control.sock", "/t.sock"].map { EngineSearch.Place.own(UnixSocket(path: $0)) }
        for isConfigured in [false, true] {
            #expect(
                EngineSearch(given, tokenFile: "/t", isConfigured: isConfigured).places == [.given(UnixSocket(path: "/s"))])
        }
        #expect(EngineSearch(sockets, tokenFile: "/t", isConfigured: true).places == [.lockHolder(tokenFile: "/t")])
        #expect(EngineSearch(sockets, tokenFile: "/t", isConfigured: false).places == [.lockHolder(tokenFile: "/t")] + own + [.service])
        #expect(EngineSearch(sockets, tokenFile: nil, isConfigured: false).places == own + [.service])
    }

    @Test("says where it looks in the words of a message")
    func words() throws {
        let search = EngineSearch(
            try ControlSockets(given: nil, from: SettingSources(environment: [:]), tokenFile: "/t"), tokenFile: "/t", isConfigured: false)
        #expect("\(search)" == "the lock of /t, /t.sock, /run/netatmo-dashboard/control.sock")
    }

    // MARK: What it finds

    @Test("finds the engine that is given, or none: where that is not there another one is not shown in its place")
    func given() throws {
        let (here, other) = (try ListeningSocket(at: folder.path("here")), try ListeningSocket(at: folder.path("other")))
        try writeLock(other.socket)
        #expect(try search(given: here.socket.path).find() == here.socket)
        #expect(try search(given: folder.path("none")).find() == nil)
    }

    @Test("finds the one that holds the token file's lock before the user's own, and that only where nothing is configured")
    func order() throws {
        let (holder, own) = (try ListeningSocket(at: folder.path("holder")), try ListeningSocket(at: folder.path("control.sock")))
        let runtime = folder.path("")
        #expect(try search(runtime: runtime, isConfigured: false).find()?.path == UnixSocket(path: "\(runtime)/control.sock").path)
        #expect(try search(runtime: runtime, isConfigured: true).find() == nil)
        try writeLock(holder.socket)
        for isConfigured in [false, true] { #expect(try search(runtime: runtime, isConfigured: isConfigured).find() == holder.socket) }
        _ = own
    }

    @Test("does not take another engine for one that is gone, whose socket that has taken")
    func staleLock() throws {
        let listener = try ListeningSocket(at: folder.path("s"))
        try writeLock(listener.socket, process: getppid())
        #expect(try search().find() == nil)
        try writeLock(listener.socket)
        #expect(try search().find() == listener.socket)
    }

    @Test("finds nothing at a socket that stayed behind, at a file that is none, and by a lock that names none or is none")
    func nothing() throws {
        let dead = folder.path("dead")
        _ = try ListeningSocket(at: dead)
        #expect(UnixSocket(path: dead).presence() == .dead)
        #expect(try search(given: dead).find() == nil)
        try writeLock(UnixSocket(path: dead))
        #expect(try search().find() == nil)
        try writeLock(nil)
        #expect(try search().find() == nil)
        try "{}".write(toFile: tokenFile + ".lock", atomically: false, encoding: .utf8)
        #expect(try search().find() == nil)
        #expect(try search(given: tokenFile + ".lock").find() == nil)
    }

    @Test("tells of an engine that holds the lock while its socket is gone, dead or another's: none is started in its place")
    func goneSocket() throws {
        let path = folder.path("s")
        let lock = try FileLock(
            path: tokenFile + ".lock", holder: LockHolder(processID: getpid(), address: ":9210", socket: UnixSocket(path: path)),
            ownedLike: tokenFile)
        let gone = EngineConnectionError.socketGone(path: path, processID: getpid())
        #expect(throws: gone) { try search().find() }
        do { _ = try ListeningSocket(at: path) }
        #expect(UnixSocket(path: path).presence() == .dead)
        #expect(throws: gone) { try search(isConfigured: false).find() }
        #expect("\(gone)".hasPrefix("process \(getpid()) runs with this token file, but its control socket \(path) is gone: "))
        unlink(path)
        let listener = try ListeningSocket(at: path)
        #expect(try search().find() == listener.socket)
        // Of one that is gone itself the lock file stays.
        unlink(path)
        lock.release()
        #expect(try search().find() == nil)
    }

    // MARK: What it refuses

    @Test("tells of a socket that another user could have put there, whichever way it was found", arguments: [0o775, 0o757, 0o777])
    func openDirectory(_ mode: Int) throws {
        let listener = try ListeningSocket(at: folder.path("s"))
        try writeLock(listener.socket)
        chmod(folder.path(""), mode_t(mode))
        let error = EngineConnectionError.foreignSocket(
            path: listener.socket.path, reason: "lies in a directory that other users may change")
        #expect(throws: error) { try search(given: listener.socket.path).find() }
        #expect(throws: error) { try search().find() }
        // There only its owner may take it away.
        chmod(folder.path(""), mode_t(mode | 0o1000))
        #expect(try search().find() == listener.socket)
    }

    @Test(
        "tells of another user's socket, unless the token file is that user's too",
        .enabled(if: geteuid() == 0, "needs root, for other users"))
    func foreign() throws {
        let listener = try ListeningSocket(at: folder.path("s"))
        try #require(chown(listener.socket.path, 64_711, 64_711) == 0)
        #expect(throws: EngineConnectionError.foreignSocket(path: listener.socket.path, reason: "belongs to user 64711")) {
            try search(given: listener.socket.path).find()
        }
        try "{}".write(toFile: tokenFile, atomically: false, encoding: .utf8)
        try #require(chown(tokenFile, 64_711, 64_711) == 0)
        #expect(try search(given: listener.socket.path).find() == listener.socket)
    }

    @Test(
        "trusts the user whom root has given a directory right below /run, and no other one there",
        .enabled(if: geteuid() == 0, "needs root, for other users and for /run"))
    func serviceDirectory() throws {
        let directory = "/run/netatmo-test-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: directory + "/deeper", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for path in [directory, directory + "/deeper"] { try #require(chown(path, 64_711, 64_711) == 0) }
        let (right, deeper) = (try ListeningSocket(at: directory + "/s"), try ListeningSocket(at: directory + "/deeper/s"))
        for listener in [right, deeper] { try #require(chown(listener.socket.path, 64_711, 64_711) == 0) }
        #expect(try search(given: right.socket.path).find() == right.socket)
        #expect(throws: EngineConnectionError.foreignSocket(path: deeper.socket.path, reason: "belongs to user 64711")) {
            try search(given: deeper.socket.path).find()
        }
        try #require(chown(right.socket.path, 64_712, 64_712) == 0)
        #expect(throws: EngineConnectionError.foreignSocket(path: right.socket.path, reason: "belongs to user 64712")) {
            try search(given: right.socket.path).find()
        }
    }

    // MARK: Where an engine puts its own

    private func offer(_ places: [String], group: String? = nil) throws -> ControlOffer? {
        let environment = [
            "NETATMO_CLIENT_ID": "id", "NETATMO_CLIENT_SECRET": "secret", "NETATMO_EXPORTER_TOKEN_FILE": tokenFile,
            "RUNTIME_DIRECTORY": places.first, "NETATMO_SOCKET_GROUP": group,
        ].compactMapValues(\.self)
        let settings = try Settings(
            ExporterOptions.parse([]), from: SettingSources(environment: environment), defaultAddress: .everyAddress)
        return ControlOffer(of: settings, command: "serve", log: DashboardLog(file: nil))
    }

    @Test("an engine's own goes to the first place that no other one listens at, with its group, also over one that stayed behind")
    func offer() throws {
        let runtime = folder.path("")
        let first = "\(runtime)/control.sock"
        let free = try #require(try offer([runtime], group: "64713"))
        #expect(free.place.socket.path == first)
        #expect(free.place.group == 64_713)
        #expect(free.command == "serve")
        var living: ListeningSocket? = try ListeningSocket(at: first)
        #expect(try offer([runtime])?.place.socket.path == tokenFile + ".sock")
        #expect(living != nil)
        living = nil
        #expect(try offer([runtime])?.place.socket.path == first)
        // What is too long for an address is none.
        #expect(try offer(["/" + String(repeating: "x", count: 100)])?.place.socket.path == tokenFile + ".sock")
    }
}

extension ListeningSocket {
    fileprivate var socket: UnixSocket { UnixSocket(path: path) }
}
