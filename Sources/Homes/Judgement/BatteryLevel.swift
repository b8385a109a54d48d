extension Module {
    /// How full a battery is, in NetAtmo's five steps.
    public enum BatteryLevel: Int, Sendable, Hashable, CaseIterable, Comparable {
        /// About to be empty.
        case veryLow
        /// To be changed soon.
        case low
        /// In between.
        case medium
        /// Nearly full.
        case high
        /// Full.
        case full

        /// Emptier levels come first.
        public static func < (left: BatteryLevel, right: BatteryLevel) -> Bool { left.rawValue < right.rawValue }
    }

    /// How full the battery is; `nil` where there is none, or nothing is known of it.
    ///
    /// By NetAtmo's voltages for the kind of module. Without a voltage, or for another kind, by the percentage in steps of
    /// ours: below 10 very low, below 25 low, below 50 medium, below 75 high.
    public var batteryLevel: BatteryLevel? {
        if let millivolts = battery?.millivolts, let least = kind.leastMillivolts {
            return BatteryLevel(rawValue: least.count { $0 <= millivolts })
        }
        return battery?.percent.flatMap { percent in BatteryLevel(rawValue: [10, 25, 50, 75].count { $0 <= percent }) }
    }
}

extension Module.Kind {
    /// The least millivolts of low, medium, high and full.
    fileprivate var leastMillivolts: [Int]? {
        switch self {
        case .outdoor, .rain: [4000, 4500, 5000, 5500]
        case .indoor: [4560, 4920, 5280, 5640]
        case .wind: [4360, 4770, 5180, 5590]
        case .base, .homeCoach, .other: nil
        }
    }
}
