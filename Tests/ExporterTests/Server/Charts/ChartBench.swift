import Foundation
import TestSupport

@testable import Homes
@testable import OperatingSystem
@testable import Server

/// Charts of one module at a fixed time, in UTC.
enum ChartBench {
    /// 2026-11-23T17:18:05Z, a Monday.
    static let now = SampleStations.now

    static func module(_ kind: Device.Kind = .base, name: String = "Stue", readings: MeasureTable<Double> = [:]) -> Device {
        Device(id: "70:ee:50:00:00:01", kind: kind, name: name, readings: Readings(time: now, values: readings))
    }

    /// A history with a value each step, the last one at a time before now.
    static func history(
        _ measure: Measure, _ values: [Double?], step: TimeInterval = 300, until end: Date = now,
        extremes: ((Double) -> ClosedRange<Double>)? = nil
    ) -> MeasureHistory {
        var history = MeasureHistory(measures: [measure])
        for (index, value) in values.enumerated() {
            history.append(at: end.addingTimeInterval(-Double(values.count - 1 - index) * step)) { _ in
                value
            } detail: { _, detail in
                guard let value, let range = extremes?(value) else { return nil }
                return switch detail {
                case .least: range.lowerBound
                case .greatest: range.upperBound
                case .leastTime, .greatestTime: nil
                }
            }
        }
        return history
    }

    static func content(
        _ measure: Measure, _ history: MeasureHistory, span: HistorySpan = .day, module: Device = module(), units: Units = .metric,
        now: Date = now
    ) -> ChartContent {
        ChartContent(module: module, measure: measure, span: span, history: history, now: now, units: units, time: .utc)
    }

    static func svg(_ content: ChartContent, isDetailed: Bool = false) -> String? {
        ChartDrawing(content: content, number: 3, height: 120, isDetailed: isDetailed).svg?.text
    }
}

extension String {
    /// The attribute of each element of a class.
    func attributes(_ name: String, ofClass css: String) -> [String] {
        let elements = (try? Regex("<[a-z]+ class=\"\(css)\"[^>]*>")).map { matches(of: $0).map { String(self[$0.range]) } } ?? []
        return elements.compactMap { element in
            (try? Regex(" \(name)=\"([^\"]*)\"")).flatMap { element.firstMatch(of: $0)?.output[1].substring }.map(String.init)
        }
    }

    func texts(ofClass css: String) -> [String] {
        (try? Regex("<text class=\"\(css)\"[^>]*>([^<]*)</text>")).map { matches(of: $0).map { String($0.output[1].substring ?? "") } }
            ?? []
    }
}
