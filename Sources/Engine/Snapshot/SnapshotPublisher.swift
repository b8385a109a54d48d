import EngineAPI

/// Where the engine's parts publish what they own, in place of what they published before. Nothing can be read from it: who wants to
/// know something of another part asks that one.
protocol SnapshotPublisher: Sendable {
    func publish(_ token: TokenStatus)
    func publish(_ data: DataStatus)
    func publish(_ energy: EnergyReadings)
    /// - Parameters:
    ///   - events: The oldest first.
    ///   - forgotten: How many older ones there were.
    func publish(_ events: [Event], forgotten: Int)
    func publish(_ exporter: ExporterStatus)
    func publish(_ signIn: SignInStatus)
    /// Metrics alone tell these.
    func publish(_ api: APIStatistics)
    func publish(_ rain: RainTotals)
}

extension SnapshotStore: SnapshotPublisher {
    func publish(_ token: TokenStatus) { update { $0.token = token } }
    func publish(_ events: [Event], forgotten: Int) {
        update {
            $0.events = events
            $0.forgottenEvents = forgotten
        }
    }
    func publish(_ exporter: ExporterStatus) { update { $0.exporter = exporter } }
    func publish(_ signIn: SignInStatus) { update { $0.signIn = signIn } }
}
