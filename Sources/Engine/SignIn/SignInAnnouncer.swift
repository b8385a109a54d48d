import OperatingSystem
import ServiceLifecycle

/// Has a key announced whenever the exporter is without a token and could save one, for one that runs without a screen.
struct SignInAnnouncer: Service {
    let desk: SignInDesk
    /// Rung when the token's status or that of the sign-in may have changed.
    let changes: WakeUp
    let clock: any WallClock

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await desk.announceKey(isAskedFor: false)
                // A browser that never came back is told by the time alone.
                await changes.wait(until: await desk.endOfWaiting, on: clock)
            }
        }
    }
}
