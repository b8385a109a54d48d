import EngineAPI
import FoundationEssentials
import Homes

/// One measure of a module over time, as far as it is known: NetAtmo's history, else the readings since the start.
struct ChartCourse {
    let module: Device
    let measure: Measure
    let chart: ChartState
    let environment: ViewEnvironment

    private var entry: ChartHistories.Entry? { chart.histories.entry(of: module) }

    /// The points of a measure in a window, oldest first, in metric units.
    func points(of measure: Measure, in window: ChartWindow) -> [MeasureHistory.Point] {
        let start = Date(timeIntervalSince1970: window.start)
        if entry?.fetchedAt == nil, measure == module.mainMeasure {
            return chart.live.points(of: module).filter { $0.time >= start }.map { .init(time: $0.time, value: $0.value) }
        }
        return entry?.history.points(of: measure, since: start) ?? []
    }

    /// Sums of the points within bars of a width in seconds; `nil` for a bar of the past without a point.
    func sums(in window: ChartWindow, width: Double) -> [(start: Double, sum: Double?)] {
        let count = Int(((window.end - window.start) / width).rounded())
        var sums = [Double?](repeating: nil, count: count)
        for point in points(of: measure, in: window) {
            guard let value = point.value else { continue }
            // What was measured on the hour is of the time before it.
            let index = Int(((point.time.timeIntervalSince1970 - 1 - window.start) / width).rounded(.down))
            guard sums.indices.contains(index) else { continue }
            sums[index] = (sums[index] ?? 0) + value
        }
        return sums.enumerated().map { (window.start + Double($0) * width, $1) }
    }

    /// Why the chart does not show all that it should, in words; `nil` where it does.
    var note: (text: String, isFailure: Bool)? {
        switch entry?.failure {
        case .failed(let error, let next):
            ("No history: \(error.kind.words), next try at \(environment.clock(next))", true)
        case .noToken: ("No token to ask NetAtmo for the past with", true)
        case .unknownDevice: ("No history: the service knows no such module", true)
        case .unreachable: ("No history yet: the service does not answer", true)
        case .overtaken, .cancelled, nil: entry?.fetchedAt == nil ? ("Asking NetAtmo for the past", false) : nil
        }
    }
}
