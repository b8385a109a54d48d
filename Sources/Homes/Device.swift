package import FoundationEssentials

/// A device with sensors: a base, or a module that speaks to one by radio.
package struct Device: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case base, outdoor, wind, rain, indoor, homeCoach
        /// A room of NetAtmo Energy, with what its devices tell together; no type of NetAtmo's.
        case room
        /// A boiler of NetAtmo Energy; no type of NetAtmo's.
        case boiler
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
        /// NetAtmo's own judgement, where it tells that in place of a percentage: of Energy's devices.
        package let level: BatteryLevel?

        package init(percent: Int?, millivolts: Int?, level: BatteryLevel? = nil) {
            self.percent = percent
            self.millivolts = millivolts
            self.level = level
        }
    }

    /// What a device is. Kept once for all that hold it, since thousands of devices stand in the lists of the engine and of the screen.
    private struct Contents: Hashable, Sendable {
        let id: String
        let kind: Kind
        let name: String?
        let reachable: Bool?
        let firmware: Int?
        let battery: Battery?
        let signal: Signal?
        let lastSeen: Date?
        let setUp: Date?
        let readings: Readings?
        var alerts: [AlertRule.Subject: AlertRule.Side]
    }

    private final class Storage: Sendable {
        let contents: Contents

        init(_ contents: Contents) {
            self.contents = contents
        }
    }

    private var storage: Storage

    package init(
        id: String, kind: Kind, name: String?, reachable: Bool? = nil, firmware: Int? = nil, battery: Battery? = nil,
        signal: Signal? = nil, lastSeen: Date? = nil, setUp: Date? = nil, readings: Readings?,
        alerts: [AlertRule.Subject: AlertRule.Side] = [:]
    ) {
        storage = Storage(
            Contents(
                id: id, kind: kind, name: name, reachable: reachable, firmware: firmware, battery: battery, signal: signal,
                lastSeen: lastSeen, setUp: setUp, readings: readings, alerts: alerts))
    }

    /// The device's MAC address, as NetAtmo's id.
    package var id: String { storage.contents.id }
    package var kind: Kind { storage.contents.kind }
    /// The name its owner gave it.
    package var name: String? { storage.contents.name }
    /// Whether its base, or NetAtmo, hears it; `nil` where NetAtmo does not say.
    package var reachable: Bool? { storage.contents.reachable }
    package var firmware: Int? { storage.contents.firmware }
    /// The battery, where it has one and is heard.
    package var battery: Battery? { storage.contents.battery }
    package var signal: Signal? { storage.contents.signal }
    /// When its base, or NetAtmo, last heard of it.
    package var lastSeen: Date? { storage.contents.lastSeen }
    /// When it was set up; it measured nothing before. `nil` where NetAtmo does not say.
    package var setUp: Date? { storage.contents.setUp }
    /// What it measured last; `nil` where NetAtmo gives nothing.
    package var readings: Readings? { storage.contents.readings }

    /// What of it has crossed a limit of the user's, and on which side: see ``AlertWatch``.
    package var alerts: [AlertRule.Subject: AlertRule.Side] {
        get { storage.contents.alerts }
        set {
            guard newValue != alerts else { return }
            var contents = storage.contents
            contents.alerts = newValue
            storage = Storage(contents)
        }
    }

    package static func == (one: Device, other: Device) -> Bool {
        one.storage === other.storage || one.storage.contents == other.storage.contents
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(storage.contents)
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
        case .room: "room"
        case .boiler: "boiler"
        case .other(let type): type
        }
    }

    /// The kind of a type; one that is not known is ``other(_:)``.
    package init(rawValue: String) {
        let known: [Self] = [.base, .outdoor, .wind, .rain, .indoor, .homeCoach]
        self = known.first { $0.rawValue == rawValue } ?? .other(rawValue)
    }
}
