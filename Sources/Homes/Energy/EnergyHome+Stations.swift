import FoundationEssentials

/// A home's relays as stations, and what speaks to them as modules: whoever tells of devices tells of these in the same way.
extension EnergyHome {
    /// A station for each relay; one without a name for devices whose relay is not told.
    package var stations: [Station] {
        let relays = devices.filter { $0.kind == .relay || $0.kind == .openThermRelay }
        let known = Set(relays.map(\.id))
        let groups = relays.map { relay in (relay.displayName, [relay] + devices.filter { $0.relayID == relay.id && $0.id != relay.id }) }
        let others = devices.filter { !known.contains($0.id) && !($0.relayID.map(known.contains) ?? false) }
        return (groups + [("", others)]).compactMap { name, devices in
            guard let first = devices.first else { return nil }
            let modules = devices.dropFirst().map { $0.device(toldAt: toldAt) }
            return Station(
                base: first.device(toldAt: toldAt), modules: Array(modules), name: name, homeName: displayName, homeID: id,
                place: Station.Place(timeZone: timeZone))
        }
    }
}

extension EnergyDevice {
    /// The same as a device that measures nothing.
    fileprivate func device(toldAt time: Date?) -> Device {
        let battery = state.flatMap { state in
            state.batteryMillivolts == nil && state.batteryLevel == nil
                ? nil : Device.Battery(percent: nil, millivolts: state.batteryMillivolts, level: state.batteryLevel)
        }
        let signal = state?.radio.map { Device.Signal.radio($0) } ?? state?.wifi.map { .wifi($0) }
        return Device(
            id: id, kind: Device.Kind(rawValue: kind.rawValue), name: name, reachable: state.map { _ in isReachable },
            firmware: state?.firmware, battery: battery, signal: signal, lastSeen: state?.lastSeen, setUp: setUp,
            readings: time.map { Readings(time: $0, values: [:]) })
    }
}
