import EngineAPI
package import OperatingSystem

/// Where the engine remembers things over restarts; see ``EngineMemory``.
package struct MemoryStorages: Sendable {
    /// For what happened, what was counted, and what was asked of NetAtmo lately.
    let history: any MemoryStorage

    package init(history: any MemoryStorage) {
        self.history = history
    }

    /// Files beside the token file.
    package init(beside tokenFile: String, system: some FileSystem) {
        self.init(history: MemoryFile(beside: tokenFile, suffix: ".history", system: system))
    }
}

extension MemoryKeeper.Content {
    /// The engine's memory, out of its parts and back into them.
    ///
    /// - Parameter eventsOfThisRun: Whether they are remembered; else those of runs before it stay as they are.
    static func engine(events: EventLog, meter: APIMeter, quota: QuotaTransport, eventsOfThisRun: Bool) -> Self {
        Self(
            restore: { text in
                let (memory, problem) = EngineMemory.reading(text)
                events.restore(memory.events)
                if let statistics = memory.statistics { meter.restore(statistics) }
                if let requests = memory.requests { quota.restore(requests) }
                return problem
            },
            text: {
                let events = eventsOfThisRun ? events.events : events.earlierEvents
                return EngineMemory(events: events, statistics: meter.all, requests: quota.recentRequests).text
            }
        )
    }
}
