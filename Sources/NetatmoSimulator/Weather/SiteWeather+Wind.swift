/// What a wind gauge shows.
struct Wind: Equatable, Sendable {
    /// km/h, mean of the interval.
    var strength: Int
    /// Where it comes from, degrees, 0 to 359.
    var angle: Int
    /// km/h, never below ``strength``.
    var gustStrength: Int
    /// Degrees, 0 to 359.
    var gustAngle: Int
}

extension SiteWeather {
    /// Strength, gusts and a direction that turns as fronts pass.
    func wind(at time: Int) -> Wind {
        let strength = windStrength(at: time)
        // Wind of this height has gusts of about one and a half times its mean; the uniform part makes some intervals rougher.
        let surplus = 1 + Double(strength) * (0.2 + 0.6 * noise.uniform(.gust, at: time))
        let direction =
            225 + 110 * noise.smooth(.direction, at: time, period: 20 * 3600)
            + 20 * noise.smooth(.directionMinutes, at: time, period: 900)
        let gustDirection = direction + 18 * noise.signed(.gustDirection, at: time)
        return Wind(
            strength: strength, angle: Self.compass(direction), gustStrength: strength + surplus.clamped(to: 0...100),
            gustAngle: Self.compass(gustDirection)
        )
    }

    /// km/h, 0 to 150.
    func windStrength(at time: Int) -> Int {
        let mean =
            0.9 + 0.7 * noise.smooth(.windFront, at: time, period: 14 * 3600)
            + 0.25 * noise.smooth(.windHour, at: time, period: 3600)
        let value = climate.windiness * max(mean, 0) * (1 + 0.2 * noise.smooth(.windMinutes, at: time, period: 240))
        return value.clamped(to: 0...150)
    }

    private static func compass(_ degrees: Double) -> Int {
        degrees.clamped(to: -3600...3600).floorRemainder(by: 360)
    }
}
