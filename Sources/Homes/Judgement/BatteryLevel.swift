extension Device {
    /// How full a battery is, in NetAtmo's five steps.
    package enum BatteryLevel: Int, Sendable, Hashable, CaseIterable, Comparable {
        /// About to be empty.
        case veryLow
        /// To be changed soon.
        case low
        case medium, high, full

        /// Emptier levels come first.
        package static func < (left: BatteryLevel, right: BatteryLevel) -> Bool { left.rawValue < right.rawValue }
    }

    /// How full the battery is; `nil` where there is none, or nothing is known of it. By NetAtmo's own word where it has one for it, else by ``Thresholds``: its voltage tells, or where
    /// that is not known, or the kind of module is not, its percentage.
    package var batteryLevel: BatteryLevel? {
        if let level = battery?.level { return level }
        if let millivolts = battery?.millivolts, let least = Thresholds.batteryMillivolts(of: kind) {
            return BatteryLevel(rawValue: least.count { $0 <= millivolts })
        }
        return battery?.percent.flatMap { percent in BatteryLevel(rawValue: Thresholds.batteryPercent.count { $0 <= percent }) }
    }
}
