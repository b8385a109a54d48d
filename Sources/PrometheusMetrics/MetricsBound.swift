import Homes

/// How large the text of `/metrics` may become: names that a stranger chose stand in each of some twenty lines of a device.
enum MetricsBound {
    /// In bytes, of the devices' series; 6,000 modules with usual names fit, whose text has 9 MB.
    static let limit = 12 << 20
    /// A blank, a value such as `-12.345678901234567`, which few are as long as, and the end of the line.
    private static let valueLength = 20

    /// How many bytes the series of a device take at most.
    static func cost(of device: LabelledDevice) -> Int {
        let lines = SensorMetric.all.lazy.filter { $0.value(device.device) != nil }
        let series = lines.reduce(0) { $0 + $1.name.utf8.count + device.labels.utf8.count + valueLength }
        let rain = device.device.kind == .rain ? RainText.name.utf8.count + device.labels.utf8.count + valueLength : 0
        return series + rain + SensorMetric.information.utf8.count + device.infoLabels.utf8.count + valueLength
    }
}
