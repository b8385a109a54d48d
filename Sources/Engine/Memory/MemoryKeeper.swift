import EngineAPI
import FoundationEssentials
import OperatingSystem
import ServiceLifecycle

/// Keeps a part of what the engine knows in a file, over restarts: reads it at the start, writes it when it changed, with some time
/// between two writes, and once more at the end. Where nothing changes it does nothing.
///
/// What counts against NetAtmo's limits is written within a second: a program that a supervisor starts again and again
/// would else ask more than it may.
///
/// On a queue of its own, so that no disk holds up the engine. What can't be read or written is told once, and is no reason to stop.
actor MemoryKeeper: Service {
    /// What is remembered.
    struct Content: Sendable {
        /// Takes back what the file holds, as far as it can be read.
        let restore: @Sendable ([UInt8]) async -> MemoryProblem.Cause?
        /// What the file is to hold.
        let text: @Sendable () async -> [UInt8]
    }

    private let storage: any MemoryStorage
    private let content: Content
    private let changes: MemoryChanges
    private let events: EventLog
    private let clock: any WallClock
    /// The shortest time, in seconds, between two writes.
    private let interval: TimeInterval

    private var changedAt: Date?
    private var writtenAt: Date?
    private var told: Set<MemoryProblem> = []
    private let executor = QueueExecutor(label: "memory")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// How long, in seconds, a change waits for others that come with it.
    private static let patience: TimeInterval = 1

    init(
        _ storage: any MemoryStorage, _ content: Content, changes: MemoryChanges, interval: Duration, events: EventLog, clock: any WallClock
    ) {
        self.storage = storage
        self.content = content
        self.changes = changes
        self.interval = interval / .seconds(1)
        self.events = events
        self.clock = clock
    }

    /// Reads the file. To be called once, before anything is asked of NetAtmo.
    func restore() async {
        do throws(FileError) {
            guard let text = try storage.read(), let cause = await content.restore(text) else { return }
            tell(cause)
            // What is left of a damaged one is written anew, though nothing else may change; what another release wrote stays until then.
            if cause != .otherForm { changes.note(.usual) }
        } catch {
            tell(error.foreign.map { .foreign($0) } ?? .unreadable(error))
        }
    }

    func run() async {
        await cancelWhenGracefulShutdown {
            await self.keep()
        }
        if changes.urgency != nil { await write() }
    }

    private func keep() async {
        while !Task.isCancelled {
            guard let time = nextWrite else {
                await changes.bell.wait()
                continue
            }
            if time <= clock.now {
                await write()
            } else if await changes.bell.wait(until: time, on: clock) == .clockWasSetBack {
                // By the new time the next write may be hours away.
                (changedAt, writtenAt) = (nil, nil)
            }
        }
    }

    /// `nil` where all is written.
    private var nextWrite: Date? {
        guard let urgency = changes.urgency else { return nil }
        let changedAt = changedAt ?? clock.now
        self.changedAt = changedAt
        let soon = changedAt.addingTimeInterval(Self.patience)
        guard urgency == .usual, let writtenAt else { return soon }
        return max(soon, writtenAt.addingTimeInterval(interval))
    }

    private func write() async {
        changes.takeAll()
        changedAt = nil
        let text = await content.text()
        do throws(FileError) {
            try storage.write(text)
        } catch {
            tell(error.foreign.map { .foreign($0) } ?? .unwritable(error))
        }
        writtenAt = clock.now
    }

    private func tell(_ cause: MemoryProblem.Cause) {
        let problem = MemoryProblem(file: storage.name, cause: cause)
        if told.insert(problem).inserted { events.record(.memoryProblem(problem), at: clock.now) }
    }
}
