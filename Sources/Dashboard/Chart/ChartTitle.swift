import FoundationEssentials
import Homes
import TerminalUI

/// What stands above a chart: what it shows, and what it comes to.
struct ChartTitle {
    let module: Module
    let measure: Measure
    let state: DashboardState

    private var text: MeasureText { state.measureText }

    /// `Stue · Temperature · 24 h`
    var title: String {
        [module.title, name, state.chartSpan.name].joined(separator: " \(state.symbols.separator) ")
    }

    /// The measure's name.
    var name: String {
        measure == .co2 ? state.symbols.co2 : measure.title
    }

    /// The latest value, with the least and the greatest that show where there is room.
    func summary(columns: Int) -> String {
        let now = latest
        guard let extremes, displayWidth(of: extremes) + 3 + displayWidth(of: now) <= columns else { return now }
        return now.isEmpty ? extremes : "\(extremes) \(state.symbols.separator) \(now)"
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
        let course = ChartCourse(module: module, measure: measure, state: state)
        let window = ChartWindow(span: state.chartSpan, now: state.now, columns: 100)
        let values = course.points(of: measure, in: window).compactMap(\.value)
        guard let least = values.min(), let greatest = values.max() else { return nil }
        switch measure {
        case .rain: return "\(state.chartSpan.name) \(text.value(values.reduce(0, +), of: .rain))"
        case .windStrength: return nil
        default: return "\(text.number(least, of: measure)) to \(text.number(greatest, of: measure))"
        }
    }
}
