package import Homes
import NIOCore

/// The series that readings of the past go to: those of `/metrics`, so that a query finds both.
package enum PastSeries {
    /// The family of a measure's readings; `nil` for a measure without.
    package static func family(of measure: Measure) -> (name: String, help: String)? {
        SensorMetric.readings.first { $0.measure == measure }.map { ($0.name, $0.help) }
    }

    /// What the devices of all stations are called, by the device's id, as on `/metrics`: its home, its module's name and its station.
    package static func names(of stations: [Station]) -> [String: (home: String, module: String, station: String)] {
        let devices = LabelledDevice.all(of: stations).map { ($0.device.id, ($0.home, $0.module, $0.station)) }
        return Dictionary(devices.map { ($0.0, (home: $0.1.0, module: $0.1.1, station: $0.1.2)) }) { first, _ in first }
    }

    /// The labels of a device between braces, escaped.
    package static func labels(home: String, module: String, station: String) -> String {
        MetricsEncoder.labels(["home": home, "module": module, "station": station])
    }

    /// The lines that introduce a family in OpenMetrics.
    package static func introduction(of name: String, help: String) -> String {
        var encoder = MetricsEncoder(format: .openMetrics)
        encoder.family(name, help: help)
        return String(buffer: encoder.buffer)
    }
}
