import FoundationEssentials
import Homes
import OperatingSystem
import PrometheusMetrics

/// Writes a device's rows as JSON objects, one a line.
struct JSONRows: Sendable {
    /// The members that are the same in all.
    private let names: String
    private let columns: [String]

    init(device: ExportedDevice, columns: [ExportColumn]) {
        let members = [("home", device.home)] + Self.names(of: device) + [("id", device.subject.id)]
        names = members.map { "\"\($0.0)\":\(Self.text($0.1))" }.joined(separator: ",")
        self.columns = columns.map(\.name)
    }

    private static func names(of device: ExportedDevice) -> [(String, String)] {
        if device.subject.kind == .room { return [("room", device.module)] }
        if device.subject.isBoiler { return [("module", device.module)] }
        return [("station", device.station), ("module", device.module)]
    }

    /// By hand: an encoder takes many times as long for so many. `nil` where there is no value.
    func row(_ time: Date, _ values: [Double?]) -> String? {
        let readings = zip(columns, values).compactMap { name, value in value.map { "\"\(name)\":\(MetricsEncoder.text($0))" } }
        guard !readings.isEmpty else { return nil }
        return "{\"time\":\"\(RFC3339.text(time))\",\(names),\"readings\":{\(readings.joined(separator: ","))}}\n"
    }

    private static func text(_ name: String) -> String {
        // A text can always be encoded.
        (try? JSONEncoder().encode(name)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
