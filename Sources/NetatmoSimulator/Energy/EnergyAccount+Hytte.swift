extension EnergyAccount {
    private static let hytteRoom = "2270420001"
    private static let hytteRelay = "70:ee:50:00:70:01"
    private static let hytteSetUp = 1_700_300_000

    /// The cabin in the mountains: one room, an OpenTherm thermostat, a schedule of the old kind, and nobody there but at weekends.
    static let hytte = SimulatedHome(
        id: "5f8d0c1e2b3a4c5d6e7f8002", name: "Hytte", site: .geilo, setUp: hytteSetUp,
        // From Friday afternoon to Sunday evening.
        presence: .weekly(4 * LocalWeek.minutesPerDay + 15 * 60..<6 * LocalWeek.minutesPerDay + 18 * 60),
        rooms: [
            SimulatedRoom(id: hytteRoom, name: "Peisestue", type: "livingroom", model: "living", lossHours: 12, heating: 5)
        ],
        devices: [
            EnergyDevice(id: hytteRelay, kind: .openThermRelay, name: "OpenTherm", setUp: hytteSetUp, firmware: 24, strength: 70),
            EnergyDevice(
                id: "04:00:00:00:70:02", kind: .openThermThermostat, name: "Termostat", room: hytteRoom, bridge: hytteRelay,
                setUp: hytteSetUp + 240, firmware: 7, strength: 58, battery: 4210
            ),
        ],
        schedules: [
            HeatingSchedule(
                id: "5f8d0c1e2b3a4c5d6e7f9003", name: "Helg", isSelected: true, awayTemperature: 10, frostGuardTemperature: 5,
                zones: [
                    HeatingSchedule.Zone(kind: .day, name: "Dag", temperatures: [hytteRoom: 21.5]),
                    HeatingSchedule.Zone(kind: .night, name: "Natt", temperatures: [hytteRoom: 16]),
                    HeatingSchedule.Zone(kind: .eco, name: "Øko", temperatures: [hytteRoom: 18]),
                ],
                timetable: .workingWeek, isOld: true
            )
        ]
    )
}
