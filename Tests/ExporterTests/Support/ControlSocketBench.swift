import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem
@testable import Server

/// The control socket in a directory of its own, over a snapshot that a test fills and an engine that it plays.
struct ControlSocketBench: Sendable {
    let folder: SocketFolder
    let socket: UnixSocket
    let group: UInt32?
    let clock = ManualClock()
    let store = SnapshotStore()
    let engine: PlayedEngine
    let tail = PlayedLog()
    let log = CollectedLog()
    /// Why it could not listen.
    let failures = Journal()

    /// - Parameters:
    ///   - name: Where the socket is to be, in the directory.
    ///   - group: Who may open it beside the test's user.
    init(_ name: String = "run/s", group: UInt32? = nil) throws {
        folder = try SocketFolder()
        socket = folder.socket(name)
        self.group = group
        engine = PlayedEngine(store: store)
    }

    /// Another engine at the place of one before it.
    init(after bench: ControlSocketBench) {
        (folder, socket, group) = (bench.folder, bench.socket, bench.group)
        engine = PlayedEngine(store: store)
    }

    static let description = EngineDescription(
        command: "serve", processID: 812, build: WebBench.settings.build, staleAge: WebBench.settings.staleAge,
        refreshInterval: WebBench.settings.refreshInterval, tokenFile: "/somewhere/token.json")

    /// A server for the socket: each run needs one of its own.
    var server: ControlServer { makeServer(at: ControlSocketPlace(socket: socket, group: group)) }

    private func makeServer(at place: ControlSocketPlace) -> ControlServer {
        let stream = StateStream(
            store: store, logs: { [tail] in tail.tails() }, stations: StationsText(), engine: Self.description, clock: clock)
        let routes = ControlRoutes(
            engine: engine, stream: stream, status: StatusPage(store: store, settings: WebBench.settings), clock: clock, logger: log.logger,
            onScreen: {})
        return ControlServer(
            responder: ControlResponder(routes: routes, logger: log.logger), place: place,
            connections: ControlConnections(clock: clock, logger: log.logger),
            logger: log.logger, onFailure: { [failures] in failures.note($0) })
    }

    /// Runs the server while `body` does.
    ///
    /// - Parameter inherited: The service manager's socket, in place of one that is made.
    func run(inherited: InheritedSockets.Local? = nil, _ body: @escaping @Sendable () async throws -> Void) async throws {
        let place = inherited.map { ControlSocketPlace(inherited: $0) } ?? ControlSocketPlace(socket: socket, group: group)
        try await running([makeServer(at: place)]) { _ in
            try await isListening()
            try await body()
        }
    }

    func isListening() async throws {
        _ = try await until("the control socket", every: .milliseconds(2)) { socket.presence() == .alive ? true : nil }
    }

    /// Publishes something of each part of the state.
    func fill() {
        let attempt = DataStatus.Attempt(time: SampleStations.now, duration: .milliseconds(53), error: nil)
        store.publish(
            DataStatus(
                stations: SampleStations.all, fetchedAt: SampleStations.now, lastAttempt: attempt, nextFetch: SampleStations.now(480)))
        store.update {
            $0.token = Self.token(seconds: 9600)
            $0.events = SampleEvents.kinds.enumerated().map { Event(time: SampleStations.now(Double($0) - 1000), kind: $1) }
            $0.forgottenEvents = 7
            $0.exporter = .listening(address: "127.0.0.1:9210", port: 9210)
            $0.signIn = .offered(expires: SampleStations.now(600))
        }
        store.noteScrape(at: SampleStations.now(-3))
        for line in ["first line", "second line: Ærlig 東京"] { tail.write(line) }
    }

    static func token(seconds: TimeInterval) -> TokenStatus {
        let expiry = SampleStations.now(seconds)
        return TokenStatus(possession: .token(expiry: expiry, lifetime: 10_800, renewsAt: expiry.addingTimeInterval(-600)))
    }

    /// Asks for something once, as any program would.
    func ask(_ method: String, _ path: String, body: String? = nil) async throws -> ControlAnswer {
        var request = HTTPClientRequest(url: "http+unix://\(PercentEncoding.encode(socket.path))\(path)")
        request.method = HTTPMethod(rawValue: method)
        request.body = body.map { .bytes(ByteBuffer(string: $0)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        return ControlAnswer(
            status: Int(response.status.code), headers: response.headers,
            text: String(buffer: try await response.body.collect(upTo: 16 << 20)))
    }

    /// Waits for a line of the server's log.
    func logged(_ text: String, times: Int = 1) async throws {
        _ = try await until("\(times) times in the log: \(text); there is \(log.lines)", every: .milliseconds(2)) {
            log.lines.filter { $0.contains(text) }.count >= times ? true : nil
        }
    }
}

/// An answer of the control socket.
struct ControlAnswer {
    let status: Int
    let headers: HTTPHeaders
    let text: String

    func value<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder.status().decode(Value.self, from: Data(text.utf8))
    }

    /// Whether it is a line of text, and nothing more.
    var isOneLine: Bool {
        headers.first(name: "content-type") == "text/plain; charset=utf-8" && text.count > 1 && text.last == "\n"
            && !text.dropLast().contains(where: \.isNewline)
    }
}

/// A program that reads the state line by line, as slowly as a test wants.
actor StateReader {
    private nonisolated let connection: RawConnection
    private var received: [UInt8] = []
    private var hasHead = false
    private var text: [UInt8] = []
    private var hasEnded = false
    /// Whether the server ended the state, and the connection was not just cut.
    private(set) var isWhole = false

    struct Line: Sendable {
        let keys: Set<String>
        let update: StateUpdate
    }

    init(_ socket: UnixSocket) throws {
        connection = try RawConnection(socket: socket.path)
        connection.send("GET /v1/state HTTP/1.1\r\nHost: localhost\r\n\r\n")
    }

    /// Says that no more will be sent, and goes on listening.
    nonisolated func finish() {
        connection.finish()
    }

    /// The next line; `nil` where the server ended the state.
    func next() async throws -> Line? {
        while true {
            if let end = text.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Data(text[..<end])
                text.removeFirst(end + 1)
                guard case .object(let members) = try JSONDecoder().decode(JSONValue.self, from: line) else {
                    throw NothingCame(what: "an object in \(String(decoding: line, as: UTF8.self))")
                }
                return Line(keys: Set(members.keys), update: try JSONDecoder.status().decode(StateUpdate.self, from: line))
            }
            guard !hasEnded else { return nil }
            guard let bytes = await connection.readNext() else { throw NothingCame(what: "a line of the state, or its end") }
            hasEnded = bytes.isEmpty
            received += bytes
            try takeChunks()
        }
    }

    /// The next line, which has to come.
    func line(_ comment: Comment? = nil) async throws -> Line {
        try #require(try await next(), comment)
    }

    private func takeChunks() throws {
        while let end = received.firstRange(of: hasHead ? [13, 10] : [13, 10, 13, 10]) {
            let start = String(decoding: received[..<end.lowerBound], as: UTF8.self)
            if !hasHead {
                guard start.hasPrefix("HTTP/1.1 200 "), start.lowercased().contains("content-type: application/x-ndjson\r\n") else {
                    throw NothingCame(what: "the state instead of \(start)")
                }
                hasHead = true
                received.removeFirst(end.upperBound)
                continue
            }
            guard let size = Int(start, radix: 16) else { throw NothingCame(what: "a chunk's size instead of \(start)") }
            guard received.count >= end.upperBound + size + 2 else { return }
            text += received[end.upperBound..<(end.upperBound + size)]
            received.removeFirst(end.upperBound + size + 2)
            if size == 0 { (hasEnded, isWhole) = (true, true) }
        }
    }
}
