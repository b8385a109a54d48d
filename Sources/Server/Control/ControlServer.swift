import EngineAPI
import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import OperatingSystem
import ServiceLifecycle

/// The HTTP server on the control socket. Where it can't listen there, that is told, and the exporter works without it. Where the socket
/// is gone one day, deleted or with its directory, it is made again.
struct ControlServer: Service {
    let responder: ControlResponder
    let place: ControlSocketPlace
    let connections: ControlConnections
    let logger: Logger
    /// Told why it can't listen, in one line.
    let onFailure: @Sendable (String) -> Void
    /// Told each time that a socket is in its place and answers.
    var onListening: @Sendable () -> Void = {}

    /// How long requests under way may take when the program stops.
    private static let gracePeriod = Duration.seconds(1)
    /// The largest header of a request in all, in bytes.
    private static let longestHeader = 16 << 10
    /// How often the socket is looked for where the system does not tell that it is gone, and how soon one that can't be made is tried
    /// again.
    private static let lookInterval = Duration.seconds(60)
    /// The shortest time between two sockets, since each ends the connections of the one before.
    private static let shortestInterval = Duration.seconds(1)

    func run() async throws {
        if let inherited = place.inherited {
            await serve(inherited: inherited)
        } else {
            await serveInPlace()
        }
        // A service that ends by itself would end the others.
        try? await gracefulShutdown()
    }

    private func fail(_ reason: String) {
        let remedy = place.inherited == nil ? "; --socket gives another place" : ""
        logger.warning("control socket \(place.socket): \(reason)\(remedy)")
        onFailure(reason)
    }

    // MARK: - The service manager's socket

    /// Serves on it until the program stops; it is left where it is.
    private func serve(inherited descriptor: Int32) async {
        let server = server(at: .inherited(descriptor: descriptor)) { listener in
            await pauseWithoutFiles(listener)
            noteListening()
        }
        do {
            try await run(server) { _ in }
        } catch let error as IOError {
            fail("can't listen: \(systemMessage(error.errnoCode))")
        } catch let error where !(error is CancellationError) {
            fail("can't listen: \(error)")
        } catch {}
    }

    // MARK: - One socket after the other

    private func serveInPlace() async {
        await withDiscardingTaskGroup { group in
            switch await start(in: &group) {
            case .success(let first)?: await keepInPlace(first, in: &group)
            case .failure(let failure)?: fail(failure.reason)
            case nil: break
            }
        }
    }

    /// A server whose socket is in its place.
    private struct Listening: Sendable {
        let socket: PlacedSocket
        /// Ends the server.
        let end: WakeUp
    }

    /// Why there is no server.
    private struct Failure: Error {
        let reason: String
    }

    /// Looks until the program stops whether the socket is there, and makes it again where it is not. Screens attach again by themselves.
    private func keepInPlace(_ first: Listening, in group: inout DiscardingTaskGroup) async {
        let watch = DirectoryWatch()
        var current = first
        var failure: Failure?
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            // Before the look: what happens behind it is told then.
            _ = watch?.watch([place.socket.directory: [place.socket.name]])
            _ = watch?.takeChanges()
            if current.socket.isInPlace {
                await waitForChange(by: watch)
                continue
            }
            if failure == nil { logger.warning("control socket \(place.socket) is gone: it is made again") }
            switch await start(in: &group) {
            case .success(let next)?:
                current.end.ring()
                (current, failure) = (next, nil)
            case .failure(let other)?:
                if other.reason != failure?.reason { fail(other.reason) }
                failure = other
            case nil: break
            }
            let pause = failure == nil ? Self.shortestInterval : Self.lookInterval
            await cancelWhenGracefulShutdown { _ = try? await Task.sleep(for: pause) }
        }
    }

    /// Returns when something happened to the socket, after a while, or when the program stops.
    private func waitForChange(by watch: DirectoryWatch?) async {
        await cancelWhenGracefulShutdown {
            if let watch {
                await watch.wait(atMost: Self.lookInterval)
            } else {
                try? await Task.sleep(for: Self.lookInterval)
            }
        }
    }

    /// Lets a server run in a group.
    ///
    /// - Returns: Once its socket is in its place, or can't be; `nil` where the program stops before.
    private func start(in group: inout DiscardingTaskGroup) async -> Result<Listening, Failure>? {
        let end = WakeUp()
        let (outcomes, outcome) = AsyncStream.makeStream(of: Result<Listening, Failure>.self)
        group.addTask {
            do {
                try await serve(until: end) { outcome.yield(.success(Listening(socket: $0, end: end))) }
            } catch let error as FileError {
                outcome.yield(.failure(Failure(reason: "\(error)")))
            } catch let error as IOError {
                outcome.yield(.failure(Failure(reason: "can't listen: \(systemMessage(error.errnoCode))")))
            } catch let error where !(error is CancellationError) {
                outcome.yield(.failure(Failure(reason: "can't listen: \(error)")))
            } catch {}
            outcome.finish()
        }
        return await outcomes.first { _ in true }
    }

    // MARK: - One server

    /// Serves until the program stops, or a bell rings.
    ///
    /// - Parameter onPlaced: Called when the socket is in its place.
    private func serve(until end: WakeUp, onPlaced: @escaping @Sendable (PlacedSocket) -> Void) async throws {
        try place.prepare()
        let placement = try UnixSocketPlacement(of: place.socket, group: place.group)
        let placed = Placed()
        defer {
            placement.discard()
            placed.remove()
        }
        let (failures, failure) = AsyncStream.makeStream(of: FileError.self)
        let server = server(at: .address(.unixDomainSocket(path: placement.temporaryPath))) { listener in
            await pauseWithoutFiles(listener)
            do throws(FileError) {
                let socket = try placement.complete()
                placed.put(socket)
                noteListening()
                onPlaced(socket)
            } catch {
                failure.yield(error)
            }
        }
        try await run(server, atEnd: placed.remove) { group in
            group.addTask { await end.wait() }
            group.addTask { for await error in failures { throw error } }
        }
    }

    /// Runs a server until the program stops, or something beside it ends.
    ///
    /// - Parameter atEnd: Called when the program is to stop, while requests under way are still answered.
    private func run(
        _ server: any Service, atEnd: @escaping @Sendable () -> Void = {}, beside others: (inout ThrowingTaskGroup<Void, any Error>) -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            others(&group)
            group.addTask {
                try? await gracefulShutdown()
                atEnd()
                try? await Task.sleep(for: Self.gracePeriod)
            }
            try await group.next()
            group.cancelAll()
        }
    }

    private func noteListening() {
        logger.info("control socket: \(place.socket)")
        onListening()
    }

    private func pauseWithoutFiles(_ listener: any Channel) async {
        try? await listener.eventLoop.submit { try listener.pipeline.syncOperations.addHandler(AcceptPause(), position: .first) }.get()
    }

    private func server(at place: ListeningPlace, onRunning: @escaping @Sendable (any Channel) async -> Void) -> any Service {
        let limits = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: Self.longestHeader, maxHeaderListSize: Self.longestHeader, maxHeaderFieldCount: 100)
        let configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ControlAdmission(connections)], idleTimeout: .seconds(60), httpDecoderConfiguration: limits)
        let channel = HTTP1Channel(
            responder: { request, writer, channel in
                let response = try await response(to: request, over: channel)
                try await writer.write(response: response.head, body: response.body)
            },
            configuration: configuration)
        return channel.server(at: place, logger: quiet, onRunning: onRunning)
    }

    /// What is asked by a sender who has gone already, so that it can't be said who it was, is not done.
    func response(to request: Request, over channel: any Channel) async throws -> Response {
        guard let peer = await PeerCredentials(of: channel) else { return .text(.badRequest, "the sender has gone") }
        let context = ControlRequestContext(
            channel: channel, peer: peer, source: ApplicationRequestContextSource(channel: channel, logger: quiet))
        return try await responder.respond(to: request, context: context)
    }

    /// Hummingbird tells at level info what our own history tells in the user's words.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}
