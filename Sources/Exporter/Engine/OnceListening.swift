import ServiceLifecycle

/// A service that begins once the exporter listens; where it never does, not at all.
struct OnceListening: Service {
    private let service: any Service
    private let store: SnapshotStore

    init(_ service: any Service, store: SnapshotStore) {
        self.service = service
        self.store = store
    }

    func run() async throws {
        let isListening = await cancelWhenGracefulShutdown {
            await store.snapshots().contains { if case .listening = $0.exporter { true } else { false } }
        }
        if isListening { try await service.run() }
    }
}
