import Engine
import EngineAPI
import FoundationEssentials
import OperatingSystem
import ServiceLifecycle

/// Keeps a service manager informed: that the exporter answers, how its token is, that it ends, and, where it is watched, that it works.
struct ServiceReport: Service {
    let socket: NotificationSocket
    /// Within which time it is to be told again that the program works; `nil` where nobody wants to know.
    let watchdog: Duration?
    let store: SnapshotStore
    let clock: any WallClock
    /// Returns once all that listens answers.
    let untilServing: @Sendable () async -> Void
    /// Returns once each part that has to work has had a turn; not before, should one hang.
    let takeTurns: @Sendable () async -> Void

    private let serving = Promise<Void>()
    private let ending = Promise<Void>()
    /// There may be something to tell.
    private let wakeUp = WakeUp()

    /// How long, in seconds, until a message is tried again for which there was no room.
    private static let retryTime = 1.0

    init(
        to socket: NotificationSocket, watchdog: Duration?, store: SnapshotStore, clock: any WallClock,
        untilServing: @escaping @Sendable () async -> Void, takeTurns: @escaping @Sendable () async -> Void
    ) {
        self.socket = socket
        self.watchdog = watchdog
        self.store = store
        self.clock = clock
        self.untilServing = untilServing
        self.takeTurns = takeTurns
    }

    /// The first of all services, so that it ends last.
    var configuration: ServiceGroupConfiguration.ServiceConfiguration { .init(service: self, serviceName: "service-manager") }

    /// The last of all services, which learns first that the program ends.
    var endNotice: ServiceGroupConfiguration.ServiceConfiguration {
        .init(service: EndNotice(onEnd: noteEnd), serviceName: "service-manager-end")
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    await untilServing()
                    if !Task.isCancelled { noteServing() }
                }
                group.addTask { await followToken() }
                group.addTask { await tellTurns() }
                await tellChanges()
            }
        }
    }

    private func noteServing() {
        serving.resolve(())
        wakeUp.ring()
    }

    private func noteEnd() {
        ending.resolve(())
        wakeUp.ring()
    }

    private func followToken() async {
        var last: TokenStatus?
        for await snapshot in store.snapshots() where snapshot.token != last {
            last = snapshot.token
            wakeUp.ring()
        }
    }

    // MARK: - What changes

    private var notice: ServiceNotice {
        let phase: ServiceNotice.Phase = ending.value != nil ? .ending : serving.value != nil ? .serving : .starting
        return ServiceNotice(phase, token: store.snapshot.token, at: clock.now)
    }

    private func tellChanges() async {
        var told: ServiceNotice?
        while !Task.isCancelled {
            let isFull = !tell(&told)
            let now = clock.now
            let retry = isFull ? now.addingTimeInterval(Self.retryTime) : nil
            let times = [retry, store.snapshot.token.nextChange(after: now)].compactMap(\.self)
            await wakeUp.wait(until: times.min(), on: clock)
        }
        ending.resolve(())
        _ = tell(&told)
    }

    /// - Returns: False where there was no room for it.
    private func tell(_ told: inout ServiceNotice?) -> Bool {
        let notice = notice
        let lines = notice.lines(after: told)
        guard lines.isEmpty || socket.send(lines) != .full else { return false }
        told = notice
        return true
    }

    // MARK: - That it works

    /// A request to NetAtmo that takes long holds up none of them; a part that hangs keeps this one from saying that all is well, and the
    /// service manager starts the program anew.
    private func tellTurns() async {
        guard let watchdog else { return }
        while !Task.isCancelled {
            await takeTurns()
            socket.send(["WATCHDOG=1"])
            let next = clock.now.addingTimeInterval(watchdog / .seconds(2))
            guard (try? await clock.sleep(until: next)) != nil else { return }
        }
    }
}

/// Waits for the program's end.
private struct EndNotice: Service {
    let onEnd: @Sendable () -> Void

    func run() async throws {
        // Where it is cancelled, that is the end too.
        try? await gracefulShutdown()
        onEnd()
    }
}
