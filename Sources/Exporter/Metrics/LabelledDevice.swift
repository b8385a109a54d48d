import Netatmo

/// A device with the labels of its series.
struct LabelledDevice {
    let device: Module
    /// `{home="…",module="…",station="…"}`
    let labels: String

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
                let labels = MetricsEncoder.labels([("home", home), ("module", module), ("station", name)])
                return LabelledDevice(device: device, labels: labels)
            }
        }
    }
}
