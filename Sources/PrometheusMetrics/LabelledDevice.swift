import Homes

struct LabelledDevice {
    let device: Device
    let home: String
    let module: String
    let station: String
    /// `{home="…",module="…",station="…"}`
    let labels: String

    private init(device: Device, home: String, module: String, station: String) {
        self.device = device
        self.home = home
        self.module = module
        self.station = station
        labels = MetricsEncoder.labels(["home": home, "module": module, "station": station])
    }

    /// The labels of `netatmo_sensor_info`, in alphabetical order. What NetAtmo does not give is empty.
    var infoLabels: String {
        MetricsEncoder.labels([
            "firmware": device.firmware?.description ?? "", "home": home, "id": device.id, "module": module, "station": station,
            "type": device.kind.rawValue,
        ])
    }

    /// The devices of all stations, as many as there is room for in the text (``MetricsBound``).
    ///
    /// Where two would have the same labels, the second and later ones get their id behind their name, and a number where that is not
    /// enough, since two samples of one name and labels make the whole scrape invalid.
    static func all(of stations: [Station], limit: Int = MetricsBound.limit) -> [LabelledDevice] {
        var names = UniqueNames()
        var room = limit
        return stations.flatMap { station in
            station.devices.compactMap { device in
                let home = station.homeName ?? ""
                let name = station.name ?? ""
                let module = names.take(device.displayName, id: device.id, in: [home, name])
                let labelled = LabelledDevice(device: device, home: home, module: module, station: name)
                let cost = MetricsBound.cost(of: labelled)
                guard cost <= room else { return nil }
                room -= cost
                return labelled
            }
        }
    }

    /// How many devices there is no room for.
    static func leftOut(of stations: [Station], limit: Int = MetricsBound.limit) -> Int {
        stations.reduce(0) { $0 + $1.devices.count } - all(of: stations, limit: limit).count
    }
}
