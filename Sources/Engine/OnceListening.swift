import ServiceLifecycle

/// A service that begins once the exporter listens; where it never does, not at all.
struct OnceListening: Service {
    private let service: any Service
    private let listening: Promise<Int>

    /// - Parameter listening: The port, once the exporter listens.
    init(_ service: any Service, listening: Promise<Int>) {
        self.service = service
        self.listening = listening
    }

    func run() async throws {
        let port = await cancelWhenGracefulShutdown { await listening.wait() }
        if port != nil { try await service.run() }
    }
}
