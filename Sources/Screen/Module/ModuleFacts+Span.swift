import FoundationEssentials
import Homes
import OperatingSystem
import TerminalUI

extension ModuleFacts {
    /// Of the span that the charts show: the lowest, the highest and the mean of each measure, and when; of rain the sum, and of the
    /// wind its strongest gust.
    ///
    /// - Parameter isNarrow: Whether the times have no room beside the values, so that they stand below them.
    func span(isNarrow: Bool) -> [ModuleFact] {
        let facts = module.chartMeasures.flatMap { measure in
            switch measure {
            case .rain: rain
            case .windStrength: wind
            default: isNarrow ? narrowExtremes(of: measure) : extremes(of: measure)
            }
        }
        let isCompared = module.chartMeasures.contains { $0 != .rain && $0 != .windStrength }
        guard !facts.isEmpty else { return [] }
        return [.heading(chart.span.name, note: isCompared ? "lowest, highest, mean" : "")] + facts
    }

    private func narrowExtremes(of measure: Measure) -> [ModuleFact] {
        guard let span = spanExtremes(of: measure) else { return [] }
        let text = environment.measureText
        let values = [span.lowest.value, span.highest.value, span.mean].map { padded(text.number($0, of: measure), 8) }.joined()
        let times = [span.lowest.time, span.highest.time].map { padded(when($0), 8) }.joined(separator: "")
        return [.row(name: measure.chartName(environment.symbols), Line(values)), .row(name: "", Line(times, .muted))]
    }

    private func course(of measure: Measure) -> ChartCourse {
        ChartCourse(module: module, measure: measure, chart: chart, environment: environment)
    }

    private func extremes(of measure: Measure) -> [ModuleFact] {
        guard let span = spanExtremes(of: measure) else { return [] }
        let text = environment.measureText
        // The values of all measures stand below each other.
        let line = [span.lowest, span.highest].reduce(Line("")) { line, extreme in
            line.adding((line.width > 0 ? " " : "") + padded(text.number(extreme.value, of: measure)))
                .adding(" " + when(extreme.time), .muted)
        }
        return [.row(name: measure.chartName(environment.symbols), line.adding(" " + padded(text.number(span.mean, of: measure))))]
    }

    private func spanExtremes(of measure: Measure) -> SpanExtremes? {
        let course = course(of: measure)
        return SpanExtremes(of: course.points(of: measure, in: course.window(columns: 100)))
    }

    private var rain: [ModuleFact] {
        let course = course(of: .rain)
        let bars = course.bars
        let sums = course.sums(in: bars)
        guard sums.contains(where: { $0.sum != nil }) else { return [] }
        let text = environment.measureText
        let total = Line(text.value(sums.lazy.compactMap(\.sum).reduce(0, +), of: .rain))
        let most = sums.indices.max { (sums[$0].sum ?? 0) < (sums[$1].sum ?? 0) }
        guard let most, let greatest = sums[most].sum, greatest > 0 else { return [.value(name: "Rain", total)] }
        let line = Line(text.value(greatest, of: .rain)).adding("  \(bars.name(of: most, environment.time))", .muted)
        return [.value(name: "Rain", total), .value(name: "Most", line)]
    }

    private var wind: [ModuleFact] {
        let text = environment.measureText
        let mean = spanExtremes(of: .windStrength).map { span in
            ModuleFact.value(name: "Wind, mean", Line(text.value(span.mean, of: .windStrength)))
        }
        let gust = spanExtremes(of: .gustStrength).map { span in
            let line = Line(text.value(span.highest.value, of: .gustStrength)).adding("  \(when(span.highest.time))", .muted)
            return ModuleFact.value(name: "Strongest gust", line)
        }
        return [mean, gust].compactMap(\.self)
    }

    private func padded(_ text: String, _ columns: Int = 6) -> String {
        String(repeating: " ", count: max(0, columns - text.count)) + text
    }

    /// As short as tells the time apart within the span.
    private func when(_ date: Date) -> String {
        let time = environment.time
        return switch chart.span {
        case .threeHours, .twelveHours, .day: time.shortClock(date)
        case .threeDays, .week: "\(time.weekday(date)) \(time.shortClock(date))"
        case .month, .year: time.dayAndMonth(date)
        case .all: time.monthAndYear(date)
        }
    }
}
