import AsyncHTTPClient
package import EngineAPI
package import FoundationEssentials
package import Homes
import NIOCore
import NIOHTTP1
package import OperatingSystem
import Synchronization

/// An engine in another process, by its control socket. Where the connection is lost, what is known stays, and it is tried again.
package final class RemoteEngine: Sendable {
    private struct State {
        var snapshot: Snapshot
        var log = LogTail()
        var snapshots = Readers<Snapshot>()
        var logs = Readers<LogTail>()
        /// How many lines have come so far.
        var lineCount = 0
    }

    private let client: ControlClient
    private let clock: any WallClock
    /// Which release this is.
    private let release: String
    private let state: Mutex<State>

    private init(client: ControlClient, clock: any WallClock, release: String) {
        self.client = client
        self.clock = clock
        self.release = release
        state = Mutex(State(snapshot: Snapshot()))
    }

    /// Attaches to an engine, and runs `body` with it. Meanwhile it is followed, and attached to again where it is gone for a while.
    ///
    /// - Parameters:
    ///   - ownership: Whose socket is trusted.
    ///   - release: The version of this program, for the case that the engine is of another one.
    /// - Throws: ``EngineConnectionError`` where there is no such engine at first, and what `body` throws.
    package static func attach<Value: Sendable>(
        to socket: UnixSocket, ownership: SocketOwnership, clock: any WallClock, release: String,
        _ body: (_ engine: RemoteEngine, _ description: EngineDescription) async throws -> Value
    ) async throws -> Value {
        try await HTTPClient.withHTTPClient(configuration: .toEngine) { client in
            let control = ControlClient(socket: socket, ownership: ownership, client: client)
            let engine = RemoteEngine(client: control, clock: clock, release: release)
            let (outcomes, outcome) = AsyncStream.makeStream(
                of: Result<EngineDescription, EngineConnectionError>.self, bufferingPolicy: .bufferingOldest(1))
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await engine.follow { outcome.yield($0) } }
                defer { group.cancelAll() }
                guard let first = await outcomes.first(where: { _ in true }) else { throw CancellationError() }
                return try await body(engine, try first.get())
            }
        }
    }

    /// How many lines of its state have come so far.
    var lineCount: Int { state.withLock { $0.lineCount } }

    /// The log of the engine, and again each time there is more of it.
    package func logs() -> AsyncStream<LogTail> {
        state.withLock { $0.logs.add(telling: $0.log) }
    }

    /// Follows the engine until the task is cancelled.
    ///
    /// - Parameter tell: Is told which engine it is once a connection stands, or why there is none at first.
    private func follow(telling tell: @escaping @Sendable (Result<EngineDescription, EngineConnectionError>) -> Void) async {
        let reconnection = Mutex(Reconnection())
        while !Task.isCancelled {
            let error = await readState { engine in
                _ = reconnection.withLock { $0.take(.attached(engine), at: self.clock.now) }
                tell(.success(engine))
            }
            guard !Task.isCancelled else { return }
            switch reconnection.withLock({ $0.take(.failed(error), at: clock.now) }) {
            case .follow: break
            case .giveUp(let error): return tell(.failure(error))
            case .tryAgain(let wait, let connection):
                state.withLock { state in
                    state.snapshot.connection = connection
                    state.snapshots.tell(state.snapshot)
                }
                try? await clock.sleep(until: clock.now.addingTimeInterval(wait))
            }
        }
    }

    /// How long an engine may take until it has told its state for the first time.
    private static let startLimit = Duration.seconds(5)

    /// Reads the state until that ends, or nothing comes any more, and says why it did.
    private func readState(onAttached: @escaping @Sendable (EngineDescription) -> Void) async -> EngineConnectionError {
        let start = WakeUp()
        return await withTaskGroup(of: EngineConnectionError.self) { group in
            group.addTask {
                await self.readLines { engine in
                    onAttached(engine)
                    start.ring()
                }
            }
            group.addTask { await self.waitForSilence(after: start) }
            defer { group.cancelAll() }
            return await group.next() ?? .ended
        }
    }

    /// Returns once the engine has said nothing for too long.
    ///
    /// - Parameter start: Rings with the first line.
    private func waitForSilence(after start: WakeUp) async -> EngineConnectionError {
        let limit = Self.startLimit / .seconds(1)
        guard await start.wait(until: Date(timeIntervalSinceNow: limit), on: SystemWallClock()) != .timeCame else {
            return .unreachable(path: client.socket.path, reason: "no answer within \(Int(limit)) s")
        }
        var silence = Silence(after: lineCount, at: clock.uptime)
        repeat {
            try? await clock.sleep(until: clock.now.addingTimeInterval(Silence.step))
        } while !Task.isCancelled && !silence.isTooLong(lines: lineCount, at: clock.uptime)
        return .silent(seconds: Int(Silence.longest))
    }

    private func readLines(onAttached: (EngineDescription) -> Void) async -> EngineConnectionError {
        var remote: RemoteState?
        do throws(EngineConnectionError) {
            try await client.readState { (line) throws(EngineConnectionError) in
                state.withLock { $0.lineCount += 1 }
                do throws(RemoteState.Fault) {
                    if remote == nil {
                        let first = try RemoteState(firstLine: line)
                        publish(first)
                        onAttached(first.engine)
                        remote = first
                    } else {
                        try remote?.take(line: line)
                        if let remote, remote.hasNews { publish(remote) }
                    }
                } catch {
                    throw connectionError(error)
                }
            }
        } catch {
            return error
        }
        return .ended
    }

    private func connectionError(_ fault: RemoteState.Fault) -> EngineConnectionError {
        switch fault {
        case .unreadable(let reason): .notAnEngine(path: client.socket.path, reason: reason)
        case .otherVersion(let theirs): .otherVersion(theirs: theirs, own: release)
        }
    }

    private func publish(_ remote: RemoteState) {
        state.withLock { state in
            state.snapshot = remote.snapshot.keepingReadings(of: state.snapshot)
            state.snapshots.tell(state.snapshot)
            guard state.log != remote.log else { return }
            state.log = remote.log
            state.logs.tell(remote.log)
        }
    }
}

// MARK: - What is asked of it

extension RemoteEngine: EngineClient {
    package func snapshots() -> AsyncStream<Snapshot> {
        state.withLock { $0.snapshots.add(telling: $0.snapshot) }
    }

    /// The longest status, in bytes: more than 6,000 modules take.
    private static let longestStatus = 32 << 20
    /// For what the engine answers at once.
    private static let shortLimit = Duration.seconds(5)
    /// For a sign-in: NetAtmo has 30 s for its answer, and a renewal may be under way before it.
    private static let signInLimit = Duration.seconds(75)
    /// For a history: it waits for its turn too.
    private static let historyLimit = Duration.seconds(180)

    package func requestFetch() async -> FetchReply {
        (try? await client.ask(.fetch, within: Self.shortLimit)) ?? .unreachable
    }

    package func requestRenewal() async -> RenewalReply {
        (try? await client.ask(.renewal, within: Self.signInLimit)) ?? .unreachable
    }

    package func keptHistories() async -> [String: MeasureHistory] {
        (try? await client.ask(.histories, within: Self.shortLimit)) ?? [:]
    }

    package func offerSignIn() async -> SignInOffer? {
        (try? await client.ask(.signIn, within: Self.signInLimit) as SignInOffer?) ?? nil
    }

    package func signIn(pasting text: Secret) async throws(SignInError) -> Date {
        let reply: SignInReply
        do throws(EngineConnectionError) {
            reply = try await client.ask(.signInAnswer, body: PastedText(text), within: Self.signInLimit)
        } catch {
            throw .unreachable
        }
        switch reply {
        case .signedIn(let until): return until
        case .failed(let error): throw error
        }
    }

    package func history(of subject: HistorySubject) async throws(HistoryError) -> MeasureHistory {
        try await history(.history, query: subject.query)
    }

    package func page(of subject: HistorySubject, from start: Date, to end: Date) async throws(HistoryError) -> MeasureHistory {
        let seconds = { (time: Date) in String(Int64(min(max(0, time.timeIntervalSince1970), 4e9))) }
        return try await history(.historyPage, query: subject.query + "&from=\(seconds(start))&to=\(seconds(end))")
    }

    private func history(_ path: ControlPath, query: String) async throws(HistoryError) -> MeasureHistory {
        let reply: HistoryReply
        do throws(EngineConnectionError) {
            reply = try await client.ask(path, query: "?\(query)", within: Self.historyLimit)
        } catch .refused(_, 404, _) {
            throw .unknownDevice
        } catch {
            throw .unreachable
        }
        switch reply {
        case .history(let history): return history
        case .failed(let error): throw error
        }
    }

    /// The status once, as `/api/status` gives it.
    ///
    /// - Throws: ``EngineConnectionError``
    package static func status(of socket: UnixSocket, ownership: SocketOwnership) async throws -> [UInt8] {
        try await HTTPClient.withHTTPClient(configuration: .toEngine) { client in
            try await ControlClient(socket: socket, ownership: ownership, client: client)
                .text(.status, longest: longestStatus, within: shortLimit)
        }
    }
}

extension HistorySubject {
    /// The subject as a query names it.
    fileprivate var query: String {
        // An engine of a release that knows no rooms has no device of that id.
        let kind = kind == .device ? [] : [("kind", kind.rawValue)]
        let pairs =
            [
                ("device", deviceID), ("module", moduleID ?? ""), ("measures", measures.map(\.jsonKey).joined(separator: ",")),
                ("scale", scale.rawValue),
            ] + kind
        return PercentEncoding.form(pairs.map { (name: $0.0, value: $0.1) })
    }
}
