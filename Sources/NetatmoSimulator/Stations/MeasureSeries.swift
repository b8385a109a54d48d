/// The past values of one unit, from the same courses that its latest readings come from.
struct MeasureSeries: Sendable {
    /// A coarse step is summed up from so many values at most: enough for its mean, and a month costs no more than a day.
    private static let samplesPerStep = 48
    /// NetAtmo keeps a value every five minutes, however often it is measured.
    static let shortestInterval = 300

    let kind: ModuleKind
    let room: RoomWeather?
    let weather: SiteWeather
    /// Seconds between two measurements that are kept.
    let interval: Int
    /// Tenths of a °C that the unit differs from its place.
    let shift: Int
    let phase: Int
    /// When the unit began to measure, Unix seconds.
    let begin: Int

    /// A step's time and a value for each type asked; `nil` for what the unit doesn't measure.
    struct Point: Equatable, Sendable {
        var time: Int
        var values: [Double?]
    }

    /// The points from `begin` to `end`, both included, at most `limit`.
    ///
    /// Without `begin` the latest ones up to `end`; without `end` up to now. There are none of the future, and none from before the unit
    /// was set up.
    func points(for request: MeasureRequest, now: Int) -> [Point] {
        let step = max(request.scale.seconds ?? interval, interval)
        let latest = SampleClock.tick(at: min(request.end ?? now, now), phase: phase, interval: interval)
        let last = latest.floorDivided(by: step)
        let asked = request.begin.map { self.step(from: $0, length: step) } ?? last - request.limit + 1
        let first = max(asked, self.step(from: begin, length: step))
        guard first <= last else { return [] }
        let end = min(last, first + request.limit - 1)
        let offset = request.scale == .max || request.realTime ? 0 : step / 2
        return (first...end).map { index in
            Point(
                time: index * step + phase + offset, values: request.types.map { value($0, from: index * step, step: step, latest: latest) }
            )
        }
    }

    /// The number of the first step that doesn't begin before `time`.
    private func step(from time: Int, length: Int) -> Int {
        -(phase - time).floorDivided(by: length)
    }

    private func value(_ type: MeasureType, from start: Int, step: Int, latest: Int) -> Double? {
        let end = min(start + step - interval, latest)
        if type.quantity == .rain {
            guard kind == .rain else { return nil }
            return DashboardData.thousandths(weather.rain(after: start - interval, through: end))
        }
        let count = max(1, (step / interval) / Self.samplesPerStep)
        let values = stride(from: start, through: max(start, end), by: count * interval).map { value(type.quantity, at: $0) }
        // A unit measures a quantity always or never, so the first value speaks for all.
        let known = values.compactMap(\.self)
        guard let latestValue = known.last else { return nil }
        switch type.summary {
        case .lowest: return known.min()
        case .highest: return known.max()
        case .plain, .sum:
            if type.quantity == .windAngle || type.quantity == .gustAngle { return latestValue }
            return (known.reduce(0, +) / Double(known.count)).rounded(decimals: 1)
        }
    }

    private func value(_ quantity: MeasureType.Quantity, at time: Int) -> Double? {
        switch (quantity, kind) {
        case (.temperature, .outdoor): DashboardData.tenths(weather.temperature(at: time) + shift)
        case (.humidity, .outdoor): Double(weather.humidity(at: time))
        case (.temperature, .base), (.temperature, .indoor), (.temperature, .homeCoach):
            room.map { DashboardData.tenths($0.temperature(at: time) + shift) }
        case (.humidity, .base), (.humidity, .indoor), (.humidity, .homeCoach): room.map { Double($0.humidity(at: time)) }
        case (.co2, .base), (.co2, .indoor), (.co2, .homeCoach): room.map { Double($0.carbonDioxide(at: time)) }
        case (.noise, .base), (.noise, .homeCoach): room.map { Double($0.loudness(at: time)) }
        case (.pressure, .base), (.pressure, .homeCoach): DashboardData.tenths(weather.pressure(at: time))
        case (.windStrength, .wind): Double(weather.wind(at: time).strength)
        case (.windAngle, .wind): Double(weather.wind(at: time).angle)
        case (.gustStrength, .wind): Double(weather.wind(at: time).gustStrength)
        case (.gustAngle, .wind): Double(weather.wind(at: time).gustAngle)
        default: nil
        }
    }
}
