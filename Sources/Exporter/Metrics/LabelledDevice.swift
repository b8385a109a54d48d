import Netatmo

/// A device with the labels of its series.
struct LabelledDevice {
    let device: Module
    private let home: String
    private let module: String
    private let station: String
    /// `{home="…",module="…",station="…"}`
    let labels: String

    private init(device: Module, home: String, module: String, station: String) {
        self.device = device
        self.home = home
        self.module = module
        self.station = station
        labels = MetricsEncoder.labels([("home", home), ("module", module), ("station", station)])
    }

    /// The labels of `netatmo_sensor_info`, in alphabetical order. What NetAtmo does not give is empty.
    var infoLabels: String {
        MetricsEncoder.labels([
            ("firmware", device.firmware?.description ?? ""), ("home", home), ("id", device.id), ("module", module), ("station", station),
            ("type", device.kind.rawValue),
        ])
    }

    /// The devices of all stations. Where two would have the same labels, the second and later ones get their id behind
    /// their name, since two samples of one name and labels make the whole scrape invalid.
    static func all(of stations: [Station]) -> [LabelledDevice] {
        var taken: Set<[String]> = []
        return stations.flatMap { station in
            station.devices.map { device in
                let home = station.homeName ?? ""
                let name = station.name ?? ""
                var module = device.displayName
                while !taken.insert([home, module, name]).inserted {
                    module += " (\(device.id))"
                }
                return LabelledDevice(device: device, home: home, module: module, station: name)
            }
        }
    }
}
