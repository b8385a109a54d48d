package import FoundationEssentials

/// A relay, a thermostat or a valve.
package struct EnergyDevice: Sendable, Hashable {
    /// Raw values are NetAtmo's types.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case relay = "NAPlug"
        case thermostat = "NATherm1"
        case valve = "NRV"
        case openThermRelay = "OTH"
        case openThermThermostat = "OTM"
        case smarther = "BNS"
    }

    package let id: String
    package let kind: Kind
    package let name: String?
    /// The room that it is in; a relay is in none.
    package let roomID: String?
    /// The id of the relay that it speaks to.
    package let relayID: String?
    package let setUp: Date?
    /// How it is; `nil` where NetAtmo has not told.
    package let state: State?

    package init(
        id: String, kind: Kind, name: String?, roomID: String? = nil, relayID: String? = nil, setUp: Date? = nil, state: State? = nil
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.roomID = roomID
        self.relayID = relayID
        self.setUp = setUp
        self.state = state
    }

    /// Its name, or `id-` and its id where it has none, as the devices of weather stations have it.
    package var displayName: String {
        guard let name, !name.isEmpty else { return "id-\(id)" }
        return name
    }
}

extension EnergyDevice {
    /// How a device is.
    package struct State: Sendable, Hashable {
        /// `nil` where NetAtmo does not say.
        package let isReachable: Bool?
        package let firmware: Int?
        package let batteryMillivolts: Int?
        /// NetAtmo's own judgement: it tells no percentage of these.
        package let batteryLevel: Device.BatteryLevel?
        package let radio: Int?
        package let wifi: Int?
        package let lastSeen: Date?
        /// Whether the boiler burns; `nil` where the device has none.
        package let isBoilerOn: Bool?
        package let hasComfortBoost: Bool?
        /// What an OpenTherm relay measures outside, in °C.
        package let outdoorTemperature: Double?
        /// The number of what NetAtmo says is wrong with it, in place of how it is; 6 is out of reach.
        package let errorCode: Int?

        package init(
            isReachable: Bool? = nil, firmware: Int? = nil, batteryMillivolts: Int? = nil, batteryLevel: Device.BatteryLevel? = nil,
            radio: Int? = nil, wifi: Int? = nil, lastSeen: Date? = nil, isBoilerOn: Bool? = nil, hasComfortBoost: Bool? = nil,
            outdoorTemperature: Double? = nil, errorCode: Int? = nil
        ) {
            self.isReachable = isReachable
            self.firmware = firmware
            self.batteryMillivolts = batteryMillivolts
            self.batteryLevel = batteryLevel
            self.radio = radio
            self.wifi = wifi
            self.lastSeen = lastSeen
            self.isBoilerOn = isBoilerOn
            self.hasComfortBoost = hasComfortBoost
            self.outdoorTemperature = outdoorTemperature
            self.errorCode = errorCode
        }

        /// The code of a device that does not answer.
        package static let unreachableCode = 6
    }

    /// False where NetAtmo says that it is out of reach, in either of its two ways.
    package var isReachable: Bool {
        guard let state else { return true }
        return state.errorCode == State.unreachableCode ? false : state.isReachable ?? true
    }
}
