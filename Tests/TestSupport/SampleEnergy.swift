package import EngineAPI
package import FoundationEssentials
package import Homes

/// The rooms of two homes of NetAtmo Energy, each with what others lack: all times are around ``SampleStations/now``.
package enum SampleEnergy {
    private static func now(_ seconds: TimeInterval) -> Date { SampleStations.now(seconds) }

    /// Set by hand until 22:00:00, with all that can be told of a room.
    package static let living = Room(
        id: "101", name: "Stue", type: "livingroom", deviceIDs: ["04:01"],
        state: .init(
            isReachable: true, temperature: 20.4, setpoint: 21, coolingSetpoint: 26.5, mode: .manual, setpointStart: now(-600),
            setpointEnd: now(16_915), heatingPower: 64, isAnticipating: true, isWindowOpen: false, humidity: 41.5),
        alerts: [.measure(.temperature): .under, .battery: .over])
    /// With a window open.
    package static let bedroom = Room(
        id: "102", name: "Soverom", deviceIDs: [],
        state: .init(temperature: 17.25, setpoint: 16, mode: .schedule, heatingPower: 0, isAnticipating: false, isWindowOpen: true))
    /// Out of reach.
    package static let bath = Room(id: "103", name: "Bad", deviceIDs: ["04:03", "04:09"], state: .init(isReachable: false))
    /// Not told of yet, and without a name.
    package static let attic = Room(id: "104", name: nil, deviceIDs: [])

    package static let schedule = HeatingSchedule(
        id: "s1", name: "Hverdag", isSelected: true, awaySetpoint: 14, frostGuardSetpoint: 7,
        zones: [
            .init(id: 0, name: "Dag", kind: .day, setpoints: ["101": 21, "102": 18.5]), .init(id: 1, name: nil, kind: .night),
            .init(id: 4, name: "Kveld", kind: .other(77)),
        ], changes: [.init(minute: 0, zoneID: 1), .init(minute: 390, zoneID: 0), .init(minute: 10_079, zoneID: 4)])
    private static let holiday = HeatingSchedule(id: "s0", name: nil, isSelected: false, zones: [], changes: [])

    private static let devices = [
        EnergyDevice(
            id: "70:ee:01", kind: .relay, name: "Relé", setUp: now(-1e7),
            state: .init(isReachable: true, firmware: 204, wifi: 56, lastSeen: now(-5))),
        EnergyDevice(
            id: "04:01", kind: .thermostat, name: "Termostat", roomID: "101", relayID: "70:ee:01",
            state: .init(
                isReachable: true, firmware: 75, batteryMillivolts: 4100, batteryLevel: .high, radio: 62, lastSeen: now(-30),
                isBoilerOn: true, hasComfortBoost: false)),
        EnergyDevice(
            id: "04:03", kind: .valve, name: nil, roomID: "103", relayID: "70:ee:01",
            state: .init(isReachable: false, batteryLevel: .veryLow, radio: 90, lastSeen: now(-8000), errorCode: 6)),
        EnergyDevice(
            id: "70:ee:02", kind: .openThermRelay, name: "Varme",
            state: .init(radio: 70, wifi: 80, isBoilerOn: false, hasComfortBoost: true, outdoorTemperature: -3.6)),
        EnergyDevice(id: "04:05", kind: .openThermThermostat, name: "", relayID: "70:ee:02", state: .init()),
        EnergyDevice(id: "04:09", kind: .smarther, name: "Ny"),
    ]

    /// The home of the station Fjord.
    package static let bergen = home()

    package static func home(
        rooms: [Room] = [living, bedroom, bath, attic], mode: EnergyHome.Mode = .away, toldAt time: Date = SampleStations.now(-60)
    ) -> EnergyHome {
        EnergyHome(
            id: "home-1", name: "Bergen", timeZone: "Europe/Oslo", mode: mode, rooms: rooms, devices: devices,
            schedules: [holiday, schedule], toldAt: time)
    }

    /// A home that tells nothing yet.
    package static let empty = EnergyHome(id: "home-9", name: nil, mode: .other("cooling"), rooms: [], devices: [])

    package static func readings(
        _ homes: [EnergyHome] = [bergen, empty], at seconds: TimeInterval = 0, error: NetatmoError? = nil
    ) -> EnergyReadings {
        var energy = EnergyReadings()
        energy.homes = homes
        energy.fetchedAt = now(seconds)
        energy.lastAttempt = .init(time: now(seconds), duration: .milliseconds(80), error: error)
        energy.nextFetch = now(seconds + 480)
        return energy
    }

    /// The living room with other values.
    package static func living(
        _ temperature: Double? = 20.4, setpoint: Double = 21, mode: SetpointMode = .manual, heatingPower: Double = 64,
        isWindowOpen: Bool = false, isReachable: Bool = true
    ) -> Room {
        Room(
            id: living.id, name: living.name, deviceIDs: living.deviceIDs,
            state: .init(
                isReachable: isReachable, temperature: temperature, setpoint: setpoint, mode: mode, heatingPower: heatingPower,
                isWindowOpen: isWindowOpen))
    }
}
