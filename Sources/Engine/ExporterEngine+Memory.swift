import EngineAPI
package import OperatingSystem

/// Where the engine remembers things over restarts; see ``EngineMemory``.
package struct MemoryStorages: Sendable {
    /// For what happened, what was counted, and what was asked of NetAtmo lately.
    let history: any MemoryStorage
    /// For the curves, which change less often and take more room: writing them each minute would wear out a memory card. Without it
    /// none is asked for before somebody wants to see it, since that would be so at each restart.
    let charts: (any MemoryStorage)?

    package init(history: any MemoryStorage, charts: (any MemoryStorage)? = nil) {
        self.history = history
        self.charts = charts
    }

    /// Files beside the token file.
    package init(beside tokenFile: String, system: some FileSystem) {
        self.init(
            history: MemoryFile(beside: tokenFile, suffix: ".history", system: system),
            charts: MemoryFile(beside: tokenFile, suffix: ".charts", system: system)
        )
    }
}

extension MemoryKeeper.Content {
    /// The engine's memory, out of its parts and back into them.
    ///
    /// - Parameter eventsOfThisRun: Whether they are remembered; else those of runs before it stay as they are.
    static func engine(
        events: EventLog, meter: APIMeter, quota: QuotaTransport, rain: RainLedger, eventsOfThisRun: Bool
    ) -> Self {
        Self(
            restore: { text in
                let (memory, problem) = EngineMemory.reading(text)
                events.restore(memory.events)
                if let statistics = memory.statistics { meter.restore(statistics) }
                if let requests = memory.requests { quota.restore(requests) }
                rain.restore(memory.rain)
                return problem
            },
            text: {
                let events = eventsOfThisRun ? events.events : events.earlierEvents
                return EngineMemory(events: events, statistics: meter.all, requests: quota.recentRequests, rain: rain.counts).text
            }
        )
    }

    /// The curves of an archive, a line each.
    static func charts(of archive: MeasureArchive) -> Self {
        Self(
            restore: { text in
                let (histories, problem) = MemoryLines.lines(KeptHistory.self, in: text, limit: EngineMemory.limit)
                await archive.restore(histories)
                return problem
            },
            text: { MemoryLines.text(of: await archive.histories, limit: EngineMemory.limit) }
        )
    }
}
