import FoundationEssentials
import Homes
import OperatingSystem
import TerminalUI

/// What stands above a chart: what it shows, and what it comes to, now or where the cursor is.
struct ChartTitle {
    let module: Device
    let measure: Measure
    let chart: ChartState
    let environment: ViewEnvironment

    private var text: MeasureText { environment.measureText }
    private var symbols: Symbols { environment.symbols }
    private var course: ChartCourse { ChartCourse(module: module, measure: measure, chart: chart, environment: environment) }

    /// `Stue · Temperature · 24 h`
    var title: String {
        [module.title, measure.chartName(symbols), chart.span.name].joined(separator: " \(symbols.separator) ")
    }

    /// What is at the cursor; without one the latest value, with the least and the greatest that show where there is room.
    func summary(columns: Int) -> Line {
        if let cursor = chart.cursor { return atCursor(cursor, columns: columns) }
        let now = latest
        guard let extremes, displayWidth(of: extremes) + 3 + displayWidth(of: now) <= columns else { return Line(now) }
        return now.isEmpty ? Line(extremes, .muted) : Line("\(extremes) \(symbols.separator) ", .muted).adding(now)
    }

    private var latest: String {
        guard let readings = module.readings else { return "" }
        switch measure {
        case .windStrength: return text.wind(readings) ?? ""
        case .rain: return readings[.rainToday].map { "today \(text.value($0, of: .rain))" } ?? ""
        case .boilerMinutes: return readings.boiler.map { $0.isOn ? "on" : "off" } ?? ""
        case .temperature:
            let setpoint = readings[.setpoint].map { " \(symbols.right) \(text.value($0, of: .setpoint))" } ?? ""
            return readings[.temperature].map { text.value($0, of: measure) + setpoint } ?? ""
        default: return readings[measure].map { text.value($0, of: measure) } ?? ""
        }
    }

    private var extremes: String? {
        let course = course
        let points = course.points(of: measure, in: measure == .rain ? course.bars.window : course.window(columns: 100))
        // The latest value stands beside them, and may be newer than the course.
        let latest = [module.readings?[measure]].compactMap(\.self)
        let (lows, highs) = (points.compactMap(\.least), points.compactMap(\.greatest))
        guard highs.count > 1, let least = (lows + latest).min(), let greatest = (highs + latest).max() else { return nil }
        switch measure {
        case .rain: return "\(chart.span.name) \(text.value(points.lazy.compactMap(\.value).reduce(0, +), of: .rain))"
        case .windStrength: return nil
        default: return "\(text.number(least, of: measure)) to \(text.number(greatest, of: measure))"
        }
    }

    // MARK: The cursor

    private func atCursor(_ cursor: Date, columns: Int) -> Line {
        let (time, value) = measure == .rain ? bar(at: cursor) : point(at: cursor)
        let style = Style.accent.bold()
        let short = Line(value, style)
        let long = Line("\(time)  ", style).adding(value, style)
        return long.width <= columns ? long : short
    }

    private func bar(at cursor: Date) -> (time: String, value: String) {
        let course = course
        let bars = course.bars
        let sums = course.sums(in: bars)
        let seconds = cursor.timeIntervalSince1970
        guard let index = sums.lastIndex(where: { $0.start <= seconds }), seconds <= bars.edges[index + 1] else {
            return (moment(cursor), symbols.dash)
        }
        let value = sums[index].sum.map { text.value($0, of: .rain) } ?? symbols.dash
        return (bars.name(of: index, environment.time), value)
    }

    private func point(at cursor: Date) -> (time: String, value: String) {
        let course = course
        let points = course.points(of: measure, in: course.window(columns: 100))
        let distance = { (point: MeasureHistory.Point) in abs(point.time.timeIntervalSince(cursor)) }
        let nearest = points.lazy.filter { $0.value != nil }.min { distance($0) < distance($1) }
        guard let nearest, let value = nearest.value, distance(nearest) <= course.longestGap / 2 + chart.span.cursorStep / 2 else {
            return (moment(cursor), symbols.dash)
        }
        guard measure != .windStrength else { return (moment(nearest.time), wind(value, at: nearest.time)) }
        let range = nearest.extremes.map { " (\(text.number($0.lowerBound, of: measure)) to \(text.number($0.upperBound, of: measure)))" }
        return (moment(nearest.time), text.value(value, of: measure) + (range ?? "") + setpoint(at: nearest.time))
    }

    /// What a room's temperature was to become then.
    private func setpoint(at time: Date) -> String {
        guard measure == .temperature, module.kind == .room else { return "" }
        let points = course.points(of: .setpoint, in: course.window(columns: 100))
        let value = points.last { $0.time <= time && $0.value != nil }?.value
        return value.map { " \(symbols.right) \(text.value($0, of: .setpoint))" } ?? ""
    }

    /// As the present wind is written.
    private func wind(_ strength: Double, at time: Date) -> String {
        let course = course
        let window = course.window(columns: 100)
        var values: MeasureTable<Double> = [.windStrength: strength]
        for measure in [Measure.windAngle, .gustStrength] {
            values[measure] = course.points(of: measure, in: window).first { $0.time == time }?.value
        }
        return text.wind(Readings(time: time, values: values)) ?? ""
    }

    /// A time as exact as the steps that show.
    private func moment(_ time: Date) -> String {
        environment.moment(time, scale: chart.span.scale)
    }
}

extension ViewEnvironment {
    /// A time of the past as exact as the steps of a scale.
    func moment(_ date: Date, scale: HistoryScale) -> String {
        scale.moment(date, now: now, time: time)
    }
}
