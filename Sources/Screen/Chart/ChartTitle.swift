import FoundationEssentials
import Homes
import TerminalUI

/// What stands above a chart: what it shows, and what it comes to.
struct ChartTitle {
    let module: Device
    let measure: Measure
    let chart: ChartState
    let environment: ViewEnvironment

    private var text: MeasureText { environment.measureText }

    /// `Stue · Temperature · 24 h`
    var title: String {
        [module.title, name, chart.span.name].joined(separator: " \(environment.symbols.separator) ")
    }

    var name: String { measure == .co2 ? environment.symbols.co2 : measure.title }

    /// The latest value, with the least and the greatest that show where there is room.
    func summary(columns: Int) -> String {
        let now = latest
        guard let extremes, displayWidth(of: extremes) + 3 + displayWidth(of: now) <= columns else { return now }
        return now.isEmpty ? extremes : "\(extremes) \(environment.symbols.separator) \(now)"
    }

    private var latest: String {
        guard let readings = module.readings else { return "" }
        switch measure {
        case .windStrength: return text.wind(readings) ?? ""
        case .rain: return readings[.rainToday].map { "today \(text.value($0, of: .rain))" } ?? ""
        default: return readings[measure].map { text.value($0, of: measure) } ?? ""
        }
    }

    private var extremes: String? {
        let course = ChartCourse(module: module, measure: measure, chart: chart, environment: environment)
        let window = ChartWindow(span: chart.span, now: environment.now, columns: 100)
        let values = course.points(of: measure, in: window).compactMap(\.value)
        guard let least = values.min(), let greatest = values.max() else { return nil }
        switch measure {
        case .rain: return "\(chart.span.name) \(text.value(values.reduce(0, +), of: .rain))"
        case .windStrength: return nil
        default: return "\(text.number(least, of: measure)) to \(text.number(greatest, of: measure))"
        }
    }
}
