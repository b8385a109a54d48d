import Glibc

/// The weather of one place: a pure function of seed, place and time (whole Unix seconds).
///
/// It is made to look like weather, not to forecast it: courses over year and day, fronts that pass in days, and smooth noise on shorter
/// scales, each of its own ``Noise/Channel``.
struct SiteWeather: Sendable {
    let climate: Climate
    /// Height above the sea, m.
    let altitude: Double
    let noise: Noise

    init(seed: UInt64, name: String, climate: Climate, altitude: Double) {
        self.climate = climate
        self.altitude = altitude
        noise = Noise(seed: seed, name: name)
    }

    // MARK: Air

    /// Outdoors, tenths of a °C.
    func temperature(at time: Int) -> Int {
        (exactTemperature(at: time) * 10).clamped(to: -400...450)
    }

    /// Outdoors, °C, before the sensor rounds it.
    func exactTemperature(at time: Int) -> Double {
        let clearness = 0.65 + 0.35 * noise.smooth(.cloud, at: time, period: 26 * 3600)
        // Nights and days differ more in summer than in the dark half of the year.
        let season = self.season(at: time)
        let daily = climate.dailySwing * (0.75 + 0.25 * season) * clearness * Self.dayCurve(hour: CentralEuropeanTime.hourOfDay(at: time))
        return climate.meanTemperature + climate.seasonalSwing * season + daily
            + 3.5 * noise.smooth(.front, at: time, period: 3 * 86_400)
            + 0.8 * noise.smooth(.hours, at: time, period: 5 * 3600)
            + 0.2 * noise.smooth(.minutes, at: time, period: 1500)
            + 0.08 * noise.signed(.jitter, at: time)
    }

    /// Outdoors, relative, %: falls as the day warms, rises with rain.
    func humidity(at time: Int) -> Int {
        let warmth = climate.dailySwing * Self.dayCurve(hour: CentralEuropeanTime.hourOfDay(at: time))
        let value =
            76 - 3 * warmth + 14 * noise.smooth(.humidity, at: time, period: 9 * 3600) + noise.signed(.humidityJitter, at: time)
            + min(rainRate(at: time), 4) * 3
        return value.clamped(to: 20...100)
    }

    /// At sea level, tenths of a mbar: two slow swings that never meet in the same way twice, and noise.
    func pressure(at time: Int) -> Int {
        let long = noise.uniform(.pressurePhase, at: 0)
        let short = noise.uniform(.pressurePhase, at: 1)
        let value =
            1011.5 + 9 * Self.wave(at: time, period: 547_200, phase: long) + 6 * Self.wave(at: time, period: 241_920, phase: short)
            + 5 * noise.smooth(.pressureDay, at: time, period: 86_400)
            + 0.4 * noise.smooth(.pressureHour, at: time, period: 3600)
            + 0.06 * noise.signed(.pressureJitter, at: time)
        return (value * 10).clamped(to: 9500...10_600)
    }

    /// What the barometer itself feels, tenths of a mbar: the ICAO standard atmosphere's formula (Doc 7488, troposphere).
    func absolutePressure(at time: Int) -> Int {
        (Double(pressure(at: time)) * pow(1 - 2.25577e-5 * altitude, 5.25588)).clamped(to: 5000...10_600)
    }

    // MARK: Shapes

    /// -1 in the coldest part of winter (about 20 January), 1 half a year later.
    private func season(at time: Int) -> Double {
        -cos(2 * Double.pi * (CentralEuropeanTime.yearFraction(at: time) - 20.0 / 365))
    }

    /// -1 at 5 o'clock, before dawn, 1 at 15 o'clock: it warms in 10 hours and cools in 14.
    static func dayCurve(hour: Double) -> Double {
        if hour >= 5, hour < 15 { return -cos(Double.pi * (hour - 5) / 10) }
        let sinceWarmest = hour >= 15 ? hour - 15 : hour + 9
        return cos(Double.pi * sinceWarmest / 14)
    }

    private static func wave(at time: Int, period: Int, phase: Double) -> Double {
        sin(2 * Double.pi * (Double(time.floorRemainder(by: period)) / Double(period) + phase))
    }
}
