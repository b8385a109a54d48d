import FoundationEssentials
import Homes
import Testing

@testable import Netatmo

@Suite("Reading homestatus")
struct HomeStatusTests {
    private func status(_ body: String) throws -> EnergyStatus {
        let json = #"{"status":"ok","time_server":1795465000,"body":\#(body)}"#
        return try NetatmoAnswer(status: 200, body: Array(json.utf8)).decoded(as: HomeStatusAnswer.self).status
    }

    private func room(_ members: String) throws -> Room.State? {
        try status(#"{"home":{"id":"h","rooms":[{"id":"r",\#(members)}]}}"#).rooms["r"]
    }

    private func device(_ members: String, type: String = "NRV") throws -> EnergyDevice.State? {
        try status(#"{"home":{"id":"h","modules":[{"id":"d","type":"\#(type)",\#(members)}]}}"#).devices["d"]
    }

    @Test("A room has all that was sent of it")
    func wholeRoom() throws {
        let read = try room(
            #"""
            "reachable":true,"therm_measured_temperature":20.4,"therm_setpoint_temperature":21,"therm_setpoint_mode":"manual",
            "therm_setpoint_start_time":1795460000,"therm_setpoint_end_time":1795470000,"heating_power_request":64,"anticipating":false,
            "open_window":true,"humidity":48,"cooling_setpoint_temperature":26
            """#)
        let expected = Room.State(
            isReachable: true, temperature: 20.4, setpoint: 21, coolingSetpoint: 26, mode: .manual,
            setpointStart: Date(timeIntervalSince1970: 1_795_460_000), setpointEnd: Date(timeIntervalSince1970: 1_795_470_000),
            heatingPower: 64, isAnticipating: false, isWindowOpen: true, humidity: 48)
        #expect(read == expected)
    }

    @Test("A setpoint end of 0 is none, and so is what was not sent: a thermostat alone asks for no power")
    func missing() throws {
        let read = try room(#""therm_setpoint_end_time":0,"therm_setpoint_mode":"schedule""#)
        #expect(read == Room.State(mode: .schedule))
    }

    @Test(
        "Values that can't be are none",
        arguments: [
            #""therm_measured_temperature":500"#, #""therm_measured_temperature":"warm""#, #""therm_setpoint_temperature":null"#,
            #""heating_power_request":101"#, #""heating_power_request":-1"#, #""heating_power_request":"NaN""#, #""humidity":101"#,
            #""reachable":"perhaps""#, #""open_window":7"#, #""therm_setpoint_end_time":-5"#, #""therm_setpoint_mode":3"#,
        ])
    func impossible(members: String) throws {
        #expect(try room(members) == Room.State())
    }

    @Test(
        "Either of NetAtmo's names and forms is taken", arguments: [#""open_window":true"#, #""open_windows":true"#, #""open_window":1"#])
    func windows(members: String) throws {
        #expect(try room(members)?.isWindowOpen == true)
    }

    @Test(
        "Each mode has its word, and a new one is kept as it is",
        arguments: [
            ("schedule", SetpointMode.schedule), ("manual", .manual), ("max", .most), ("off", .off), ("away", .away), ("hg", .frostGuard),
            ("home", .home), ("turbo", .other("turbo")),
        ])
    func modes(word: String, mode: SetpointMode) throws {
        #expect(try room(#""therm_setpoint_mode":"\#(word)""#)?.mode == mode)
        #expect(mode.rawValue == word)
    }

    @Test("A valve has its battery in millivolts and in NetAtmo's word for it, its radio under either name, and its times")
    func valve() throws {
        let read = try device(
            #""reachable":true,"firmware_revision":79,"rf_strength":63,"battery_level":2541,"battery_state":"low","last_seen":1795464900"#)
        let expected = EnergyDevice.State(
            isReachable: true, firmware: 79, batteryMillivolts: 2541, batteryLevel: .low, radio: 63,
            lastSeen: Date(timeIntervalSince1970: 1_795_464_900))
        #expect(read == expected)
        #expect(try device(#""rf_strenght":71,"wifi_strenght":50"#) == EnergyDevice.State(radio: 71, wifi: 50))
    }

    @Test(
        "Each word for a battery is a level; another one is none",
        arguments: [
            ("full", Device.BatteryLevel.full), ("high", .high), ("medium", .medium), ("low", .low), ("very_low", .veryLow), ("flat", nil),
        ])
    func batteries(word: String, level: Device.BatteryLevel?) throws {
        #expect(try device(#""battery_state":"\#(word)""#)?.batteryLevel == level)
    }

    @Test(
        "Signals, firmware and voltages that can't be are none",
        arguments: [
            #""rf_strength":255"#, #""rf_strength":-1"#, #""wifi_strength":255"#, #""battery_level":65535"#, #""battery_level":-1"#,
            #""firmware_revision":-1"#, #""outdoor_temperature":99"#, #""last_seen":0"#, #""boiler_status":2"#,
        ])
    func impossible(ofDevice members: String) throws {
        #expect(try device(members) == EnergyDevice.State())
    }

    @Test("The battery of a valve that is out of reach is not told: it may be of last year")
    func lostBattery() throws {
        let read = try device(#""reachable":false,"battery_level":2541,"battery_state":"full""#)
        #expect(read == EnergyDevice.State(isReachable: false))
    }

    @Test(
        "A boiler is on or off, by flag, word or number",
        arguments: [("true", true), ("false", false), ("\"on\"", true), ("\"off\"", false), ("0", false)])
    func boiler(json: String, isOn: Bool) throws {
        let read = try device(#""boiler_status":\#(json),"boiler_valve_comfort_boost":\#(json)"#, type: "NATherm1")
        #expect(read?.isBoilerOn == isOn && read?.hasComfortBoost == isOn)
    }

    @Test("An OpenTherm relay tells how warm it is outside")
    func outdoor() throws {
        #expect(
            try device(#""outdoor_temperature":-4.5,"wifi_strength":61"#, type: "OTH")
                == EnergyDevice.State(wifi: 61, outdoorTemperature: -4.5))
    }

    @Test("Errors stand beside the data: a device that does not answer is out of reach, and the others are as they are")
    func errors() throws {
        let body = #"""
            {"home":{"id":"h","rooms":[{"id":5,"therm_measured_temperature":19}],"modules":[{"id":"a","type":"NRV","reachable":true}]},
             "errors":[{"code":6,"id":"b"},{"code":2,"id":"a"},{"code":"x","id":"c"},{"id":"d"},null]}
            """#
        let read = try status(body)
        #expect(read.rooms == ["5": Room.State(temperature: 19)], "an id may be a number")
        #expect(read.devices == ["a": EnergyDevice.State(isReachable: true, errorCode: 2), "b": EnergyDevice.State(errorCode: 6)])
        let lost = EnergyDevice(id: "b", kind: .valve, name: nil, state: read.devices["b"])
        let faulty = EnergyDevice(id: "a", kind: .valve, name: nil, state: read.devices["a"])
        #expect(!lost.isReachable && faulty.isReachable)
    }

    @Test(
        "An answer that tells nothing is no failure",
        arguments: [
            "{}", #"{"home":{}}"#, #"{"home":{"id":"h"}}"#, #"{"home":null}"#, #"{"home":[]}"#, #"{"home":{"rooms":{},"modules":7}}"#,
        ])
    func nothing(body: String) throws {
        let read = try status(body)
        #expect(read.isEmpty)
        #expect(read.time == Date(timeIntervalSince1970: 1_795_465_000))
    }

    @Test("Without a body it is no answer")
    func noBody() {
        #expect(throws: NetatmoError.self) { try status("null") }
    }
}
