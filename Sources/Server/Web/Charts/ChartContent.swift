import FoundationEssentials
import Homes
import OperatingSystem

/// What a chart shows: a measure of a module over a span, out of what is kept.
struct ChartContent: Sendable {
    let module: Device
    let measure: Measure
    let span: HistorySpan
    let history: MeasureHistory
    let now: Date
    let units: Units
    let time: LocalTime

    /// The bars of rain.
    var bars: RainBars { RainBars(of: span, now: now, time: time, since: history.earliest) }

    var axis: TimeAxis {
        measure == .rain
            ? TimeAxis(of: bars, time: time) : TimeAxis(of: span, now: now, since: history.earliest, time: time)
    }

    /// The points of a measure on the axis of a curve, oldest first, in metric units; those without a value too.
    func points(of measure: Measure) -> [MeasureHistory.Point] {
        let axis = axis
        return history.points(of: measure, since: Date(timeIntervalSince1970: axis.start)).filter { axis.contains($0.time) }
    }

    /// What rained within the bars, in millimetres.
    var sums: [(start: Double, sum: Double?)] {
        bars.sums(of: points(of: .rain), at: span.scale)
    }

    /// The longest time between two points that a curve joins, in seconds.
    var longestGap: Double { module.longestGap(at: span.scale) }

    var hasValues: Bool { points(of: measure).contains { $0.value != nil } }
}

// MARK: - In words

extension ChartContent {
    /// The name of the measure on the page; a room's is told apart from that of a module in it.
    var name: String { module.kind == .room && measure == .temperature ? "Room temperature" : measure.pageTitle }

    /// What a room's temperature was to become; empty of anything else.
    var setpoints: [MeasureHistory.Point] {
        module.kind == .room && measure == .temperature ? points(of: .setpoint) : []
    }

    /// `21.4 °C`
    func text(_ value: Double, of measure: Measure) -> String {
        let text = ReadingText(value, of: measure, in: units)
        return text.unit.isEmpty ? text.text : "\(text.text) \(text.unit)"
    }

    /// `the last 24 hours`, `all the time`
    var spanWords: String { span.seconds == nil ? span.words : "the last \(span.words)" }

    /// What it comes to over the span: the lowest, the highest and the mean, and when; of rain the sum, and when most of it came; of wind
    /// the strongest gust. Empty without a value.
    var summary: [(name: String, value: String, when: String)] {
        switch measure {
        case .rain: rainSummary
        case .windStrength: windSummary
        default:
            SpanExtremes(of: points(of: measure)).map { span in
                [
                    ("lowest", text(span.lowest.value, of: measure), moment(span.lowest.time)),
                    ("highest", text(span.highest.value, of: measure), moment(span.highest.time)),
                    ("mean", text(span.mean, of: measure), ""),
                ] + setpointSummary
            } ?? []
        }
    }

    private var setpointSummary: [(name: String, value: String, when: String)] {
        guard let span = SpanExtremes(of: setpoints) else { return [] }
        let (low, high) = (text(span.lowest.value, of: .setpoint), text(span.highest.value, of: .setpoint))
        return [("setpoint", low == high ? low : "\(ReadingText(span.lowest.value, of: .setpoint, in: units).text) to \(high)", "")]
    }

    private var rainSummary: [(name: String, value: String, when: String)] {
        let (bars, sums) = (bars, sums)
        guard sums.contains(where: { $0.sum != nil }) else { return [] }
        let total = [("sum", text(sums.lazy.compactMap(\.sum).reduce(0, +), of: .rain), "")]
        let most = sums.indices.max { (sums[$0].sum ?? 0) < (sums[$1].sum ?? 0) }
        guard let most, let greatest = sums[most].sum, greatest > 0 else { return total }
        return total + [("most", text(greatest, of: .rain), bars.name(of: most, time))]
    }

    private var windSummary: [(name: String, value: String, when: String)] {
        let mean = SpanExtremes(of: points(of: .windStrength)).map { ("mean", text($0.mean, of: .windStrength), "") }
        let gust = SpanExtremes(of: points(of: .gustStrength)).map { span in
            ("strongest gust", text(span.highest.value, of: .gustStrength), moment(span.highest.time))
        }
        return [mean, gust].compactMap(\.self)
    }

    /// The whole chart in a sentence, for who does not see it: `Stue, Temperature, the last 24 hours: lowest 19.9 °C at 05:40, …`.
    var sentence: String {
        let facts = summary.map { fact in
            "\(fact.name) \(fact.value)" + (fact.when.isEmpty ? "" : measure == .rain ? ", \(fact.when)" : " at \(fact.when)")
        }
        let end = facts.isEmpty ? "nothing was measured" : facts.joined(separator: ", ")
        return "\(module.title), \(name), \(spanWords): \(end)"
    }

    /// Where it did not rain: since when, as far as is known; `nil` where it did, or where nothing was measured.
    ///
    /// - Parameter others: Histories that reach further back, the finest first.
    func noRain(others: [(scale: HistoryScale, history: MeasureHistory)]) -> String? {
        guard measure == .rain, hasValues, !sums.contains(where: { $0.sum ?? 0 > 0 }) else { return nil }
        let days = ([(span.scale, history)] + others).lazy.compactMap { scale, history in lastRain(in: history, at: scale) }
        guard let last = days.first(where: { _ in true }) else { return "no rain in \(span.words)" }
        return "no rain since \(last.day), \(text(last.sum, of: .rain))"
    }

    /// When it rained last, and what came down on that day, or in that step where steps are longer.
    private func lastRain(in history: MeasureHistory, at scale: HistoryScale) -> (day: String, sum: Double)? {
        let points = history.points(of: .rain)
        guard let last = points.last(where: { $0.value ?? 0 > 0 }), let amount = last.value else { return nil }
        guard scale.step <= HistoryScale.day.step else { return (scale.moment(last.time, now: now, time: time), amount) }
        let day = time.startOfDay(last.time)
        let sum = points.lazy.filter { time.startOfDay($0.time) == day }.reduce(0) { $0 + ($1.value ?? 0) }
        return ("\(time.weekday(last.time)) \(time.dayAndMonth(last.time))", sum)
    }

    /// A time of an extreme: NetAtmo knows it to the minute also where the steps are days.
    private func moment(_ date: Date) -> String {
        let isExact = span.scale.isOfCalendar && date != time.startOfDay(date)
        return (isExact ? HistoryScale.measurement : span.scale).moment(date, now: now, time: time)
    }
}

extension Measure {
    /// The name of the measure on the page.
    var pageTitle: String { self == .co2 ? "CO₂" : title }
}
