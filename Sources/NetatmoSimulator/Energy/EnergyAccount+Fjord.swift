extension EnergyAccount {
    private enum Room {
        static let living = "1160310001"
        static let bedroom = "1160310002"
        static let kitchen = "1160310003"
        static let bath = "1160310004"
    }

    private static let fjordRelay = "70:ee:50:00:50:01"
    private static let fjordSetUp = 1_665_918_000

    /// The house by the sea whose weather station is ``Account``'s: a thermostat, and valves of which one fell out of reach.
    static let fjord = SimulatedHome(
        id: "5f8d0c1e2b3a4c5d6e7f8001", name: "Fjord", site: .bergen, setUp: fjordSetUp, presence: .always,
        rooms: [
            // A thermostat alone: its room has no power of its own.
            SimulatedRoom(id: Room.living, name: "Stue", type: "livingroom", model: "living", lossHours: 14),
            SimulatedRoom(
                id: Room.bedroom, name: "Soverom", type: "bedroom", model: "bedroom",
                // Aired after getting up, for 20 minutes.
                window: 7 * 60 + 30..<7 * 60 + 50
            ),
            SimulatedRoom(
                id: Room.kitchen, name: "Kjøkken", type: "kitchen", model: "kitchen", lossHours: 10, heating: 4.5,
                // Warmer while someone bakes and while all eat.
                manual: [
                    HeatingPlan.Manual(minutes: 10 * 60..<13 * 60, temperature: 20.5),
                    HeatingPlan.Manual(minutes: 16 * 60 + 30..<22 * 60, temperature: 22),
                ]
            ),
            SimulatedRoom(id: Room.bath, name: "Bad", type: "bathroom", model: "bath", lossHours: 10, heating: 5),
        ],
        devices: [
            EnergyDevice(id: fjordRelay, kind: .relay, name: "Relé", setUp: fjordSetUp, firmware: 236, strength: 52),
            EnergyDevice(
                id: "04:00:00:00:50:02", kind: .thermostat, name: "Termostat", room: Room.living, bridge: fjordRelay,
                setUp: fjordSetUp + 300, firmware: 79, strength: 64, battery: 3850
            ),
            valve("09:00:00:00:50:03", "Ventil soverom", Room.bedroom, strength: 71, battery: 3290, isStrengthMisspelt: true),
            valve("09:00:00:00:50:04", "Ventil kjøkken", Room.kitchen, strength: 80, battery: 2140),
            valve("09:00:00:00:50:05", "Ventil bad", Room.bath, strength: 90, battery: 2500, lostBeforeStart: 26_200),
        ],
        schedules: [
            HeatingSchedule(
                id: "5f8d0c1e2b3a4c5d6e7f9001", name: "Hverdag", isSelected: true, awayTemperature: 14, frostGuardTemperature: 7,
                zones: [
                    zone(.day, "Dag", living: 21, bedroom: 18, kitchen: 20, bath: 23),
                    zone(.night, "Natt", living: 17, bedroom: 16, kitchen: 16.5, bath: 19),
                    zone(.eco, "Øko", living: 18.5, bedroom: 16.5, kitchen: 17.5, bath: 20),
                ],
                timetable: .workingWeek
            ),
            HeatingSchedule(
                id: "5f8d0c1e2b3a4c5d6e7f9002", name: "Ferie", isSelected: false, awayTemperature: 12, frostGuardTemperature: 7,
                zones: [zone(.eco, "Øko", living: 16, bedroom: 15, kitchen: 15, bath: 16)],
                timetable: [HeatingSchedule.Change(offset: 0, zone: .eco)]
            ),
        ],
        others: [
            OtherDevice(id: "70:ee:50:00:60:01", type: "NACamera", name: "Gang", setUp: 1_610_000_000),
            OtherDevice(id: "00:04:74:00:00:60:02", type: "NLG", name: "Gateway", setUp: 1_620_000_000),
            OtherDevice(
                id: "00:04:74:00:00:60:03", type: "NLP", name: "Kaffetrakter", bridge: "00:04:74:00:00:60:02", setUp: 1_620_000_300),
        ]
    )

    private static func valve(
        _ id: String, _ name: String, _ room: String, strength: Int, battery: Int, isStrengthMisspelt: Bool = false,
        lostBeforeStart: Int? = nil
    ) -> EnergyDevice {
        EnergyDevice(
            id: id, kind: .valve, name: name, room: room, bridge: fjordRelay, setUp: fjordSetUp + 600, firmware: 92, strength: strength,
            isStrengthMisspelt: isStrengthMisspelt, battery: battery, lostBeforeStart: lostBeforeStart
        )
    }

    private static func zone(
        _ kind: HeatingSchedule.ZoneKind, _ name: String, living: Double, bedroom: Double, kitchen: Double, bath: Double
    ) -> HeatingSchedule.Zone {
        HeatingSchedule.Zone(
            kind: kind, name: name,
            temperatures: [Room.living: living, Room.bedroom: bedroom, Room.kitchen: kitchen, Room.bath: bath]
        )
    }
}
