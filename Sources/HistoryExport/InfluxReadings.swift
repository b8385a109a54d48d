package import Homes
import PrometheusMetrics

/// The latest readings in the line protocol of InfluxDB, each with its own time: written again, a point is the same point.
package enum InfluxReadings {
    /// A line for each device that has readings with a time.
    package static func text(of stations: [Station]) -> String {
        let names = PastSeries.names(of: stations)
        return stations.flatMap(\.devices).compactMap { device in names[device.id].flatMap { line(of: device, $0) } }.joined()
    }

    /// As an export has them.
    private static func tags(
        of device: Device, _ name: (home: String, module: String, station: String)
    ) -> KeyValuePairs<String, String> {
        switch device.kind {
        case .room: ["home": name.home, "id": device.id, "room": name.module]
        case .boiler: ["home": name.home, "id": device.id, "module": name.module]
        default: ["home": name.home, "id": device.id, "module": name.module, "station": name.station]
        }
    }

    private static func line(of device: Device, _ name: (home: String, module: String, station: String)) -> String? {
        guard let readings = device.readings, let time = readings.time else { return nil }
        let values = readings.values.map { (name: $0.key.jsonKey, value: Double?($0.value)) }
        let radio: [(name: String, value: Double?)] =
            switch device.signal {
            case .wifi(let strength): [("wifiSignal", Double(strength))]
            case .radio(let strength): [("radioSignal", Double(strength))]
            case nil: []
            }
        let battery: [(name: String, value: Double?)] = [
            ("batteryPercent", device.battery?.percent.map(Double.init)),
            ("batteryMillivolts", device.battery?.millivolts.map(Double.init)),
        ]
        let heating: [(name: String, value: Double?)] =
            switch readings.heating {
            case .room(let room): [("windowOpen", room.isWindowOpen ? 1 : 0)]
            case .boiler(let boiler): [("boilerOn", boiler.isOn ? 1 : 0)]
            case nil: []
            }
        return LinePoint(tags: tags(of: device, name)).line(at: time, values + heating + battery + radio)
    }
}
