import EngineAPI
import FoundationEssentials
import Homes
import Netatmo
import OperatingSystem
import ServiceLifecycle

/// Counts what the user's own rain gauges measure: each step of NetAtmo's history once, also those of the time that the program did not
/// run, or NetAtmo was out of reach.
///
/// Readings alone tell the latest step, and a station uploads two at a time. So when new readings of a gauge come, the steps behind the
/// last one counted are asked for, as many pages as there are. That comes behind everything else, as with ``HistoryFill``.
struct RainCounting: Service {
    let ledger: RainLedger
    let client: StationsClient
    let tokens: any AccessTokenSource
    let meter: APIMeter
    let store: SnapshotStore
    let quota: QuotaTransport
    let clock: any WallClock
    let backoff: Backoff

    /// No failure holds it back for longer than that, in seconds, whatever becomes of the clock.
    private static let longestWait: TimeInterval = 2 * 3600

    /// How far it is with what there is.
    private struct Progress {
        /// The time of the readings, by gauge, with which nothing more was to be had of it.
        var seen: [String: Date] = [:]
        var failures = 0
        /// No request before that time.
        var next: Date?
    }

    func run() async {
        await cancelWhenGracefulShutdown {
            let newReadings = WakeUp()
            await withDiscardingTaskGroup { group in
                group.addTask { for await _ in store.newReadings() { newReadings.ring() } }
                group.addTask { await count(newReadings) }
            }
        }
    }

    private func count(_ newReadings: WakeUp) async {
        var progress = Progress()
        while !Task.isCancelled {
            guard let gauge = nextDue(progress) else {
                await newReadings.wait()
                continue
            }
            // At that very time it is no longer held back.
            if let rest = progress.next?.timeIntervalSince(clock.now), rest > 0, rest < Self.longestWait, let next = progress.next {
                await newReadings.wait(until: next, on: clock)
                continue
            }
            do {
                try await catchUp(gauge)
                progress.seen[gauge.id] = gauge.latest ?? .beforeAnyClock
                (progress.failures, progress.next) = (0, nil)
            } catch {
                switch error {
                case .netatmo(let error) where error.liesWithSubject:
                    progress.seen[gauge.id] = gauge.latest ?? .beforeAnyClock
                case .netatmo(let error):
                    progress.failures += 1
                    let delay = backoff.delay(after: error, failures: progress.failures)
                    progress.next = clock.now.addingTimeInterval(delay / .seconds(1))
                case .noToken: await newReadings.wait()
                case .cancelled: return
                }
            }
        }
    }

    /// The gauge that is behind the most of those that something may be missing of.
    private func nextDue(_ progress: Progress) -> RainGauge? {
        let due = RainGauge.own(of: store.snapshot.data.stations).compactMap { gauge -> (gauge: RainGauge, lastStep: Date)? in
            guard let lastStep = ledger.lastStep(of: gauge.id), gauge.latest.map({ $0 > lastStep }) ?? true else { return nil }
            let isNews = progress.seen[gauge.id].map { $0 < gauge.latest ?? .beforeAnyClock } ?? true
            return isNews ? (gauge, lastStep) : nil
        }
        return due.min { $0.lastStep < $1.lastStep }?.gauge
    }

    /// Counts all that NetAtmo has of a gauge behind its last step that is counted.
    private func catchUp(_ gauge: RainGauge) async throws(AuthorizedRequestFailure) {
        guard var last = ledger.lastStep(of: gauge.id) else { return }
        while true {
            try await waitForRoom()
            let page = try await steps(of: gauge.subject, after: last)
            let now = clock.now.addingTimeInterval(Station.clockTolerance)
            ledger.add(page, of: gauge.id, until: now)
            guard let end = page.last(where: { $0.time <= now })?.time, end > last else { break }
            last = end
            if let latest = gauge.latest, last >= latest { break }
        }
        ledger.settle(gauge.id)
    }

    private func waitForRoom() async throws(AuthorizedRequestFailure) {
        while let time = quota.spareTime {
            try? await clock.sleep(until: time)
            if Task.isCancelled { throw .cancelled }
        }
    }

    /// A page of what a gauge measured, by rising time: as much as an answer holds, the oldest first.
    private func steps(of gauge: HistorySubject, after last: Date) async throws(AuthorizedRequestFailure) -> [MeasureHistory.Point] {
        let history = try await tokens.authorized { token async throws(NetatmoError) in
            try await meter.measure(.history) { () async throws(NetatmoError) in
                try await client.history(of: gauge, since: last.addingTimeInterval(1), accessToken: token)
            }
        }
        return history.points(of: .rain)
    }
}
