import Engine
import EngineAPI
import FoundationEssentials
import HummingbirdCore
import NIOCore
import OperatingSystem
import ServiceLifecycle
import Synchronization

/// Tells one reader the state, and what changes of it, line by line, until it goes.
///
/// What waits for a slow reader is one line. Once that is read, it gets the newest state (back-pressure). A reader that lacks nothing gets
/// a sign of life in its place (``ControlProtocol/heartbeat``); of those too no more than one waits.
struct StateStream: Sendable {
    let store: SnapshotStore
    let logs: @Sendable () -> AsyncStream<LogTail>
    let stations: StationsText
    let engine: EngineDescription
    let clock: any WallClock

    /// Writes lines until the channel is closed, the task is cancelled, or the program stops.
    func write(to writer: inout any ResponseBodyWriter, of channel: any Channel) async throws {
        let changes = WakeUp()
        let heart = Heart()
        let log = LatestLog()
        try await channel.pipeline.addHandler(ClosesAtEndOfInput(), position: .first).get()
        channel.closeFuture.whenComplete { _ in changes.ring() }
        let (snapshots, tails) = (store.snapshots(), logs())
        // The first line has all, the log too.
        if let tail = await tails.first(where: { _ in true }) { log.take(tail) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask { for await _ in snapshots { changes.ring() } }
            group.addTask {
                for await tail in tails {
                    log.take(tail)
                    changes.ring()
                }
            }
            // At the same moments for all readers, so that the machine wakes once for them.
            group.addTask {
                while (try? await clock.sleep(until: clock.now.nextHeartbeat)) != nil {
                    heart.beat()
                    changes.ring()
                }
            }
            // Else the program's end would wait for those who go on reading.
            group.addTask {
                try? await gracefulShutdown()
                changes.ring()
            }
            var told = ToldState()
            var toldStations: StationsText.Version?
            while channel.isActive, !Task.isCancelled, !Task.isShuttingDownGracefully {
                let isBeat = heart.takeBeat()
                if let line = try await line(&told, &toldStations, log: log.tail) ?? (isBeat ? heartbeat() : nil) {
                    try await writer.write(contentsOf: line)
                }
                await changes.wait()
            }
        }
    }

    /// The line that the reader lacks, in pieces; `nil` where there is nothing new.
    func line(
        _ told: inout ToldState, _ toldStations: inout StationsText.Version?, log: LogTail
    ) async throws -> [ByteBuffer]? {
        let (snapshot, version) = store.weatherVersionedSnapshot
        let update = told.update(to: snapshot, log: log, of: engine, at: clock.now)
        guard toldStations?.readings != version else {
            return update.isEmpty ? nil : [try json(update), ByteBuffer(string: "\n")]
        }
        let texts = try await stations.texts(of: snapshot.data.stations, version: version)
        defer { toldStations = texts.version }
        // A member of the object, in place of its closing brace.
        var start = try json(update)
        start.moveWriterIndex(to: start.writerIndex - 1)
        let layout = texts.version.stations == toldStations?.stations ? [] : [ByteBuffer(string: #","stations":"#), texts.stations]
        return [start] + layout + [ByteBuffer(string: #","readings":"#), texts.readings, ByteBuffer(string: "}\n")]
    }

    private func heartbeat() throws -> [ByteBuffer] {
        [try json(StateUpdate(at: clock.now)), ByteBuffer(string: "\n")]
    }

    private func json(_ update: StateUpdate) throws -> ByteBuffer {
        ByteBuffer(bytes: try JSONEncoder.complete().encode(update))
    }
}

extension Date {
    fileprivate var nextHeartbeat: Date {
        let beats = (timeIntervalSince1970 / ControlProtocol.heartbeat).rounded(.down) + 1
        return Date(timeIntervalSince1970: beats * ControlProtocol.heartbeat)
    }
}

/// Whether a sign of life is due: one, however many were missed.
private final class Heart: Sendable {
    private let isDue = Atomic(false)

    func beat() {
        isDue.store(true, ordering: .relaxed)
    }

    func takeBeat() -> Bool {
        isDue.exchange(false, ordering: .relaxed)
    }
}

/// The log as it was last told.
private final class LatestLog: Sendable {
    private let latest = Mutex(LogTail())

    var tail: LogTail { latest.withLock { $0 } }

    func take(_ tail: LogTail) {
        latest.withLock { $0 = tail }
    }
}

/// Closes a connection whose reader has gone: where nothing is written for minutes, that would be found out late.
private final class ClosesAtEndOfInput: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }
}
