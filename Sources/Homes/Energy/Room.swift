package import FoundationEssentials

/// A room that is heated or cooled.
package struct Room: Sendable, Hashable {
    package let id: String
    package let name: String?
    /// NetAtmo's word for what it is, such as `livingroom`.
    package let type: String?
    package let deviceIDs: [String]
    /// How it is; `nil` where NetAtmo has not told.
    package let state: State?
    /// What of it has crossed a limit of the user's, and on which side: see ``AlertWatch``.
    package var alerts: [AlertRule.Subject: AlertRule.Side]

    package init(
        id: String, name: String?, type: String? = nil, deviceIDs: [String], state: State? = nil,
        alerts: [AlertRule.Subject: AlertRule.Side] = [:]
    ) {
        self.id = id
        self.name = name
        self.type = type
        self.deviceIDs = deviceIDs
        self.state = state
        self.alerts = alerts
    }

    /// Its name, or `id-` and its id where it has none, as devices have it.
    package var displayName: String {
        guard let name, !name.isEmpty else { return "id-\(id)" }
        return name
    }

    /// Whether a device is in it: either of the two tells.
    package func holds(_ device: EnergyDevice) -> Bool {
        device.roomID == id || deviceIDs.contains(device.id)
    }
}

extension Room {
    /// How a room is. It has no time of its own: see ``EnergyHome/toldAt``.
    package struct State: Sendable, Hashable {
        /// Whether its devices are heard; `nil` where NetAtmo does not say.
        package let isReachable: Bool?
        /// In °C.
        package let temperature: Double?
        /// What it is to become, in °C.
        package let setpoint: Double?
        /// The same where it is cooled.
        package let coolingSetpoint: Double?
        /// Why that is the setpoint.
        package let mode: SetpointMode?
        package let setpointStart: Date?
        /// Until when it holds; `nil` for no end.
        package let setpointEnd: Date?
        /// How much heat its valves ask for, 0 to 100 %; `nil` with a thermostat alone.
        package let heatingPower: Double?
        /// Whether it heats ahead of a change of the schedule.
        package let isAnticipating: Bool?
        package let isWindowOpen: Bool?
        /// Relative, in %.
        package let humidity: Double?

        package init(
            isReachable: Bool? = nil, temperature: Double? = nil, setpoint: Double? = nil, coolingSetpoint: Double? = nil,
            mode: SetpointMode? = nil, setpointStart: Date? = nil, setpointEnd: Date? = nil, heatingPower: Double? = nil,
            isAnticipating: Bool? = nil, isWindowOpen: Bool? = nil, humidity: Double? = nil
        ) {
            self.isReachable = isReachable
            self.temperature = temperature
            self.setpoint = setpoint
            self.coolingSetpoint = coolingSetpoint
            self.mode = mode
            self.setpointStart = setpointStart
            self.setpointEnd = setpointEnd
            self.heatingPower = heatingPower
            self.isAnticipating = isAnticipating
            self.isWindowOpen = isWindowOpen
            self.humidity = humidity
        }
    }
}
