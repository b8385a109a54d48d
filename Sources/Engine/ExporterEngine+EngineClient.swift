package import EngineAPI
package import FoundationEssentials

extension ExporterEngine: EngineClient {
    /// The current snapshot and all later ones.
    package func snapshots() -> AsyncStream<Snapshot> { store.snapshots() }
    /// When `/metrics` was last scraped.
    package var lastScrape: Date? { store.lastScrape }
}
