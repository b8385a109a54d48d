import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("Energy in the status")
struct EnergyStatusTests {
    private let bench = StatusBench()

    private func again(_ energy: EnergyReadings?) throws -> EnergyReadings? {
        let report = StatusReport(Snapshot(energy: energy), at: SampleStations.now(30), settings: WebBench.settings)
        return try StatusReport(json: try report.json()).snapshot.energy
    }

    /// The sample as a reader of the status has it: of its schedules the one in force.
    private var told: EnergyReadings {
        let home = SampleEnergy.bergen
        let own = EnergyHome(
            id: home.id, name: home.name, timeZone: home.timeZone, mode: home.mode, rooms: home.rooms, devices: home.devices,
            schedules: [SampleEnergy.schedule], toldAt: home.toldAt)
        return SampleEnergy.readings([own, SampleEnergy.empty])
    }

    @Test("is the same in another process: every value of rooms, devices, the schedule in force, and of the fetch")
    func roundTrip() throws {
        var energy = told
        #expect(try again(energy) == energy)
        #expect(try again(SampleEnergy.readings())?.homes == energy.homes, "other schedules are left out")
        energy.lastAttempt = .init(
            time: SampleStations.now(9), duration: .seconds(1), error: NetatmoError(.wrongScope, status: 403, code: "13"))
        (energy.isRefused, energy.nextFetch, energy.fetchedAt) = (true, nil, nil)
        #expect(try again(energy) == energy)
        #expect(try again(EnergyReadings()) == EnergyReadings())
        #expect(try again(nil) == nil)
    }

    @Test("has the same words for each mode, kind and level, those that are not known too")
    func words() throws {
        let modes: [SetpointMode?] = SetpointMode.known + [.other("boost"), nil]
        let rooms = modes.map { Room(id: "\(String(describing: $0))", name: nil, deviceIDs: [], state: .init(mode: $0)) }
        let devices =
            EnergyDevice.Kind.allCases.map { EnergyDevice(id: "\($0)", kind: $0, name: nil) }
            + Device.BatteryLevel.allCases.map { EnergyDevice(id: "\($0)", kind: .valve, name: nil, state: .init(batteryLevel: $0)) }
        let zones = [0, 1, 2, 3, 4, 5, 8, 6, -1].map { HeatingSchedule.Zone(id: $0, name: nil, kind: .init(rawValue: $0)) }
        let schedule = HeatingSchedule(id: "s", name: nil, isSelected: true, zones: zones, changes: [])
        for mode in EnergyHome.Mode.known + [.other("x"), nil] as [EnergyHome.Mode?] {
            let home = EnergyHome(id: "h", name: "", mode: mode, rooms: rooms, devices: devices, schedules: [schedule])
            #expect(try again(SampleEnergy.readings([home]))?.homes == [home])
        }
    }

    @Test("is told of a room with what is to be thought of it, in the user's units, and of a device too")
    func document() async throws {
        bench.publish(SampleStations.all, preferences: Units(temperature: .fahrenheit))
        bench.store.publish(SampleEnergy.readings())
        let text = try await bench.text()
        let room = #"""
            {"alerts":{"battery":"over","temperature":"under"},"deviceIDs":["04:01"],"id":"101","isAnticipating":true,"isReachable":true,
            "isStale":false,"isTold":true,"isWindowOpen":false,"mode":"manual","name":"Stue","reachable":true,"readings":{
            "coolingSetpoint":{"text":"79.7","textUnit":"°F","time":null,"trend":null,"unit":"°C","value":26.5,"verdict":null,"word":null},
            "heatingPower":{"text":"64","textUnit":"%","time":null,"trend":null,"unit":"%","value":64,"verdict":"fine","word":null},
            "humidity":{"text":"42","textUnit":"%","time":null,"trend":null,"unit":"%","value":41.5,"verdict":"fine","word":null},
            "setpoint":{"text":"69.8","textUnit":"°F","time":null,"trend":null,"unit":"°C","value":21,"verdict":"fine","word":null},
            "temperature":{"text":"68.7","textUnit":"°F","time":null,"trend":null,"unit":"°C","value":20.4,"verdict":"warning",
            "word":"low"}},"setpointEnd":"2026-11-23T22:00:00Z","setpointStart":"2026-11-23T17:08:05Z","type":"livingroom"}
            """#
        let valve = #"""
            {"battery":{"level":"veryLow","millivolts":null,"verdict":"bad","word":"very low"},"errorCode":6,"firmware":null,
            "hasComfortBoost":null,"id":"04:03","isBoilerOn":null,"isReachable":false,"isTold":true,"kind":"valve",
            "lastSeen":"2026-11-23T15:04:45Z","name":null,"outdoorTemperature":null,
            "radio":{"level":null,"value":90,"verdict":null,"word":null},"reachable":false,"relayID":"70:ee:01","roomID":"103",
            "setUp":null,"type":"NRV","wifi":null}
            """#
        let plan = #"""
            "schedule":{"awaySetpoint":14,"changes":[{"minute":0,"zoneID":1},{"minute":390,"zoneID":0},{"minute":10079,"zoneID":4}],
            "frostGuardSetpoint":7,"id":"s1","isSelected":true,"name":"Hverdag","zones":[
            {"id":0,"kind":"day","name":"Dag","setpoints":{"101":21,"102":18.5},"type":0},
            {"id":1,"kind":"night","name":null,"setpoints":{},"type":1},{"id":4,"kind":"other","name":"Kveld","setpoints":{},"type":77}]},
            "timeZone":"Europe/Oslo","toldAt":"2026-11-23T17:17:05Z"}
            """#
        let fetch = #"""
            "energy":{"fetchedAt":"2026-11-23T17:18:05Z","isRefused":false,"isUp":true,
            "lastAttempt":{"durationSeconds":0.08,"error":null,"time":"2026-11-23T17:18:05Z"},"nextFetch":"2026-11-23T17:26:05Z"}
            """#
        for expected in [room, valve, plan, fetch] {
            #expect(text.contains(expected.replacing("\n", with: "")), "\(expected)\n\(text)")
        }
    }

    @Test("says of a room whether it is out of reach")
    func unreachable() async throws {
        bench.store.publish(SampleEnergy.readings())
        #expect(try await bench.text().contains(#""id":"103","isAnticipating":null,"isReachable":false,"isStale":true"#))
    }

    @Test("is left out where it is not asked for, and empty where nothing is told yet")
    func absent() async throws {
        bench.publish(SampleStations.all)
        let document = try await bench.object("")
        #expect(document["homes"] == nil && document["energy"] == nil)
        bench.store.publish(EnergyReadings())
        #expect(try await bench.object("")["homes"] == .array([]))
        let fetch: [String: JSONValue] = [
            "isUp": .bool(false), "isRefused": .bool(false), "fetchedAt": .null, "nextFetch": .null, "lastAttempt": .null,
        ]
        #expect(try await bench.object("energy") == fetch)
    }

    /// The status of the sample with a part replaced.
    private func changed(_ part: String, _ other: String) throws -> [UInt8] {
        let report = StatusReport(Snapshot(energy: SampleEnergy.readings()), at: SampleStations.now(30), settings: WebBench.settings)
        let text = String(decoding: try report.json(), as: UTF8.self)
        #expect(text.contains(part))
        return Array(text.replacing(part, with: other).utf8)
    }

    @Test(
        "is none where a value is not what it should be",
        arguments: [
            (#""isTold":true"#, #""isTold":"yes""#), (#""minute":390"#, #""minute":10080"#), (#""minute":390"#, #""minute":-1"#),
            (#""minute":390"#, #""minute":9223372036854775807"#), (#""value":20.4"#, #""value":"warm""#),
            (#""value":20.4"#, #""value":1e999"#),
            (#""id":"101""#, #""id":101"#), (#""isRefused":false"#, #""isRefused":null"#),
            (#""setpoints":{"101""#, #""setpoints":{"101":[],"x""#),
            (#""isWindowOpen":true"#, #""isWindowOpen":1e9"#), (#""toldAt":"2026"#, #""toldAt":"soon"#),
            (#""errorCode":6"#, #""errorCode":1e30"#),
        ])
    func damaged(_ part: String, _ other: String) throws {
        let json = try changed(part, other)
        #expect(throws: StatusReportError.notAStatus) { try StatusReport(json: json) }
    }

    @Test("of a later release is read as far as it is known, and no power is more than all")
    func laterRelease() throws {
        func homes(_ part: String, _ other: String) throws -> EnergyHome? {
            try StatusReport(json: try changed(part, other)).snapshot.energy?.homes.first
        }
        #expect(try homes(#""type":"NRV""#, #""type":"NXX""#)?.devices.map(\.id).contains("04:03") == false)
        #expect(try homes(#""battery":"over""#, #""mood":"over""#)?.rooms.first?.alerts == [.measure(.temperature): .under])
        #expect(try homes(#""level":"veryLow""#, #""level":"gone""#)?.devices[2].state?.batteryLevel == nil)
        #expect(try homes(#""value":64"#, #""value":1e300"#)?.rooms.first?.state?.heatingPower == nil)
        #expect(try homes(#""mode":"manual""#, #""mode":"dream""#)?.rooms.first?.state?.mode == .other("dream"))
    }

    @Test("leaves out what JSON has no number for")
    func oddNumbers() throws {
        let room = Room(id: "1", name: "\u{1B}[2J", deviceIDs: [], state: .init(temperature: .nan, setpoint: .infinity, humidity: 40))
        let device = EnergyDevice(id: "2", kind: .openThermRelay, name: nil, state: .init(outdoorTemperature: .infinity))
        let schedule = HeatingSchedule(
            id: "s", name: nil, isSelected: true, awaySetpoint: .nan, zones: [.init(id: 0, name: nil, kind: .day, setpoints: ["1": .nan])],
            changes: [])
        let home = EnergyHome(id: "h", name: nil, rooms: [room], devices: [device], schedules: [schedule])
        let told = try #require(try again(SampleEnergy.readings([home]))?.homes.first)
        #expect(told.rooms.first?.state == .init(humidity: 40) && told.rooms.first?.name == "\u{1B}[2J")
        #expect(told.devices.first?.state == .init() && told.schedule?.awaySetpoint == nil && told.schedule?.zones.first?.setpoints == [:])
    }
}
