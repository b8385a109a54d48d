import Foundation
import NIOCore
import TestSupport

@testable import Engine
@testable import EngineAPI
@testable import EngineRemote
@testable import Homes
@testable import OperatingSystem
@testable import Server

/// What one reader of the control socket's state is told of a store that a test fills.
struct StateBench {
    let store: SnapshotStore
    let stream: StateStream
    var log = LogTail(file: .writing(path: "/somewhere/log"))
    private var told = ToldState()
    private var toldStations: StationsText.Version?

    static let engine = EngineDescription(
        command: "serve", processID: 812, build: BuildInformation(version: "1.2.3", commit: "abc1234"), staleAge: .seconds(3600),
        refreshInterval: .seconds(480), tokenFile: "/somewhere/token.json")

    init(store: SnapshotStore = SnapshotStore()) {
        self.store = store
        stream = StateStream(
            store: store, logs: { AsyncStream { $0.finish() } }, stations: StationsText(), engine: Self.engine, clock: ManualClock())
    }

    /// The line that the reader lacks, without its end; `nil` where it lacks none.
    mutating func line() async throws -> [UInt8]? {
        guard let line = try await stream.line(&told, &toldStations, log: log) else { return nil }
        let bytes = line.flatMap { Array(buffer: $0) }
        guard bytes.last == UInt8(ascii: "\n"), !bytes.dropLast().contains(UInt8(ascii: "\n")) else { throw NothingCame(what: "a line") }
        return bytes.dropLast()
    }

    /// What a front end has of the first line.
    mutating func attach() async throws -> RemoteState {
        guard let line = try await line() else { throw NothingCame(what: "a first line") }
        return try RemoteState(firstLine: line)
    }

    /// Tells a front end what it lacks.
    ///
    /// - Returns: The line; `nil` where it lacks nothing.
    mutating func tell(_ remote: inout RemoteState) async throws -> [UInt8]? {
        guard let line = try await line() else { return nil }
        try remote.take(line: line)
        return line
    }

    /// Adds an event as the engine does, which keeps 500.
    func add(_ kind: Event.Kind, at seconds: TimeInterval = 0) {
        store.update { snapshot in
            snapshot.events.append(Event(time: SampleStations.now(seconds), kind: kind))
            guard snapshot.events.count > 500 else { return }
            snapshot.events.removeFirst()
            snapshot.forgottenEvents += 1
        }
    }

    /// Publishes readings as fetched so many seconds after the samples' time.
    func publish(_ stations: [Station], at seconds: TimeInterval = 0) {
        store.publish(Self.data(stations, at: seconds))
    }

    static func data(_ stations: [Station], at seconds: TimeInterval = 0) -> DataStatus {
        let time = SampleStations.now(seconds)
        return DataStatus(
            stations: stations, preferences: .metric, fetchedAt: time,
            lastAttempt: .init(time: time, duration: .milliseconds(53), error: nil), nextFetch: time.addingTimeInterval(480))
    }
}
