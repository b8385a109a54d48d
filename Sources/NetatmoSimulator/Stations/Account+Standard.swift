/// The devices that the account's user sees.
struct Account: Sendable {
    let stations: [SimulatedStation]
    var coaches: [SimulatedCoach] = []
}

extension Account {
    init(configuration: SimulatorConfiguration) {
        if configuration.isHostile {
            // What it shows is no account that could be described here: see HostileAccount.
            self = Account(stations: [])
        } else if let count = configuration.moduleCount {
            self = .forLoad(moduleCount: count)
        } else {
            self = Account(
                stations: [Self.fjord, Self.hytte] + (configuration.includesFavorite ? [Self.guest] : []),
                coaches: [Self.nursery, Self.study]
            )
        }
    }

    /// A house by the sea: one unit of each kind, and one that went silent.
    private static let fjord = SimulatedStation(
        id: "70:ee:50:00:10:01", site: .bergen, homeID: "5f8d0c1e2b3a4c5d6e7f8001", homeName: "Fjord", stationName: "Fjord (Stue)",
        moduleName: "Stue", room: .living, ownership: .own, wifi: 48, firmware: 204, setUp: 1_602_848_000,
        // A night without network, a good week ago.
        silences: [Silence(secondsBeforeDay: 9 * 86_400 - 7800, length: 34_200)],
        modules: [
            SimulatedModule(
                id: "02:00:00:00:10:02", kind: .outdoor, name: "Ute", battery: 64, radio: 67, setUp: 1_602_848_120,
                // Its battery was empty for three weeks.
                silences: [Silence(secondsBeforeDay: 120 * 86_400 - 40_000, length: 22 * 86_400)]
            ),
            SimulatedModule(id: "05:00:00:00:10:03", kind: .rain, name: "Regn", battery: 12, radio: 78, firmware: 14, setUp: 1_602_848_300),
            SimulatedModule(id: "06:00:00:00:10:04", kind: .wind, name: "Vind", battery: 80, radio: 70, firmware: 27, setUp: 1_602_848_460),
            SimulatedModule(
                id: "03:00:00:00:10:05", kind: .indoor, name: "Loft", room: .bedroom, battery: 3, radio: 90, setUp: 1_602_848_600,
                reach: .lost(secondsBeforeStart: 11_800)
            ),
        ]
    )

    /// A cabin in the mountains: no `station_name`, an outdoor module without a name, a battery that is nearly empty.
    private static let hytte = SimulatedStation(
        id: "70:ee:50:00:20:01", site: .geilo, homeID: "5f8d0c1e2b3a4c5d6e7f8002", homeName: "Hytte", stationName: nil,
        moduleName: "Kjøkken", room: .kitchen, ownership: .own, wifi: 74, firmware: 204, setUp: 1_639_730_000,
        modules: [
            SimulatedModule(id: "02:00:00:00:20:02", kind: .outdoor, name: nil, battery: 41, radio: 82, setUp: 1_639_730_150),
            SimulatedModule(
                id: "03:00:00:00:20:03", kind: .indoor, name: "Soverom", room: .bedroom, battery: 8, radio: 88,
                // Bought years after the others, on 14 March 2026.
                setUp: 1_773_480_000
            ),
        ]
    )

    /// A friend's station: pressure alone on the base, and modules without names, battery and radio.
    private static let guest = SimulatedStation(
        id: "70:ee:50:00:30:01", site: .paris, homeID: "5f8d0c1e2b3a4c5d6e7f8003", homeName: "Jardin de Marie",
        stationName: "Jardin de Marie", moduleName: nil, room: nil, ownership: .favorite, wifi: 60, firmware: 181, setUp: 1_560_000_000,
        modules: [
            SimulatedModule(id: "02:00:00:00:30:02", kind: .outdoor, name: nil, battery: 70, radio: 70, setUp: 1_560_000_100),
            SimulatedModule(id: "05:00:00:00:30:03", kind: .rain, name: nil, battery: 70, radio: 75, setUp: 1_560_000_200),
        ]
    )

    /// Two rooms of the house by the sea, whose coaches send their names under different keys.
    private static let nursery = SimulatedCoach(
        id: "70:ee:50:00:40:01", site: .bergen, room: .bedroom, name: .stationName("Barnerom"), wifi: 52, firmware: 59, setUp: 1_654_070_000
    )
    private static let study = SimulatedCoach(
        id: "70:ee:50:00:40:02", site: .bergen, room: .office, name: .name("Kontor"), wifi: 69, firmware: 59, setUp: 1_693_550_000
    )
}
