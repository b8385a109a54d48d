import ServiceLifecycle

/// A service that begins once the exporter listens; where it never does, not at all.
struct OnceListening: Service {
    let service: any Service
    let listening: Promise<Int>

    func run() async throws {
        let port = await cancelWhenGracefulShutdown { await listening.wait() }
        if port != nil { try await service.run() }
    }
}
