import Homes

/// How large the text of `/metrics` may become: names that a stranger chose stand in each of some twenty lines of a device.
enum MetricsBound {
    /// In bytes, of the devices' series; 6,000 modules with usual names fit, whose text has 9 MB.
    static let limit = 12 << 20
    /// In bytes, of the series of Energy's rooms, homes and boilers; 1,500 rooms with usual names fit, each with some 2 kB.
    static let energyLimit = 4 << 20
    /// A blank, a value such as `-12.345678901234567`, which few are as long as, and the end of the line.
    private static let valueLength = 20

    /// How many bytes the series of a device take at most.
    static func cost(of device: LabelledDevice) -> Int {
        let lines = SensorMetric.all.lazy.filter { $0.value(device.device) != nil }
        let series = lines.reduce(0) { $0 + cost(name: $1.name, labels: device.labels) }
        let rain = device.device.kind == .rain ? cost(name: RainText.name, labels: device.labels) : 0
        return series + rain + cost(name: SensorMetric.information, labels: device.infoLabels)
    }

    /// How many bytes a line takes at most.
    static func cost(name: String, labels: String) -> Int {
        name.utf8.count + labels.utf8.count + valueLength
    }
}
