/// The past values of one unit, from the same courses that its latest readings come from.
struct MeasureSeries: Sendable {
    /// NetAtmo keeps a value every five minutes, however often it is measured.
    static let shortestInterval = 300

    let unit: String
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
    /// When nothing came of it, in rising order.
    var gaps: [Range<Int>] = []

    /// A step's time and a value for each type asked; `nil` for what the unit doesn't measure.
    struct Point: Equatable, Sendable {
        var time: Int
        var values: [Double?]
    }

    /// The points whose steps begin from `begin` to `end`, both included, at most `limit`.
    ///
    /// Without `begin` the latest ones up to `end`; without `end` up to now. There are none of the future, none from before the unit was set
    /// up, and none of steps in which nothing was measured. A step under way is summed up as far as it is.
    func points(for request: MeasureRequest, now: Int, days: inout DayBook) -> [Point] {
        let grid = StepGrid(scale: request.scale, interval: interval, phase: phase)
        let latest = SampleClock.tick(at: now, phase: phase, interval: interval) + phase
        let last = grid.index(containing: min(request.end ?? now, latest))
        let earliest = grid.index(containing: begin)
        guard let asked = request.begin else {
            return Array(
                points(stride(from: last, through: earliest, by: -1), of: grid, for: request, through: latest, days: &days).reversed())
        }
        let first = max(grid.index(notBefore: asked), earliest)
        return points(stride(from: first, through: last, by: 1), of: grid, for: request, through: latest, days: &days)
    }

    private func points(
        _ steps: StrideThrough<Int>, of grid: StepGrid, for request: MeasureRequest, through latest: Int, days: inout DayBook
    ) -> [Point] {
        var points: [Point] = []
        for index in steps {
            guard points.count < request.limit else { break }
            let range = grid.range(of: index)
            guard !measured(in: range, through: latest).isEmpty else { continue }
            var known: [MeasureType.Quantity: MeasureSummary?] = [:]
            let values = request.types.map { type in
                let quantity = type.summarized(at: request.scale)
                let summary = known[quantity] ?? summary(of: quantity, step: index, of: grid, through: latest, days: &days)
                known[quantity] = summary
                return summary.map { value(type, of: $0, at: request.scale) }
            }
            let offset = request.scale == .max || request.realTime ? 0 : range.count / 2
            points.append(Point(time: range.lowerBound + offset, values: values))
        }
        return points
    }

    private func value(_ type: MeasureType, of summary: MeasureSummary, at scale: MeasureRequest.Scale) -> Double {
        switch type.summary {
        case .lowest: return summary.lowest.value
        case .highest: return summary.highest.value
        case .lowestTime: return Double(summary.lowest.time)
        case .highestTime: return Double(summary.highest.time)
        case .sum: return summary.sum.rounded(decimals: 3)
        case .plain: break
        }
        switch type.quantity {
        case .rain: return summary.sum.rounded(decimals: 3)
        case .gustStrength: return summary.highest.value
        case .gustAngle: return summary.highest.direction
        case .windAngle: return summary.latest.value
        default: return summary.mean.rounded(decimals: 1)
        }
    }
}

extension MeasureType {
    /// What is summed up for it: the angle of gusts is that of the strongest.
    fileprivate func summarized(at scale: MeasureRequest.Scale) -> Quantity {
        quantity == .gustAngle ? .gustStrength : quantity
    }
}

// MARK: - Steps

extension MeasureSeries {
    private func summary(
        of quantity: MeasureType.Quantity, step: Int, of grid: StepGrid, through latest: Int, days: inout DayBook
    ) -> MeasureSummary? {
        guard measures(quantity) else { return nil }
        guard grid.scale.isOfCalendar else {
            return summary(of: quantity, in: grid.range(of: step), through: latest)
        }
        var whole: MeasureSummary?
        for day in grid.days(of: step) {
            let range = CentralEuropeanTime.midnight(ofDay: day)..<CentralEuropeanTime.midnight(ofDay: day + 1)
            guard range.upperBound > begin, range.lowerBound <= latest else { continue }
            let make = { summary(of: quantity, in: range, through: latest) }
            // A day under way goes on.
            let part = range.upperBound <= latest ? days.summary(.init(unit: unit, quantity: quantity, day: day), make) : make()
            guard let part else { continue }
            if whole == nil { whole = part } else { whole?.add(part) }
        }
        return whole
    }

    private func summary(
        of quantity: MeasureType.Quantity, in range: Range<Int>, through latest: Int
    ) -> MeasureSummary? {
        var summary: MeasureSummary?
        let add = { (mark: MeasureSummary.Mark) in
            if summary == nil { summary = MeasureSummary(mark) } else { summary?.add(mark) }
        }
        for ticks in measured(in: range, through: latest) {
            if quantity == .rain {
                let rain = weather.rain(after: ticks.lowerBound - interval, through: ticks.upperBound)
                add(.init(value: DashboardData.thousandths(rain), time: ticks.lowerBound + phase))
                continue
            }
            for tick in stride(from: ticks.lowerBound, through: ticks.upperBound, by: interval) {
                if let mark = mark(of: quantity, at: tick) { add(mark) }
            }
        }
        return summary
    }

    /// The ticks in a time at which something was measured and came, as runs without a gap.
    private func measured(in range: Range<Int>, through latest: Int) -> [ClosedRange<Int>] {
        let whole = max(range.lowerBound, begin)..<max(begin, range.lowerBound, min(range.upperBound, latest + 1))
        var parts: [Range<Int>] = []
        var start = whole.lowerBound
        for gap in gaps where gap.overlaps(whole) {
            if gap.lowerBound > start { parts.append(start..<gap.lowerBound) }
            start = max(start, gap.upperBound)
        }
        if start < whole.upperBound { parts.append(start..<whole.upperBound) }
        return parts.compactMap { part in
            let first = -(phase - part.lowerBound).floorDivided(by: interval) * interval
            let last = (part.upperBound - 1 - phase).floorDivided(by: interval) * interval
            return first <= last ? first...last : nil
        }
    }
}

// MARK: - Measurements

extension MeasureSeries {
    private func measures(_ quantity: MeasureType.Quantity) -> Bool {
        switch quantity {
        case .rain: kind == .rain
        case .windStrength, .windAngle, .gustStrength, .gustAngle: kind == .wind
        default: mark(of: quantity, at: 0) != nil
        }
    }

    private func mark(of quantity: MeasureType.Quantity, at tick: Int) -> MeasureSummary.Mark? {
        if quantity == .gustStrength, kind == .wind {
            let wind = weather.wind(at: tick)
            return .init(value: Double(wind.gustStrength), time: tick + phase, direction: Double(wind.gustAngle))
        }
        return value(quantity, at: tick).map { .init(value: $0, time: tick + phase) }
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
        case (.windStrength, .wind): Double(weather.windStrength(at: time))
        case (.windAngle, .wind): Double(weather.wind(at: time).angle)
        default: nil
        }
    }
}
