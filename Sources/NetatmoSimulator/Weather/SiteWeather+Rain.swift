/// Rain is counted in tips of the gauge's bucket, 0.101 mm each, so that sums over any span agree to the last digit.
extension SiteWeather {
    /// What one tip of the bucket holds, in thousandths of a mm.
    static let tipMicrometres = 101
    /// Tips are decided minute by minute.
    static let secondsPerRainSlot = 60

    /// Rain whose minutes ended after `start` and not after `end`, in thousandths of a mm. An empty or backward span has none.
    func rain(after start: Int, through end: Int) -> Int {
        let first = start.floorDivided(by: Self.secondsPerRainSlot)
        let last = end.floorDivided(by: Self.secondsPerRainSlot)
        guard first < last else { return 0 }
        var tips = 0
        var slot = first
        while slot < last {
            // Fronts come and go slowly: where there is none all of their period is dry.
            let period = (slot * Self.secondsPerRainSlot).floorDivided(by: Self.frontPeriod)
            let end = min(last, -(-(period + 1) * Self.frontPeriod).floorDivided(by: Self.secondsPerRainSlot))
            if mayRain(inFrontPeriod: period) { tips += (slot..<end).reduce(0) { $0 + self.tips(inSlot: $1) } }
            slot = end
        }
        return tips * Self.tipMicrometres
    }

    /// Seconds from one value of the front's noise to the next.
    private static let frontPeriod = 11 * 3600

    /// Between two values the noise is never above both.
    private func mayRain(inFrontPeriod index: Int) -> Bool {
        max(noise.signed(.rainFront, at: index), noise.signed(.rainFront, at: index + 1)) > dryness
    }

    /// How strong a front has to be to bring rain.
    private var dryness: Double { 0.85 - 1.2 * climate.wetness }

    /// How hard it rains, mm/h. Most of the time not at all.
    func rainRate(at time: Int) -> Double {
        let front = noise.smooth(.rainFront, at: time, period: Self.frontPeriod)
        // Without a front there is no shower: the common case, and cheap.
        let wet = front - dryness
        guard wet > 0 else { return 0 }
        let shower = noise.smooth(.rainShower, at: time, period: 2400) + 0.4 * noise.smooth(.rainMinutes, at: time, period: 400)
        return max(0, shower + 0.2) * min(wet * 3, 1) * 4
    }

    private func tips(inSlot slot: Int) -> Int {
        let rate = rainRate(at: slot * Self.secondsPerRainSlot)
        guard rate > 0 else { return 0 }
        let expected = rate / 60 * 1000 / Double(Self.tipMicrometres)
        // The fraction becomes a chance, so that the mean over many minutes is right.
        return (expected + noise.uniform(.rainDrop, at: slot)).rounded(.down).clamped(to: 0...100)
    }
}
