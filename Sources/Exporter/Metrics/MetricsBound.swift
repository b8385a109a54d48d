import Netatmo

/// How large the text of `/metrics` may become: names that a stranger chose stand in each of some twenty lines of a device.
enum MetricsBound {
    /// In bytes, without what is escaped; 6,000 modules with usual names fit, whose text has 9 MB.
    static let limit = 12 << 20
    /// A line without its names: the metric, the labels, the value.
    private static let lineLength = 72
    /// Lines beside those of the readings: derived ones, radio, battery, and those that stay.
    private static let moreLines = 9

    /// How many bytes the series of a device take, more rather than less.
    static func cost(of device: Module, in station: Station) -> Int {
        let names = [station.homeName, station.name, device.name ?? device.id].reduce(0) { $0 + ($1?.utf8.count ?? 0) }
        let lines = (device.readings.map { $0.values.count + $0.trends.count } ?? 0) + moreLines
        return (names + lineLength) * lines
    }

    /// How many devices have no series.
    static func leftOut(of stations: [Station]) -> Int {
        var room = limit
        return stations.reduce(0) { count, station in
            count + station.devices.count { !takes($0, in: station, from: &room) }
        }
    }

    /// Takes what a device needs from the room that is left; false where it does not fit.
    static func takes(_ device: Module, in station: Station, from room: inout Int) -> Bool {
        let cost = cost(of: device, in: station)
        guard cost <= room else { return false }
        room -= cost
        return true
    }
}
