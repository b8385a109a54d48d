import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import TestSupport

@testable import Engine
@testable import EngineAPI
@testable import EngineRemote
@testable import Homes
@testable import OperatingSystem
@testable import Server

/// A control socket in a directory of its own, over a store that a test fills and an engine whose answers it gives.
final class ControlBench: Sendable {
    let store = SnapshotStore()
    let log = CollectedLog()
    let engine = AskedEngine()
    let clock = ManualClock()
    let directory: String
    let socket: UnixSocket
    private let failed = Mutex<[String]>([])
    private let tail = Mutex<(log: LogTail, readers: Readers<LogTail>)>((LogTail(), Readers()))

    /// Why it could not listen.
    var failures: [String] { failed.withLock(\.self) }

    /// The path is short wherever temporary files are: a socket's has 107 bytes at most.
    init() throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("nc-\(UUID().uuidString.prefix(8))").path
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        socket = UnixSocket(path: directory + "/control.sock")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Adds a line to the engine's log.
    func note(_ message: String) {
        tail.withLock { tail in
            tail.log.append(LogLine(time: clock.now, level: .info, message: message))
            tail.readers.tell(tail.log)
        }
    }

    private func logs() -> AsyncStream<LogTail> {
        tail.withLock { $0.readers.add(telling: $0.log) }
    }

    /// The server at a place; without one, at the bench's own.
    func server(at place: ControlSocketPlace? = nil) -> ControlServer {
        let stream = StateStream(
            store: store, logs: { [self] in logs() }, stations: StationsText(), engine: StateBench.engine, clock: clock)
        let routes = ControlRoutes(
            engine: engine, stream: stream, status: StatusPage(store: store, settings: WebBench.settings), clock: clock, logger: log.logger,
            onScreen: {})
        return ControlServer(
            responder: ControlResponder(routes: routes, logger: log.logger), place: place ?? ControlSocketPlace(socket: socket),
            logger: log.logger
        ) { [self] reason in failed.withLock { $0.append(reason) } }
    }

    /// Runs the server while `body` does.
    func serving(at place: ControlSocketPlace? = nil, _ body: @escaping @Sendable () async throws -> Void) async throws {
        try await running([server(at: place)]) { [socket] _ in
            let listens = (place?.socket ?? socket)
            _ = try await until("the control socket", every: .milliseconds(2)) { listens.presence() == .alive ? true : nil }
            try await body()
        }
    }

    /// Waits until the log has a line with a text, so many times.
    func logged(_ text: String, times: Int = 1) async throws {
        _ = try await until("\(text), logged", every: .milliseconds(2)) { [log] in
            log.lines.count { $0.contains(text) } >= times ? true : nil
        }
    }

    /// Attaches to the engine by its socket while `body` runs; the clock is that of the other process.
    func attached(clock: ManualClock = ManualClock(), _ body: @escaping @Sendable (RemoteEngine) async throws -> Void) async throws {
        try await RemoteEngine.attach(
            to: socket, ownership: SocketOwnership(tokenFile: nil), clock: clock, release: "1.2.3"
        ) { engine, _ in try await body(engine) }
    }

    /// Sends a request, and reads its answer whole.
    func send(_ method: HTTPMethod, _ path: String, body: String? = nil) async throws -> (status: Int, text: String, allow: String?) {
        var request = HTTPClientRequest(url: "http+unix://\(PercentEncoding.encode(socket.path))\(path)")
        request.method = method
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let text = String(buffer: try await response.body.collect(upTo: 1 << 20))
        return (Int(response.status.code), text, response.headers.first(name: "allow"))
    }
}

/// An engine that answers as a test says, and keeps what it was asked.
final class AskedEngine: EngineClient {
    struct Answers: Sendable {
        var fetch = FetchReply.started
        var renewal = RenewalReply.started
        var offer: SignInOffer?
        var signIn = SignInReply.failed(.unknownState)
        var history = HistoryReply.failed(.noToken)
        var kept: [String: MeasureHistory] = [:]
    }

    private let state = Mutex<(answers: Answers, asked: [String])>((Answers(), []))

    var asked: [String] { state.withLock { $0.asked } }

    func answer(_ change: (inout Answers) -> Void) {
        state.withLock { change(&$0.answers) }
    }

    private func take<Answer>(_ question: String, _ answer: (Answers) -> Answer) -> Answer {
        state.withLock { state in
            state.asked.append(question)
            return answer(state.answers)
        }
    }

    func snapshots() -> AsyncStream<Snapshot> { AsyncStream { $0.finish() } }
    func requestFetch() async -> FetchReply { take("fetch", \.fetch) }
    func requestRenewal() async -> RenewalReply { take("renewal", \.renewal) }
    func offerSignIn() async -> SignInOffer? { take("offer", \.offer) }
    func keptHistories() async -> [String: MeasureHistory] { take("kept", \.kept) }

    func signIn(pasting text: Secret) async throws(SignInError) -> Date {
        switch take("sign-in \(text.reveal())", \.signIn) {
        case .signedIn(let until): return until
        case .failed(let error): throw error
        }
    }

    func history(of subject: HistorySubject) async throws(HistoryError) -> MeasureHistory {
        let measures = subject.measures.map(\.jsonKey).joined(separator: ",")
        switch take("history \(subject.deviceID) \(subject.moduleID ?? "-") \(measures)", \.history) {
        case .history(let history): return history
        case .failed(let error): throw error
        }
    }
}
