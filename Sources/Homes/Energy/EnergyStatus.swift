package import FoundationEssentials

/// How a home's rooms and devices are at one moment.
package struct EnergyStatus: Sendable, Hashable {
    package let homeID: String?
    /// By the ids of rooms.
    package let rooms: [String: Room.State]
    /// By the ids of devices.
    package let devices: [String: EnergyDevice.State]
    /// The types of the devices, by their ids, as far as NetAtmo tells.
    package let types: [String: String]
    /// NetAtmo's time when it told.
    package let time: Date?

    package init(
        homeID: String?, rooms: [String: Room.State], devices: [String: EnergyDevice.State], types: [String: String] = [:], time: Date?
    ) {
        self.homeID = homeID
        self.rooms = rooms
        self.devices = devices
        self.types = types
        self.time = time
    }

    /// Whether it tells nothing at all, as of a home whose relay is off.
    package var isEmpty: Bool { rooms.isEmpty && devices.isEmpty }
}

extension EnergyHome {
    /// The home with how it is now; rooms and devices that the status does not tell of have no state.
    ///
    /// - Parameter time: When the answer came: told at the latest.
    package func taking(_ status: EnergyStatus, at time: Date) -> EnergyHome {
        EnergyHome(
            id: id, name: name, timeZone: timeZone, mode: mode,
            rooms: rooms.map { Room(id: $0.id, name: $0.name, type: $0.type, deviceIDs: $0.deviceIDs, state: status.rooms[$0.id]) },
            devices: devices.map {
                EnergyDevice(
                    id: $0.id, kind: $0.kind, name: $0.name, roomID: $0.roomID, relayID: $0.relayID, setUp: $0.setUp,
                    state: status.devices[$0.id])
            }, schedules: schedules,
            // A time of NetAtmo's that lies ahead would keep the rooms fresh until then.
            toldAt: min(status.time ?? time, time))
    }

    /// The ids of what a status tells of and this does not know: something was set up since. Rooms without a setpoint and devices of
    /// other kinds are none of Energy's.
    package func unknownIDs(in status: EnergyStatus) -> Set<String> {
        let devices = status.types.filter { EnergyDevice.Kind(rawValue: $1) != nil }.map(\.key)
        let rooms = status.rooms.filter { $1.setpoint != nil }.map(\.key)
        return Set(devices).subtracting(self.devices.map(\.id)).union(Set(rooms).subtracting(self.rooms.map(\.id)))
    }
}
