package import FoundationEssentials

extension WakeUp {
    /// Why a waiting task goes on.
    package enum Reason: Sendable {
        /// The bell rang, or the task was cancelled.
        case rung
        /// The time that it waited for came.
        case timeCame
        /// The clock was set back: the time may have come by another clock.
        case clockWasSetBack
    }

    /// Returns at a ring, at a time (never, where it is `nil`), or when the task is cancelled; whichever comes first.
    @discardableResult
    package func wait(until deadline: Date?, on clock: any WallClock) async -> Reason {
        guard let deadline else {
            await wait()
            return .rung
        }
        let (before, uptimeBefore) = (clock.now, clock.uptime)
        guard deadline > before else { return .timeCame }
        let reason = await withTaskGroup(of: Reason.self) { group in
            group.addTask {
                await self.wait()
                return .rung
            }
            group.addTask {
                guard (try? await clock.sleep(until: deadline)) != nil else { return .rung }
                return clock.now < deadline ? .clockWasSetBack : .timeCame
            }
            let first = await group.next() ?? .rung
            group.cancelAll()
            // Where both happen at once, the ring needs no more than going on; the clock does.
            let second = await group.next() ?? .rung
            return first == .rung ? second : first
        }
        // A sleep that is over, or that a ring cut short, sees no more of the clock.
        let expected = before.addingTimeInterval(clock.uptime - uptimeBefore)
        return clock.wasSetBack(since: expected) ? .clockWasSetBack : reason
    }
}
