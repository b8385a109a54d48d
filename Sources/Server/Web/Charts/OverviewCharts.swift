import FoundationEssentials
import Homes
import OperatingSystem

/// The charts of the page of all modules: of each the measure that says most about it, home by home, so many on a page.
struct OverviewCharts: Sendable {
    struct Place: Sendable {
        let home: String
        let module: Device
        let station: Station
    }

    private let span: HistorySpan
    private let page: Int
    private let units: Units
    private let now: Date
    private let time: LocalTime
    private let links: PageLinks
    /// The modules of this page.
    let places: [Place]
    private let moduleCount: Int

    /// - Parameter page: From 1 on.
    init(
        stations: [Station], units: Units, span: HistorySpan, page: Int, now: Date, time: LocalTime, prefix: String
    ) {
        (self.span, self.page, self.units, self.now, self.time) = (span, page, units, now, time)
        links = PageLinks(prefix: prefix)
        let modules = Home.homes(of: stations, separator: "·").flatMap { home in
            home.stations.flatMap(\.devices).filter { !$0.chartMeasures.isEmpty }.map { (home: home.title, module: $0) }
        }
        moduleCount = modules.count
        let shown = modules.dropFirst((page - 1) * ChartPages.chartsOnPage).prefix(ChartPages.chartsOnPage)
        places = shown.compactMap { home, module in
            stations.first { $0.holds(module) }.map { Place(home: home, module: module, station: $0) }
        }
    }

    func html(_ kept: [String: KeptCourse], pageCount: Int) -> HTML {
        guard !places.isEmpty else { return "" }
        var homes: [(title: String, charts: [HTML])] = []
        for (number, place) in places.enumerated() {
            let chart = chart(of: place, kept[place.module.id], number: number)
            if homes.last?.title == place.home {
                homes[homes.count - 1].charts.append(chart)
            } else {
                homes.append((place.home, [chart]))
            }
        }
        let sections = homes.map { home -> HTML in
            "<section class=\"home\"><h3><bdi>\(home.title)</bdi></h3><div class=\"charts\">\(home.charts)</div></section>\n"
        }
        // The same is said once, however many modules it is said of.
        let notes = Set(kept.values.compactMap { $0.outlook?.note(now: now, time: time) }).sorted { $0.text < $1.text }
        return """
            <header class="charts-header">\(PageLinks.spans(span) { links.home(span: $0, page: page) })</header>
            \(notes)\(sections)\(pager(pageCount))
            """
    }

    private func chart(of place: Place, _ kept: KeptCourse?, number: Int) -> HTML {
        let module = place.module
        guard let measure = module.chartMeasures.first else { return "" }
        let content = ChartContent(
            module: module, measure: measure, span: span, history: kept?.history ?? MeasureHistory(measures: []), now: now, units: units,
            time: time)
        return """
            <a class="chart panel" href="\(links.module(module.id, span: span))"><h4><bdi>\(module.title)</bdi> \
            <span class="quiet">\(content.name)</span><span class="now">\(content.latest)</span></h4>\
            \(content.figure(number: number, height: 120, isDetailed: false, others: []))</a>

            """
    }

    private func pager(_ pageCount: Int) -> HTML? {
        guard pageCount > 1 else { return nil }
        let first = (page - 1) * ChartPages.chartsOnPage + 1
        let before: HTML? = page > 1 ? "<a rel=\"prev\" href=\"\(links.home(span: span, page: page - 1))\">Before</a> " : nil
        let after: HTML? = page < pageCount ? "<a rel=\"next\" href=\"\(links.home(span: span, page: page + 1))\">More</a>" : nil
        return """
            <nav class="pages" aria-label="Pages of charts">\(before)<span>Modules \(first) to \(first + places.count - 1) of \(moduleCount)</span> \
            \(after)</nav>
            """
    }
}

extension ChartContent {
    /// What the module measured last; empty where that is not known.
    var latest: String {
        guard let readings = module.readings else { return "" }
        switch measure {
        case .rain: return readings[.rainToday].map { "today \(text($0, of: .rainToday))" } ?? ""
        case .windStrength:
            let direction = readings[.windAngle].flatMap(CompassPoint.name).map { " \($0)" } ?? ""
            return readings[.windStrength].map { text($0, of: .windStrength) + direction } ?? ""
        case .temperature where readings[.setpoint] != nil:
            let value = readings[.temperature].map { ReadingText($0, of: .temperature, in: units).text }
            return [value, readings[.setpoint].map { text($0, of: .setpoint) }].compactMap(\.self).joined(separator: " → ")
        case .boilerMinutes: return readings.boiler.map { $0.isOn ? "on" : "off" } ?? ""
        default: return readings[measure].map { text($0, of: measure) } ?? ""
        }
    }

    /// The drawing, or words where there is nothing to draw.
    ///
    /// - Parameter others: Histories that may know when it rained last.
    func figure(number: Int, height: Double, isDetailed: Bool, others: [(HistoryScale, MeasureHistory)]) -> HTML {
        if let words = noRain(others: others.map { (scale: $0.0, history: $0.1) }) {
            let week = others.first { $0.0 == .halfHour }.flatMap { rainOfWeek($0.1, number: number, height: height) }
            return "<p class=\"empty quiet\">\(words)</p>\(week)"
        }
        let drawing = ChartDrawing(content: self, number: number, height: height, isDetailed: isDetailed).svg
        return drawing
            ?? "<p class=\"empty quiet\">\(history.count > 0 ? "nothing was measured in \(spanWords)" : "nothing of \(spanWords) is here yet")</p>"
    }
    /// What rained in the days before, where it did.
    private func rainOfWeek(_ history: MeasureHistory, number: Int, height: Double) -> HTML? {
        let week = ChartContent(module: module, measure: measure, span: .week, history: history, now: now, units: units, time: time)
        guard span != .week, week.sums.contains(where: { $0.sum ?? 0 > 0 }) else { return nil }
        return ChartDrawing(content: week, number: number, height: height, isDetailed: true).svg
    }
}
