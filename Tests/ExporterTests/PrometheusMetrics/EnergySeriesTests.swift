import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import PrometheusMetrics

@Suite("The series of Energy")
struct EnergySeriesTests {
    private let room = Room(
        id: "1", name: "Stue", deviceIDs: ["v"],
        state: .init(
            isReachable: true, temperature: 20.4, setpoint: 21, mode: .manual, setpointEnd: Date(timeIntervalSince1970: 1_795_470_000),
            heatingPower: 64, isAnticipating: false, isWindowOpen: true, humidity: 48))
    private let devices = [
        EnergyDevice(
            id: "p", kind: .relay, name: "Relé",
            state: .init(firmware: 230, wifi: 61, isBoilerOn: true, hasComfortBoost: false, outdoorTemperature: -4)),
        EnergyDevice(
            id: "v", kind: .valve, name: "Ventil", roomID: "1", relayID: "p",
            state: .init(isReachable: false, batteryMillivolts: 2541, batteryLevel: .veryLow, radio: 70)),
    ]

    private func bench(_ homes: EnergyHome...) -> MetricsBench {
        let bench = MetricsBench(stations: [])
        var energy = EnergyReadings()
        energy.homes = homes
        energy.fetchedAt = SampleStations.now
        bench.store.publish(energy)
        return bench
    }

    private func home(rooms: [Room]? = nil, devices: [EnergyDevice]? = nil, name: String? = "Fjord", id: String = "h") -> EnergyHome {
        EnergyHome(
            id: id, name: name, mode: .schedule, rooms: rooms ?? [room], devices: devices ?? self.devices, toldAt: SampleStations.now)
    }

    @Test(
        "A room has its values under the names of its home and its own",
        arguments: [
            ("netatmo_room_temperature_celsius", "20.4"), ("netatmo_room_setpoint_celsius", "21"),
            ("netatmo_room_heating_power_request_percent", "64"), ("netatmo_room_window_open", "1"), ("netatmo_room_anticipating", "0"),
            ("netatmo_room_humidity_percent", "48"), ("netatmo_room_reachable", "1"), ("netatmo_room_setpoint_end_time", "1795470000"),
        ])
    func rooms(name: String, value: String) {
        let bench = bench(home())
        #expect(bench.samples(name + "{") == [#"\#(name){home="Fjord",room="Stue"} \#(value)"#])
        #expect(bench.text().contains("# TYPE \(name) gauge\n") && bench.text().contains("# HELP \(name) "))
    }

    @Test("The past of a room or a boiler goes to the series that it has here, also where two rooms have one name")
    func past() throws {
        let rooms = [room, Room(id: "2", name: "Stue", deviceIDs: [], state: room.state)]
        let thermostat = EnergyDevice(id: "t", kind: .openThermThermostat, name: "Termostat", roomID: "1", relayID: "p")
        let homes = [home(rooms: rooms, devices: devices + [thermostat]), home(rooms: rooms, devices: [], id: "h2")]
        let bench = bench(homes[0], homes[1])
        func labels(_ name: String) -> [String] {
            bench.samples(name + "{").map { String($0.dropFirst(name.count).prefix { $0 != "}" }) + "}" }
        }
        let names = PastSeries.names(ofRoomsIn: homes)
        let past = zip(homes, names).flatMap { home, names in
            home.rooms.map { PastSeries.labels(home: names.home, room: names.rooms[$0.id] ?? "") }
        }
        #expect(Set(past).count == 4 && past == labels("netatmo_room_temperature_celsius"))
        // The relay tells, and the thermostat is who is asked.
        #expect(names[0].boilers == ["t": "Relé"] && names[1].boilers.isEmpty)
        #expect(labels("netatmo_boiler_on") == [PastSeries.labels(home: "Fjord", module: "Relé")])
        for measure in [Measure.temperature, .setpoint] {
            let family = try #require(PastSeries.familyOfHeating(measure))
            #expect(!labels(family.name).isEmpty && bench.text().contains("# HELP \(family.name) \(family.help)\n"))
        }
    }

    @Test("A room without a value has no series of it; a setpoint without an end ends at 0")
    func sparseRoom() {
        let bench = bench(home(rooms: [Room(id: "1", name: "Stue", deviceIDs: [], state: .init(temperature: 19, setpoint: 20))]))
        let names = bench.text().split(separator: "\n").filter { $0.hasPrefix("netatmo_room_") }
        #expect(
            names == [
                #"netatmo_room_setpoint_celsius{home="Fjord",room="Stue"} 20"#,
                #"netatmo_room_setpoint_end_time{home="Fjord",room="Stue"} 0"#,
                #"netatmo_room_temperature_celsius{home="Fjord",room="Stue"} 19"#,
            ])
    }

    @Test("The mode in force is 1 and the others 0, a new one too")
    func modes() {
        let bench = bench(home(rooms: [room, Room(id: "2", name: "Bad", deviceIDs: [], state: .init(mode: .other("turbo")))]))
        let stue = bench.samples(#"netatmo_room_setpoint_mode{home="Fjord",room="Stue""#)
        #expect(stue.map { $0.hasSuffix(" 1") } == [false, true, false, false, false, false, false])
        #expect(stue[1] == #"netatmo_room_setpoint_mode{home="Fjord",room="Stue",mode="manual"} 1"#)
        let bad = bench.samples(#"netatmo_room_setpoint_mode{home="Fjord",room="Bad""#)
        #expect(bad.count == 8 && bad.last == #"netatmo_room_setpoint_mode{home="Fjord",room="Bad",mode="turbo"} 1"#)
        #expect(
            bench.samples("netatmo_home_therm_mode{") == [
                #"netatmo_home_therm_mode{home="Fjord",mode="schedule"} 1"#, #"netatmo_home_therm_mode{home="Fjord",mode="away"} 0"#,
                #"netatmo_home_therm_mode{home="Fjord",mode="hg"} 0"#,
            ])
    }

    @Test("Boilers and relays tell what they do")
    func boilers() {
        let bench = bench(home())
        #expect(bench.samples("netatmo_boiler_on{") == [#"netatmo_boiler_on{home="Fjord",module="Relé"} 1"#])
        #expect(bench.samples("netatmo_boiler_comfort_boost{") == [#"netatmo_boiler_comfort_boost{home="Fjord",module="Relé"} 0"#])
        let outdoor = "netatmo_relay_outdoor_temperature_celsius"
        #expect(bench.samples(outdoor + "{") == [#"\#(outdoor){home="Fjord",module="Relé"} -4"#])
    }

    @Test(
        "Devices have the sensors' own series, with their relay as the station",
        arguments: [
            ("battery_millivolts", #"{home="Fjord",module="Ventil",station="Relé"} 2541"#),
            ("battery_level", #"{home="Fjord",module="Ventil",station="Relé"} 0"#),
            ("rf_signal_strength", #"{home="Fjord",module="Ventil",station="Relé"} 70"#),
            ("wifi_signal_strength", #"{home="Fjord",module="Relé",station="Relé"} 61"#),
        ])
    func devices(name: String, sample: String) {
        #expect(bench(home()).samples("netatmo_sensor_\(name){") == ["netatmo_sensor_\(name)\(sample)"])
    }

    @Test("A valve out of reach says so, and what it is stays")
    func unreachable() {
        let bench = bench(home())
        let labels = #"home="Fjord",module="Ventil",station="Relé""#
        #expect(bench.samples("netatmo_sensor_reachable{").contains("netatmo_sensor_reachable{\(labels)} 0"))
        #expect(
            bench.samples("netatmo_sensor_info{").contains(
                #"netatmo_sensor_info{firmware="",home="Fjord",id="v",module="Ventil",station="Relé",type="NRV"} 1"#))
    }

    @Test("Two homes and two rooms of one name don't break a scrape")
    func twins() {
        let twin = Room(id: "2", name: "Stue", deviceIDs: [], state: .init(temperature: 18))
        let bench = bench(home(rooms: [room, twin]), home(rooms: [room], devices: [], id: "h2"))
        #expect(
            bench.samples("netatmo_room_temperature_celsius{") == [
                #"netatmo_room_temperature_celsius{home="Fjord",room="Stue"} 20.4"#,
                #"netatmo_room_temperature_celsius{home="Fjord",room="Stue (2)"} 18"#,
                #"netatmo_room_temperature_celsius{home="Fjord",room="Stue (1)"} 20.4"#,
            ])
    }

    @Test("Two homes of one name have a mode each; a home is named as its devices' series have it")
    func homesOfOneName() {
        let bench = bench(home(), home(id: "h2"))
        let modes = bench.samples("netatmo_home_therm_mode{").filter { $0.hasSuffix(" 1") }
        #expect(
            modes == [
                #"netatmo_home_therm_mode{home="Fjord",mode="schedule"} 1"#,
                #"netatmo_home_therm_mode{home="Fjord (h2)",mode="schedule"} 1"#,
            ])
        #expect(bench.samples("netatmo_boiler_on{").map { $0.hasPrefix(#"netatmo_boiler_on{home="Fjord","#) } == [true, true])
    }

    @Test("Names that would make /metrics endless cost the rooms that do not fit, and it is told")
    func bound() async {
        let name = String(repeating: "\u{1F600}", count: 256)
        let state = Room.State(isReachable: true, temperature: 20, setpoint: 21, mode: .other(name), heatingPower: 1)
        let rooms = (0..<1000).map { Room(id: "\($0)", name: name, deviceIDs: [], state: state) }
        let hostile = home(rooms: rooms, devices: [], name: name, id: "h2")
        let bench = bench(home(), hostile)
        let text = bench.text()
        #expect(text.utf8.count < MetricsBound.energyLimit + 200_000)
        #expect(text.contains(#"netatmo_room_temperature_celsius{home="Fjord",room="Stue"} 20.4"#))
        let served = bench.samples("netatmo_room_temperature_celsius{").count
        #expect(text.utf8.count > MetricsBound.energyLimit * 8 / 10 && served > 50, "what is left out had no room")
        let told = Mutex<[DataRemark]>([])
        let watch = MetricsBoundWatch(store: bench.store, clock: ManualClock()) { remark in told.withLock { $0.append(remark) } }
        await watch.check([], homes: [home(), hostile])
        #expect(told.withLock { $0 } == [.seriesLeftOut(devices: 1001 - served, limit: 12 << 20)])
    }

    @Test("Rooms of which nothing was told for longer than the stale age have no series; their devices' reachability stays")
    func stale() {
        let bench = bench(home())
        #expect(!bench.samples("netatmo_room_temperature_celsius", at: 3600).isEmpty, "at the very age they are not stale")
        #expect(bench.samples("netatmo_room_", at: 3601).isEmpty && bench.samples("netatmo_boiler_", at: 3601).isEmpty)
        #expect(bench.samples("netatmo_sensor_reachable{", at: 3601).count == 2)
        #expect(bench.samples("netatmo_sensor_battery_", at: 3601).isEmpty)
    }

    @Test("How the last try went is told where Energy is wanted, and by itself")
    func up() {
        let without = MetricsBench(stations: SampleStations.taken)
        #expect(without.samples("netatmo_energy_").isEmpty && without.samples("netatmo_up") == ["netatmo_up 1"])
        var energy = EnergyReadings()
        without.store.publish(energy)
        #expect(without.samples("netatmo_energy_") == ["netatmo_energy_up 0", "netatmo_energy_updated_time 0"])
        energy.fetchedAt = SampleStations.now
        energy.lastAttempt = .init(time: SampleStations.now, duration: .zero, error: nil)
        without.store.publish(energy)
        #expect(without.samples("netatmo_energy_up ") == ["netatmo_energy_up 1"])
        #expect(
            without.samples("netatmo_energy_updated_time ") == [
                "netatmo_energy_updated_time \(Int(SampleStations.now.timeIntervalSince1970))"
            ])
    }

    @Test("New answers of Energy are in the next scrape")
    func anew() {
        let bench = bench(home())
        #expect(bench.samples("netatmo_room_temperature_celsius{").count == 1)
        var energy = EnergyReadings()
        energy.fetchedAt = SampleStations.now(20)
        bench.store.publish(energy)
        #expect(bench.samples("netatmo_room_temperature_celsius{").isEmpty)
    }
}
