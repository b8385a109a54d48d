import FoundationEssentials
import Homes
import OperatingSystem
import PrometheusMetrics

/// A part of an export that goes behind what its file has.
package struct ExportPiece: Sendable, Hashable {
    /// Which file: the family of OpenMetrics, which are joined at the end, or `""` where there is but one.
    package let file: String
    package var text: String
}

/// Writes pages of the past in a format.
///
/// OpenMetrics wants each family of series in one piece, while an answer has something of several: each goes to a file of its own, and
/// within it comes a module after the other, by rising time.
struct ExportText: Sendable {
    let order: ExportOrder

    /// All files there may be, in the order in which they are joined.
    var files: [String] {
        guard order.format == .openMetrics else { return [""] }
        return Set(families.map(\.name)).sorted()
    }

    /// What a file begins with.
    func head(of file: String) -> String {
        switch order.format {
        case .openMetrics:
            families.first { $0.name == file }.map { PastSeries.introduction(of: $0.name, help: $0.help) } ?? ""
        case .csv: (["time"] + CSVRows.names(hasRooms: order.hasRooms) + order.columns.map(\.name)).joined(separator: ",") + "\n"
        case .json, .influx: ""
        }
    }

    /// What stands behind all.
    var end: String { order.format == .openMetrics ? "# EOF\n" : "" }

    /// What an answer brings, of those of its times that the page asked for and whose steps have ended.
    func pieces(of history: MeasureHistory, for page: ExportPage) -> [ExportPiece] {
        let columns = order.columns(of: page.device)
        let points = Dictionary(uniqueKeysWithValues: page.device.subject.measures.map { ($0, history.points(of: $0)) })
        let values = columns.map { column in points[column.measure]?.map(column.value) ?? [] }
        let times = (points.values.first ?? []).map(\.time)
        let rows = times.indices.filter { belongs(times[$0], to: page) }
        switch order.format {
        case .openMetrics:
            return zip(columns, values).compactMap { column, values in
                piece(of: column, page.device, rows.compactMap { row in values[row].map { (times[row], $0) } })
            }
        case .csv, .json, .influx:
            let line = line(of: page.device, columns)
            let text = rows.compactMap { row in line(times[row], values.map { $0[row] }) }.joined()
            return text.isEmpty ? [] : [ExportPiece(file: "", text: text)]
        }
    }

    private func belongs(_ time: Date, to page: ExportPage) -> Bool {
        guard time >= page.start, time <= page.end else { return false }
        let scale = order.scale(of: page.device)
        return scale == .measurement || time.addingTimeInterval(scale.longestStep) <= order.orderedAt
    }

    /// The writer of a device's rows; it gives `nil` for a row without a value.
    private func line(of device: ExportedDevice, _ columns: [ExportColumn]) -> (Date, [Double?]) -> String? {
        switch order.format {
        case .openMetrics: { _, _ in nil }
        case .csv: CSVRows(device: device, columns: columns, all: order.columns, hasRooms: order.hasRooms).row
        case .json: JSONRows(device: device, columns: columns).row
        case .influx: { LinePoint(device: device).line(at: $0, Array(zip(columns.map(\.name), $1))) }
        }
    }

    // MARK: OpenMetrics

    private var families: [(name: String, help: String)] {
        order.devices.flatMap { device in order.columns(of: device).compactMap { family(of: $0, device) } }
    }

    /// The family of a column: the series of `/metrics`, and for the extremes of a step and its rain ones of our own beside it, since
    /// those of `/metrics` are the day's so far.
    private func family(of column: ExportColumn, _ device: ExportedDevice) -> (name: String, help: String)? {
        let isOfHeating = device.subject.isOfHeating
        guard let family = isOfHeating ? PastSeries.familyOfHeating(column.measure) : PastSeries.family(of: column.measure) else {
            return nil
        }
        switch column.part {
        // A day's rain is not to be added to its five minutes'.
        case .value where column.measure == .rain && order.scale != .measurement:
            return (family.name + "_sum", "Sum of the step that begins then: \(family.help)")
        case .value: return family
        case .least: return (family.name + "_min", "Lowest in the step that begins then: \(family.help)")
        case .greatest: return (family.name + "_max", "Highest in the step that begins then: \(family.help)")
        }
    }

    private func piece(of column: ExportColumn, _ device: ExportedDevice, _ samples: [(time: Date, value: Double)]) -> ExportPiece? {
        guard !samples.isEmpty, let name = family(of: column, device)?.name else { return nil }
        let series = name + device.labels
        var text = ""
        for (time, value) in samples {
            text += "\(series) \(MetricsEncoder.text(value)) \(Int64(time.timeIntervalSince1970))\n"
        }
        return ExportPiece(file: name, text: text)
    }
}

extension ExportedDevice {
    /// The labels of its series, as on `/metrics`.
    fileprivate var labels: String {
        if subject.kind == .room { return PastSeries.labels(home: home, room: module) }
        if subject.isBoiler { return PastSeries.labels(home: home, module: module) }
        return PastSeries.labels(home: home, module: module, station: station)
    }
}

extension HistoryScale {
    /// The longest that a step can be, in seconds: of a day when the clocks go back.
    fileprivate var longestStep: TimeInterval {
        switch self {
        case .measurement, .halfHour, .hour, .threeHours: step
        case .day, .week: step + 3600
        case .month: 31 * 86_400 + 3600
        }
    }
}
