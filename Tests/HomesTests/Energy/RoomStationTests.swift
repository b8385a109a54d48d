import FoundationEssentials
import Homes
import Testing

@Suite("A home's rooms as modules")
struct RoomStationTests {
    private static let now = Date(timeIntervalSince1970: 1_795_465_000)

    private static func home(rooms: [Room] = [], devices: [EnergyDevice] = [], toldAt: Date? = now) -> EnergyHome {
        EnergyHome(id: "h", name: "Fjord", timeZone: "Europe/Oslo", rooms: rooms, devices: devices, toldAt: toldAt)
    }

    private static func room(_ state: Room.State?) -> Room { Room(id: "r", name: "Stue", deviceIDs: ["a", "b"], state: state) }

    private static func device(_ home: EnergyHome) throws -> Device { try #require(home.roomStation?.base) }

    @Test("none where there are no rooms; else the home's, under its id and name")
    func station() throws {
        #expect(Self.home().roomStation == nil)
        let station = try #require(Self.home(rooms: [Self.room(nil), Room(id: "s", name: nil, deviceIDs: [])]).roomStation)
        #expect(station.devices.map(\.id) == ["r", "s"] && station.devices.map(\.kind) == [.room, .room])
        #expect(station.devices.map(\.title) == ["Stue", "id-s"])
        #expect(station.homeID == "h" && station.homeName == "Fjord" && station.place?.timeZone == "Europe/Oslo")
    }

    @Test("the room's values, as old as the answer that told them, and why its setpoint is what it is")
    func values() throws {
        let state = Room.State(
            isReachable: true, temperature: 20.4, setpoint: 21, mode: .manual, setpointEnd: Self.now.addingTimeInterval(60),
            heatingPower: 60, isAnticipating: true, isWindowOpen: true, humidity: 44)
        let device = try Self.device(Self.home(rooms: [Self.room(state)]))
        #expect(device.readings?.values == [.temperature: 20.4, .setpoint: 21, .heatingPower: 60, .humidity: 44])
        #expect(device.readings?.time == Self.now && device.reachable == true)
        #expect(
            device.readings?.roomHeating
                == .init(mode: .manual, end: Self.now.addingTimeInterval(60), isAnticipating: true, isWindowOpen: true))
        #expect(device.readings?.boiler == nil)
    }

    @Test("no values without a temperature, or without an answer; out of reach where NetAtmo says so, or tells no temperature")
    func noValues() throws {
        #expect(try Self.device(Self.home(rooms: [Self.room(.init(setpoint: 21))])).readings == nil)
        #expect(try Self.device(Self.home(rooms: [Self.room(.init(temperature: 20))], toldAt: nil)).readings == nil)
        func reachable(_ state: Room.State?) throws -> Bool? { try Self.device(Self.home(rooms: [Self.room(state)])).reachable }
        #expect(try reachable(nil) == nil)
        #expect(try reachable(.init(isReachable: false, temperature: 20)) == false)
        #expect(try reachable(.init(temperature: 20)) == true)
        #expect(try reachable(.init(setpoint: 20)) == false)
    }

    @Test("the worst battery and the worst radio of its devices, and when the last of them was heard")
    func worst() throws {
        func device(_ states: [EnergyDevice.State]) throws -> Device {
            let devices = zip(["a", "b"], states).enumerated().map { index, pair in
                EnergyDevice(
                    id: pair.0, kind: .valve, name: nil, setUp: Self.now.addingTimeInterval(Double(index) * 60), state: pair.1)
            }
            return try Self.device(Self.home(rooms: [Self.room(.init(temperature: 20))], devices: devices))
        }
        let both = try device([
            .init(batteryMillivolts: 2400, batteryLevel: .high, radio: 70, lastSeen: Self.now.addingTimeInterval(-9)),
            .init(batteryMillivolts: 2900, batteryLevel: .low, radio: 91, lastSeen: Self.now.addingTimeInterval(-60)),
        ])
        #expect(both.battery == .init(percent: nil, millivolts: 2900, level: .low) && both.signal == .radio(91))
        #expect(both.lastSeen == Self.now.addingTimeInterval(-9) && both.setUp == Self.now)
        let alike = try device([.init(batteryMillivolts: 2900, batteryLevel: .low), .init(batteryMillivolts: 2800, batteryLevel: .low)])
        #expect(alike.battery?.millivolts == 2800 && alike.signal == nil)
        #expect(try device([.init(batteryMillivolts: 2600), .init(batteryMillivolts: 2700, batteryLevel: .full)]).battery?.level == .full)
        #expect(try device([.init(), .init()]).battery == nil)
    }

    @Test("a boiler for each relay that has one, under the thermostat that its past is asked by")
    func boilers() throws {
        let devices = [
            EnergyDevice(id: "p", kind: .relay, name: nil),
            EnergyDevice(id: "t", kind: .thermostat, name: nil, relayID: "p", state: .init(isReachable: false, isBoilerOn: true)),
            EnergyDevice(id: "u", kind: .thermostat, name: nil, relayID: "p", state: .init(isBoilerOn: false)),
            EnergyDevice(id: "o", kind: .openThermRelay, name: nil, relayID: "o", state: .init(isBoilerOn: false, hasComfortBoost: true)),
            EnergyDevice(id: "w", kind: .valve, name: nil, relayID: "o", state: .init()),
            EnergyDevice(id: "m", kind: .openThermThermostat, name: nil, relayID: "o", state: .init()),
        ]
        let station = try #require(Self.home(devices: devices).roomStation)
        #expect(station.devices.map(\.id) == ["t", "m"] && station.devices.map(\.title) == ["Boiler", "Boiler"])
        #expect(station.devices.map(\.isReachable) == [false, true])
        #expect(
            station.devices.map { $0.readings?.boiler } == [
                .init(isOn: true, relayID: "p"), .init(isOn: false, hasComfortBoost: true, relayID: "o"),
            ])
        #expect(
            station.historySubjects == [
                .init(deviceID: "p", moduleID: "t", measures: [.boilerMinutes]),
                .init(deviceID: "o", moduleID: "m", measures: [.boilerMinutes]),
            ])
    }

    @Test("two points of its past are of one curve over the half hours that NetAtmo keeps, and no longer")
    func gaps() {
        for kind in [Device.Kind.room, .boiler] {
            let gap = Device(id: "r", kind: kind, name: nil, readings: nil).longestGap(at: .measurement)
            #expect(1800 < gap && gap < 3600)
        }
        let module = Device(id: "m", kind: .indoor, name: nil, readings: nil)
        #expect(module.longestGap(at: .measurement) == 1300)
        #expect(HistoryScale.month.step < module.longestGap(at: .month) && module.longestGap(at: .day) < 2 * HistoryScale.day.step)
    }

    @Test("a room's past is asked by its home, its temperature with its setpoint")
    func subject() throws {
        let station = try #require(Self.home(rooms: [Self.room(.init(temperature: 20))]).roomStation)
        #expect(station.historySubjects == [.init(room: "r", ofHome: "h", measures: [.temperature, .setpoint])])
        #expect(
            station.historySubjects[0].at(.day) != .init(deviceID: "h", moduleID: "r", measures: [.temperature, .setpoint], scale: .day))
    }
}

@Suite("A day of a schedule")
struct ScheduleDayTests {
    private static func zone(_ id: Int) -> HeatingSchedule.Zone { .init(id: id, name: nil, kind: .init(rawValue: id)) }

    private static func parts(_ changes: [(minute: Int, zone: Int)], day: Int) -> [String] {
        let schedule = HeatingSchedule(
            id: "s", name: nil, isSelected: true, zones: [0, 1, 5].map(zone),
            changes: changes.map { .init(minute: $0.minute, zoneID: $0.zone) })
        return schedule.parts(ofDay: day).map { "\($0.minute) \($0.zone.title)" }
    }

    @Test("begins with the zone of the evening before, and goes on with each change that is one")
    func parts() {
        let changes = [(420, 0), (1380, 1), (1440, 5), (1440 + 420, 0), (1440 + 600, 0), (2879, 5)]
        #expect(Self.parts(changes, day: 0) == ["0 Eco", "420 Day", "1380 Night"], "Monday's first hours are Sunday's last zone")
        #expect(Self.parts(changes, day: 1) == ["0 Eco", "420 Day", "1439 Eco"])
        #expect(Self.parts(changes, day: 6) == ["0 Eco"])
        #expect(Self.parts([], day: 0).isEmpty && Self.parts([(0, 9)], day: 0).isEmpty)
    }
}
