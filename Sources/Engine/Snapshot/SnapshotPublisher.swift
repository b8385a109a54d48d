import EngineAPI

/// Where the engine's parts publish what they own. Nothing can be read from it: who wants to know something of another part asks that
/// one.
protocol SnapshotPublisher: Sendable {
    /// Replaces the status of the token.
    func publish(_ token: TokenStatus)
    /// Replaces the readings.
    func publish(_ data: DataStatus)
    /// Replaces the events, the oldest first.
    func publish(_ events: [Event])
    /// Replaces the status of the server.
    func publish(_ exporter: ExporterStatus)
    /// Replaces the status of the sign-in.
    func publish(_ signIn: SignInStatus)
    /// Replaces the statistics of requests, which metrics alone tell.
    func publish(_ api: APIStatistics)
}

extension SnapshotStore: SnapshotPublisher {
    func publish(_ token: TokenStatus) { update { $0.token = token } }
    func publish(_ events: [Event]) { update { $0.events = events } }
    func publish(_ exporter: ExporterStatus) { update { $0.exporter = exporter } }
    func publish(_ signIn: SignInStatus) { update { $0.signIn = signIn } }
}
