package import FoundationEssentials

/// A device with sensors: a base, or a module that speaks to one by radio.
package struct Device: Sendable, Hashable {
    /// What kind of device it is.
    package enum Kind: Sendable, Hashable {
        /// `NAMain`, the base indoors.
        case base
        /// `NAModule1`, outdoors.
        case outdoor
        /// `NAModule2`, the wind gauge.
        case wind
        /// `NAModule3`, the rain gauge.
        case rain
        /// `NAModule4`, indoors.
        case indoor
        /// `NHC`, the home coach.
        case homeCoach
        /// A type that is not known, under the name NetAtmo gives it.
        case other(String)
    }

    /// How well a device is heard; the lower the number, the better.
    package enum Signal: Sendable, Hashable {
        /// `wifi_status`: 86 bad, 71 average, 56 good.
        case wifi(Int)
        /// `rf_status`: 90 lowest, 60 highest.
        case radio(Int)
    }

    /// The battery of a module.
    package struct Battery: Sendable, Hashable {
        /// What is left, 0 to 100 %.
        package let percent: Int?
        /// Its voltage in millivolts.
        package let millivolts: Int?

        /// Creates a battery.
        package init(percent: Int?, millivolts: Int?) {
            self.percent = percent
            self.millivolts = millivolts
        }
    }

    /// The device's MAC address, as NetAtmo's id.
    package let id: String
    /// What kind of device it is.
    package let kind: Kind
    /// The name its owner gave it.
    package let name: String?
    /// Whether its base, or NetAtmo, hears it; `nil` where NetAtmo does not say.
    package let reachable: Bool?
    /// The version of its firmware.
    package let firmware: Int?
    /// The battery, where it has one and is heard.
    package let battery: Battery?
    /// How well it is heard.
    package let signal: Signal?
    /// When its base, or NetAtmo, last heard of it.
    package let lastSeen: Date?
    /// What it measured last; `nil` where NetAtmo gives nothing.
    package let readings: Readings?

    /// Creates a module.
    package init(
        id: String, kind: Kind, name: String?, reachable: Bool? = nil, firmware: Int? = nil, battery: Battery? = nil,
        signal: Signal? = nil, lastSeen: Date? = nil, readings: Readings?
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.reachable = reachable
        self.firmware = firmware
        self.battery = battery
        self.signal = signal
        self.lastSeen = lastSeen
        self.readings = readings
    }

    /// False where its base, or NetAtmo, does not hear it.
    package var isReachable: Bool {
        reachable ?? true
    }

    /// Its name, or `id-` and its id where it has none, as netatmo-exporter labels it.
    package var displayName: String {
        guard let name, !name.isEmpty else { return "id-\(id)" }
        return name
    }
}

extension Device.Kind: RawRepresentable {
    /// NetAtmo's word for the type.
    package var rawValue: String {
        switch self {
        case .base: "NAMain"
        case .outdoor: "NAModule1"
        case .wind: "NAModule2"
        case .rain: "NAModule3"
        case .indoor: "NAModule4"
        case .homeCoach: "NHC"
        case .other(let type): type
        }
    }

    /// The kind of a type; one that is not known is ``other(_:)``.
    package init(rawValue: String) {
        switch rawValue {
        case "NAMain": self = .base
        case "NAModule1": self = .outdoor
        case "NAModule2": self = .wind
        case "NAModule3": self = .rain
        case "NAModule4": self = .indoor
        case "NHC": self = .homeCoach
        default: self = .other(rawValue)
        }
    }
}
