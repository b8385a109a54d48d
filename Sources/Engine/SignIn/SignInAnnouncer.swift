import ServiceLifecycle
import OperatingSystem

/// Has a key announced whenever the exporter is without a token and could save one, for one that runs without a screen.
struct SignInAnnouncer: Service {
    let desk: SignInDesk
    /// Rung when the token's status or that of the sign-in may have changed.
    let changes: WakeUp

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await desk.announceKey(isAskedFor: false)
                await changes.wait()
            }
        }
    }
}
