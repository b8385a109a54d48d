package import EngineAPI
import FoundationEssentials
package import Homes
import OperatingSystem

// For pages, whose visitors may be many and strangers: what they look at costs nothing, and what they lack comes behind all else.

extension ExporterEngine {
    /// What is kept of a history, and whether it has all that there is; NetAtmo is not asked. `nil` where nothing is kept.
    package func keptHistory(of subject: HistorySubject) async -> (history: MeasureHistory, isCurrent: Bool)? {
        await archive.kept(subject)
    }

    /// Asks NetAtmo for a history as ``history(of:)`` does, but only once the readings and the user's own wishes leave room.
    package func historyInSpareTime(of subject: HistorySubject) async throws(HistoryError) {
        while true {
            if let time = quota.spareTime {
                try await pause(until: time)
            } else if await archive.isBusy {
                try await pause(until: clock.now.addingTimeInterval(Self.courtesy))
            } else {
                break
            }
        }
        _ = try await history(of: subject)
    }

    /// How long, in seconds, the user's own wish is given before the next look.
    private static let courtesy: TimeInterval = 2

    private func pause(until time: Date) async throws(HistoryError) {
        do {
            try await clock.sleep(until: time)
        } catch {
            throw .cancelled
        }
    }
}
