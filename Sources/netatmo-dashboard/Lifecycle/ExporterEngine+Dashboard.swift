public import Engine
public import EngineAPI
public import FoundationEssentials

extension ExporterEngine: EngineClient {
    /// The current snapshot and all later ones.
    public func snapshots() -> AsyncStream<Snapshot> { store.snapshots() }
    /// When `/metrics` was last scraped.
    public var lastScrape: Date? { store.lastScrape }
}
