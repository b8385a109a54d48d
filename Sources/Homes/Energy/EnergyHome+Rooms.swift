import FoundationEssentials

/// A home's rooms as the modules of a station, and its boilers behind them: whoever shows modules shows these in the same way.
extension EnergyHome {
    /// All rooms and boilers; `nil` where there are none. No room is a base, but the first stands in its place.
    package var roomStation: Station? {
        let devicesByRoom = devicesByRoom
        let devices = rooms.map { device(of: $0, with: devicesByRoom[$0.id] ?? []) } + boilers
        guard let first = devices.first else { return nil }
        return Station(
            base: first, modules: Array(devices.dropFirst()), name: "Rooms", homeName: displayName, homeID: id,
            place: Station.Place(timeZone: timeZone))
    }

    /// A room as a device that measures what its devices tell together, of which the worst counts.
    private func device(of room: Room, with devices: [EnergyDevice]) -> Device {
        let states = devices.compactMap(\.state)
        // A room that is told of without its temperature is one whose devices are not heard.
        let isHeard = room.state?.temperature != nil
        return Device(
            id: room.id, kind: .room, name: room.displayName, reachable: room.state.map { $0.isReachable ?? isHeard },
            battery: Self.worstBattery(of: states), signal: states.compactMap(\.radio).max().map { .radio($0) },
            lastSeen: states.compactMap(\.lastSeen).max(), setUp: devices.compactMap(\.setUp).min(),
            readings: room.state.flatMap { readings(of: $0) }, alerts: room.alerts)
    }

    private func readings(of state: Room.State) -> Readings? {
        guard let toldAt, state.temperature != nil else { return nil }
        var values = MeasureTable<Double>()
        values[.temperature] = state.temperature
        values[.setpoint] = state.setpoint
        values[.heatingPower] = state.heatingPower
        values[.humidity] = state.humidity
        let heating = Heating.Room(
            mode: state.mode, end: state.setpointEnd, isAnticipating: state.isAnticipating ?? false,
            isWindowOpen: state.isWindowOpen ?? false)
        return Readings(time: toldAt, values: values, heating: .room(heating))
    }

    /// The emptiest; of those that are judged alike the one of the least voltage.
    private static func worstBattery(of states: [EnergyDevice.State]) -> Device.Battery? {
        let batteries = states.filter { $0.batteryLevel != nil || $0.batteryMillivolts != nil }
        let worst = batteries.min { one, other in
            let (left, right) = (one.batteryLevel?.rawValue ?? .max, other.batteryLevel?.rawValue ?? .max)
            return left == right ? (one.batteryMillivolts ?? .max) < (other.batteryMillivolts ?? .max) : left < right
        }
        return worst.map { Device.Battery(percent: nil, millivolts: $0.batteryMillivolts, level: $0.batteryLevel) }
    }

    /// The boilers of the relays, each under the thermostat that its past is asked by.
    private var boilers: [Device] {
        let switched = devices.filter { $0.state?.isBoilerOn != nil }
        var relays: Set<String> = []
        return switched.compactMap { device -> Device? in
            let isRelay = device.relayID == nil || device.relayID == device.id
            let relay = device.relayID ?? device.id
            guard relays.insert(relay).inserted, let isOn = device.state?.isBoilerOn else { return nil }
            let thermostat = isRelay ? devices.first { $0.relayID == relay && $0.kind.isThermostat } ?? device : device
            let boiler = Heating.Boiler(isOn: isOn, hasComfortBoost: device.state?.hasComfortBoost ?? false, relayID: relay)
            return Device(
                id: thermostat.id, kind: .boiler, name: "Boiler", reachable: device.isReachable, lastSeen: device.state?.lastSeen,
                setUp: device.setUp, readings: toldAt.map { Readings(time: $0, values: [:], heating: .boiler(boiler)) })
        }
    }
}

extension EnergyDevice.Kind {
    fileprivate var isThermostat: Bool {
        switch self {
        case .thermostat, .openThermThermostat, .smarther: true
        case .relay, .valve, .openThermRelay: false
        }
    }
}
