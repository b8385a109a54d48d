import EngineAPI
import FoundationEssentials
import TerminalUI
import TestSupport

@testable import Homes
@testable import Screen

/// Rooms that show what their rows have to tell: on time, by hand, cold, a window, a valve that is lost, one that nothing is told of,
/// in a home that has a weather station and in one that has none.
enum RoomScenes {
    static let now = SampleStations.now

    static func device(
        _ id: String, _ kind: EnergyDevice.Kind, in room: String? = nil, level: Device.BatteryLevel? = .full, radio: Int? = 62,
        isReachable: Bool? = true, isBoilerOn: Bool? = nil
    ) -> EnergyDevice {
        EnergyDevice(
            id: id, kind: kind, name: "\(kind.words) \(id)", roomID: room, relayID: kind == .relay ? nil : "relay",
            state: EnergyDevice.State(
                isReachable: isReachable, firmware: 20, batteryMillivolts: level.map { 2500 + 250 * $0.rawValue }, batteryLevel: level,
                radio: radio, lastSeen: now.addingTimeInterval(isReachable == false ? -9000 : -60), isBoilerOn: isBoilerOn))
    }

    static func room(_ id: String, _ name: String, _ state: Room.State?) -> Room {
        Room(id: id, name: name, type: "livingroom", deviceIDs: [], state: state)
    }

    static let schedule = HeatingSchedule(
        id: "s", name: "Weekdays", isSelected: true,
        zones: [
            .init(id: 0, name: nil, kind: .day, setpoints: ["r1": 21, "r2": 20]),
            .init(id: 1, name: "Sleep", kind: .night, setpoints: ["r1": 17, "r2": 16]),
            .init(id: 5, name: nil, kind: .eco, setpoints: ["r1": 18.5]),
        ],
        // Every day the same; the sample's time is Monday 17:18.
        changes: (0..<7).flatMap { day in
            [(0, 1), (360, 0), (510, 5), (930, 0), (1350, 1)].map { .init(minute: day * 1440 + $0.0, zoneID: $0.1) }
        })

    static let fjord = EnergyHome(
        id: "home-fjord", name: "Fjord", mode: .schedule,
        rooms: [
            room("r1", "Lounge", .init(isReachable: true, temperature: 20.4, setpoint: 21, mode: .schedule, heatingPower: 60)),
            room(
                "r2", "Bedroom",
                .init(
                    isReachable: true, temperature: 18.1, setpoint: 22.5, mode: .manual, setpointEnd: now.addingTimeInterval(7200),
                    heatingPower: 100, isAnticipating: true)),
            room(
                "r3", "Bath",
                .init(isReachable: true, temperature: 15.6, setpoint: 7, mode: .frostGuard, heatingPower: 0, isWindowOpen: true)),
            room("r4", "Attic", .init(isReachable: false)),
            room("r5", "Hall", nil),
        ],
        devices: [
            device("relay", .relay, level: nil, radio: nil), device("t", .thermostat, in: "r1", isBoilerOn: true),
            device("v1", .valve, in: "r2", level: .low, radio: 81), device("v2", .valve, in: "r2", level: .high, radio: 92),
            device("v3", .valve, in: "r3", level: .veryLow), device("v4", .valve, in: "r4", isReachable: false),
        ], schedules: [schedule], toldAt: now.addingTimeInterval(-20))

    static let cabin = EnergyHome(
        id: "home-cabin", name: "Cabin", rooms: [room("r9", "Kitchen", .init(temperature: -3.2, setpoint: 8.5, mode: .away, humidity: 88))],
        devices: [], toldAt: now.addingTimeInterval(-7300))

    static func readings(_ homes: [EnergyHome] = [fjord, cabin]) -> EnergyReadings {
        var readings = EnergyReadings()
        readings.homes = homes
        readings.fetchedAt = now.addingTimeInterval(-20)
        readings.lastAttempt = .init(time: now.addingTimeInterval(-20), duration: .milliseconds(30), error: nil)
        return readings
    }

    /// A weather station in the same home as the rooms.
    static let station = Station(
        base: ReadingScenes.module(
            "70:09", .base, "Living room", [.temperature: 21.4, .humidity: 41, .co2: 913, .noise: 37, .pressure: 1013.2], signal: .wifi(48),
            trends: [.temperature: .up], age: 30),
        modules: [
            ReadingScenes.module(
                "02:09", .outdoor, "Garden", [.temperature: -3.6, .humidity: 90], battery: ReadingScenes.battery(64, 5200),
                signal: .radio(67))
        ], name: "Fjord", homeName: "Fjord", homeID: "home-fjord")

    static func snapshot(stations: [Station] = [station], energy: EnergyReadings? = readings()) -> Snapshot {
        var snapshot = Scenes.snapshot(stations: stations)
        snapshot.energy = energy
        return snapshot
    }

    static func state(
        _ snapshot: Snapshot = snapshot(), columns: Int = 120, rows: Int = 36, symbols: Symbols = .unicode
    ) -> DashboardState {
        var state = Scenes.state(snapshot, columns: columns, rows: rows, symbols: symbols)
        state.takeHistories()
        return state
    }

    /// With a device's row selected.
    static func state(
        selecting id: String, columns: Int = 120, rows: Int = 36, symbols: Symbols = .unicode, isInFull: Bool = false
    ) -> DashboardState {
        var state = state(columns: columns, rows: rows, symbols: symbols)
        state.readings.select(deviceWithID: id, in: state.layout.readingsPlace)
        if isInFull { state.overlay = .module(ModuleState()) }
        return state
    }
}
