import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem
import ServiceLifecycle

/// Keeps the curves of the user's own modules complete, and behind them those of rooms and boilers, screens or not: what is read goes to
/// their ends, and what is missing, as after the first start or an outage, is asked for.
///
/// That comes behind everything else: one module at a time, where half of what NetAtmo allows is left to the readings and to the
/// user. After a failure it goes on with the next readings, as soon as the archive may ask again.
struct HistoryFill: Service {
    let archive: MeasureArchive
    let memory: MemoryKeeper
    let store: SnapshotStore
    let quota: QuotaTransport
    let clock: any WallClock
    /// Called when all that was missing has come.
    let onFilled: @Sendable () -> Void

    /// How long, in seconds, the user's own wish is given before the next look.
    private static let courtesy: TimeInterval = 10

    func run() async {
        await cancelWhenGracefulShutdown {
            await memory.restore()
            let newReadings = WakeUp()
            await withDiscardingTaskGroup { group in
                group.addTask { await follow(newReadings) }
                group.addTask { await fill(newReadings) }
            }
        }
    }

    private func follow(_ newReadings: WakeUp) async {
        var seen = ReadingTimes()
        for await snapshot in store.newReadings() {
            let times = ReadingTimes(snapshot)
            // Each alone: what is read of rooms does not say that the modules were read.
            if times.stations != seen.stations { await archive.add(snapshot.data.stations) }
            if times.rooms != seen.rooms { await archive.add(rooms: snapshot.energy?.roomStations ?? []) }
            seen = times
            newReadings.ring()
        }
    }

    private func fill(_ newReadings: WakeUp) async {
        var hasFilled = false
        while !Task.isCancelled {
            let own = store.snapshot.shownStations.lazy.filter { !$0.isFavorite }
            guard let subject = await archive.firstIncomplete(of: own.flatMap(\.historySubjects)) else {
                if hasFilled { onFilled() }
                hasFilled = false
                await newReadings.wait()
                continue
            }
            if let time = quota.spareTime {
                try? await clock.sleep(until: time)
                continue
            }
            switch await archive.fill(subject) {
            case .filled: hasFilled = true
            case .busy: try? await clock.sleep(until: clock.now.addingTimeInterval(Self.courtesy))
            case .failed: await newReadings.wait()
            }
        }
    }
}
