package import FoundationEssentials

/// A device with sensors: a base, or a module that speaks to one by radio.
package struct Device: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case base, outdoor, wind, rain, indoor, homeCoach
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

    package struct Battery: Sendable, Hashable {
        /// What is left, 0 to 100 %.
        package let percent: Int?
        package let millivolts: Int?

        package init(percent: Int?, millivolts: Int?) {
            self.percent = percent
            self.millivolts = millivolts
        }
    }

    /// The device's MAC address, as NetAtmo's id.
    package let id: String
    package let kind: Kind
    /// The name its owner gave it.
    package let name: String?
    /// Whether its base, or NetAtmo, hears it; `nil` where NetAtmo does not say.
    package let reachable: Bool?
    package let firmware: Int?
    /// The battery, where it has one and is heard.
    package let battery: Battery?
    package let signal: Signal?
    /// When its base, or NetAtmo, last heard of it.
    package let lastSeen: Date?
    /// When it was set up; it measured nothing before. `nil` where NetAtmo does not say.
    package let setUp: Date?
    /// What it measured last; `nil` where NetAtmo gives nothing.
    package let readings: Readings?
    /// What of it has crossed a limit of the user's, and on which side: see ``AlertWatch``.
    package var alerts: [AlertRule.Subject: AlertRule.Side]

    package init(
        id: String, kind: Kind, name: String?, reachable: Bool? = nil, firmware: Int? = nil, battery: Battery? = nil,
        signal: Signal? = nil, lastSeen: Date? = nil, setUp: Date? = nil, readings: Readings?,
        alerts: [AlertRule.Subject: AlertRule.Side] = [:]
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.reachable = reachable
        self.firmware = firmware
        self.battery = battery
        self.signal = signal
        self.lastSeen = lastSeen
        self.setUp = setUp
        self.readings = readings
        self.alerts = alerts
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
        let known: [Self] = [.base, .outdoor, .wind, .rain, .indoor, .homeCoach]
        self = known.first { $0.rawValue == rawValue } ?? .other(rawValue)
    }
}
