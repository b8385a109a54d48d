public import Dashboard
public import Exporter
public import FoundationEssentials

extension ExporterEngine: DashboardEngine {
    /// The current snapshot and all later ones.
    public func snapshots() -> AsyncStream<Snapshot> { store.snapshots() }
    /// When `/metrics` was last scraped.
    public var lastScrape: Date? { store.lastScrape }
}
