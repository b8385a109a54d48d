import EngineAPI
import FoundationEssentials
import Homes

/// One measure of a module over time, as far as it is known: NetAtmo's history, else the readings since the start.
struct ChartCourse {
    let module: Device
    let measure: Measure
    let chart: ChartState
    let environment: ViewEnvironment

    private var scale: HistoryScale { chart.span.scale }
    private var entry: ChartHistories.Entry? { chart.histories.entry(of: module, scale: scale) }

    /// The window of a line.
    func window(columns: Int) -> ChartWindow {
        ChartWindow(span: chart.span, now: environment.now, columns: columns, time: environment.time, since: first)
    }

    /// The bars of rain.
    var bars: RainBars { RainBars(of: chart.span, now: environment.now, time: environment.time, since: first) }

    private var first: Date? { chart.span.seconds == nil ? entry?.history.earliest : nil }

    /// The points of a measure in a window, oldest first, in metric units.
    func points(of measure: Measure, in window: ChartWindow) -> [MeasureHistory.Point] {
        let start = Date(timeIntervalSince1970: window.start)
        if entry?.fetchedAt == nil, measure == module.curveMeasure, scale == .measurement {
            return chart.live.points(of: module).filter { $0.time >= start }.map { .init(time: $0.time, value: $0.value) }
        }
        return entry?.history.points(of: measure, since: start) ?? []
    }

    /// Sums of the points within bars; `nil` for a bar of the past without a point.
    func sums(in bars: RainBars) -> [(start: Double, sum: Double?)] {
        bars.sums(of: points(of: measure, in: bars.window), at: scale)
    }

    /// Two points further apart than this, in seconds, are not of one line.
    var longestGap: Double { module.longestGap(at: scale) }

    /// Why the chart does not show all that it should, in words; `nil` where it does.
    var note: (text: String, isFailure: Bool)? {
        switch entry?.failure {
        case .failed(let error, let next):
            ("No history: \(error.kind.words), next try at \(environment.clock(next))", true)
        case .noToken: ("No token to ask NetAtmo for the past with", true)
        case .unknownDevice: ("No history: the service knows no such module", true)
        case .unreachable: ("No history yet: the service does not answer", true)
        case .overtaken, .cancelled, nil: entry?.fetchedAt == nil ? (asking, false) : nil
        }
    }

    private var asking: String {
        "Asking NetAtmo for the past" + (chart.progress.map { ", \($0.have) of \($0.of) are there" } ?? "")
    }
}
