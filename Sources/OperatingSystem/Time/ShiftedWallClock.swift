package import FoundationEssentials

/// Another clock, set forward or back by a fixed time: it runs as fast, and shows another hour.
package struct ShiftedWallClock: WallClock {
    private let base: any WallClock
    private let offset: TimeInterval

    package init(showing time: Date, base: any WallClock = SystemWallClock()) {
        self.base = base
        offset = time.timeIntervalSince(base.now)
    }

    package var now: Date { base.now.addingTimeInterval(offset) }
    package var uptime: TimeInterval { base.uptime }

    package func sleep(until deadline: Date) async throws {
        try await base.sleep(until: deadline.addingTimeInterval(-offset))
    }
}
