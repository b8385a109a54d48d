package import FoundationEssentials
import Homes
import PrometheusMetrics

/// Writes points in the line protocol of InfluxDB: the measurement `netatmo`, tags for what a device is called, and a field for each
/// value.
package struct LinePoint: Sendable {
    private let series: String

    /// - Parameter tags: By name, in this order; one without a value is left out, since the protocol has none.
    package init(tags: KeyValuePairs<String, String>) {
        let tags = tags.map { ($0.key, Self.tag($0.value)) }.filter { !$0.1.isEmpty }
        series = "netatmo" + tags.map { ",\($0.0)=\($0.1)" }.joined()
    }

    init(device: ExportedDevice) {
        if device.subject.kind == .room {
            self.init(tags: ["home": device.home, "id": device.subject.id, "room": device.module])
        } else {
            self.init(tags: ["home": device.home, "id": device.subject.id, "module": device.module, "station": device.station])
        }
    }

    /// A line; `nil` where no field has a finite value.
    ///
    /// - Parameter fields: Names without anything to escape, and their values.
    package func line(at time: Date, _ fields: [(name: String, value: Double?)]) -> String? {
        let texts = fields.compactMap { name, value in
            value.flatMap { $0.isFinite ? "\(name)=\(MetricsEncoder.text($0))" : nil }
        }
        guard !texts.isEmpty else { return nil }
        return "\(series) \(texts.joined(separator: ",")) \(Int64((time.timeIntervalSince1970 * 1e9).rounded()))\n"
    }

    /// A tag's value: commas, equals signs and blanks get a backslash. There is no way to write a line break, nor a backslash at the
    /// end, which would take away the meaning of what follows: the one becomes a blank, the other is left out.
    static func tag(_ value: String) -> String {
        var scalars = value.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 }
        while scalars.last == "\\" { scalars.removeLast() }
        var text = String.UnicodeScalarView()
        for scalar in scalars {
            if [",", "=", " "].contains(scalar) { text.append("\\") }
            text.append(scalar)
        }
        return String(text)
    }
}
