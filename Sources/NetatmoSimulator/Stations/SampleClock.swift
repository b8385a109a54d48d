/// When units measure: all on one grid of ticks, each some seconds after it.
enum SampleClock {
    /// Seconds after the tick at which a unit measures: at most a third of the interval, and a minute and a half.
    static func phase(of unit: String, interval: Int) -> Int {
        StableHash.of(unit, below: min(interval / 3, 90) + 1)
    }

    /// The latest tick whose measurement a unit has taken.
    static func tick(at now: Int, phase: Int, interval: Int) -> Int {
        (now - phase).floorDivided(by: interval) * interval
    }
}
