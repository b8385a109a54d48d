import ServiceLifecycle

/// Has a key announced whenever the exporter is without a token and could save one, for one that runs without a screen.
struct SignInAnnouncer: Service {
    let store: SnapshotStore
    let desk: SignInDesk

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await snapshot in store.snapshots() {
                guard case .listening = snapshot.exporter else { continue }
                await desk.announceKey(isAskedFor: false)
            }
        }
    }
}
