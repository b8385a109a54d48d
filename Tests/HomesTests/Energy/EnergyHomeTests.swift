import FoundationEssentials
import Homes
import Testing

@Suite("A home of Energy")
struct EnergyHomeTests {
    private static let now = Date(timeIntervalSince1970: 1_795_465_000)

    private let home = EnergyHome(
        id: "h", name: "Fjord", rooms: [Room(id: "1", name: "Stue", deviceIDs: ["t"]), Room(id: "2", name: nil, deviceIDs: [])],
        devices: [
            EnergyDevice(id: "p", kind: .relay, name: "Relé"), EnergyDevice(id: "t", kind: .thermostat, name: nil, relayID: "p"),
            EnergyDevice(id: "v", kind: .valve, name: "Ventil", roomID: "2", relayID: "p"),
        ])

    @Test("takes how it is: what the status does not tell of has no state, not even that of before")
    func taking() {
        let first = home.taking(
            EnergyStatus(
                homeID: "h", rooms: ["1": .init(temperature: 20), "2": .init(temperature: 18)], devices: ["v": .init(radio: 60)], time: nil),
            at: Self.now)
        #expect(first.rooms.map { $0.state?.temperature } == [20, 18] && first.devices.map { $0.state?.radio } == [nil, nil, 60])
        #expect(first.toldAt == Self.now, "a status without a time is as old as its answer")
        let time = Self.now.addingTimeInterval(-20)
        let second = first.taking(EnergyStatus(homeID: "h", rooms: ["2": .init(temperature: 19)], devices: [:], time: time), at: Self.now)
        #expect(second.rooms.map { $0.state?.temperature } == [nil, 19] && second.devices.allSatisfy { $0.state == nil })
        #expect(second.toldAt == time && second.name == "Fjord" && second.rooms.map(\.name) == ["Stue", nil])
    }

    @Test("was told at NetAtmo's time, and never later than the answer came")
    func times() {
        func told(_ seconds: TimeInterval?) -> Date? {
            let time = seconds.map(Self.now.addingTimeInterval)
            return home.taking(EnergyStatus(homeID: "h", rooms: [:], devices: [:], time: time), at: Self.now).toldAt
        }
        #expect(told(-20) == Self.now.addingTimeInterval(-20))
        #expect([nil, 0, 1, 1e8].map(told) == [Self.now, Self.now, Self.now, Self.now])
    }

    @Test("knows its rooms' devices by the room's list and by the device's own word")
    func devicesOfRooms() {
        #expect(home.rooms.map { home.devices(of: $0).map(\.id) } == [["t"], ["v"]])
        #expect(home.rooms.map { home.devicesByRoom[$0.id]?.map(\.id) } == [["t"], ["v"]])
        #expect(home.rooms.map(\.displayName) == ["Stue", "id-2"] && home.devices.map(\.displayName) == ["Relé", "id-t", "Ventil"])
    }

    @Test("has a station for each relay with what speaks to it, and one without a name for what speaks to none that is told")
    func stations() {
        let devices = [
            EnergyDevice(id: "o", kind: .openThermRelay, name: "Varme", relayID: "o"),
            EnergyDevice(id: "m", kind: .openThermThermostat, name: "Stue", relayID: "o"), EnergyDevice(id: "x", kind: .valve, name: nil),
            EnergyDevice(id: "y", kind: .valve, name: nil, relayID: "gone"), EnergyDevice(id: "p", kind: .relay, name: nil),
        ]
        let stations = EnergyHome(id: "h", name: "Fjord", rooms: [], devices: devices, toldAt: Self.now).stations
        #expect(stations.map(\.name) == ["Varme", "id-p", ""])
        #expect(stations.map { $0.devices.map(\.id) } == [["o", "m"], ["p"], ["x", "y"]])
        #expect(stations.allSatisfy { $0.homeName == "Fjord" && $0.homeID == "h" })
        #expect(stations.flatMap(\.devices).allSatisfy { $0.readings?.time == Self.now && $0.reachable == nil }, "nothing is told of them")
    }

    @Test("misses what was set up since: a valve, or a room with a setpoint; no camera, and no room of a weather station")
    func unknown() {
        func unknown(rooms: [String: Room.State] = [:], types: [String: String] = [:]) -> Set<String> {
            home.unknownIDs(in: EnergyStatus(homeID: "h", rooms: rooms, devices: [:], types: types, time: nil))
        }
        #expect(unknown(rooms: ["1": .init(setpoint: 20)], types: ["v": "NRV"]).isEmpty)
        #expect(unknown(types: ["w": "NRV", "c": "NACamera", "m": "NAMain"]) == ["w"])
        #expect(unknown(rooms: ["3": .init(setpoint: 20), "4": .init(isReachable: true)]) == ["3"])
    }
}

@Suite("A schedule of a week")
struct HeatingScheduleTests {
    private let schedule = HeatingSchedule(
        id: "s", name: nil, isSelected: true,
        zones: [.init(id: 0, name: "Day", kind: .day), .init(id: 1, name: "Night", kind: .night)],
        changes: [.init(minute: 1350, zoneID: 1), .init(minute: 390, zoneID: 1), .init(minute: 390, zoneID: 0)])

    @Test(
        "has a zone in force from its minute on; before the first of Monday it is the last of Sunday's",
        arguments: [(0, "Night"), (389, "Night"), (390, "Day"), (1349, "Day"), (1350, "Night"), (10_079, "Night")])
    func zones(minute: Int, name: String) {
        #expect(schedule.zone(atMinute: minute)?.name == name)
    }

    @Test("has none where it names none")
    func empty() {
        #expect(HeatingSchedule(id: "s", name: nil, isSelected: true, zones: [], changes: []).zone(atMinute: 5) == nil)
        #expect(
            HeatingSchedule(id: "s", name: nil, isSelected: true, zones: [], changes: [.init(minute: 0, zoneID: 3)]).zone(atMinute: 5)
                == nil)
    }
}
