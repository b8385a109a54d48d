import FoundationEssentials
package import Homes

/// A relay, a thermostat or a valve in JSON, with what is to be thought of it where there is somebody to judge.
package struct ToldEnergyDevice: Encodable {
    private let device: EnergyDevice
    private let judge: HomeJudge?

    /// All devices of a home.
    package static func devices(of home: EnergyHome, by judge: HomeJudge?) -> [ToldEnergyDevice] {
        home.devices.map { ToldEnergyDevice(device: $0, judge: judge) }
    }

    package func encode(to encoder: any Encoder) throws {
        let state = device.state
        let json: StatusObject = [
            .id: device.id, .type: device.kind.rawValue, .name: device.name, .roomID: device.roomID, .relayID: device.relayID,
            .setUp: device.setUp, .isTold: state != nil, .reachable: state?.isReachable, .firmware: state?.firmware, .battery: battery,
            .radio: state?.radio.map { signal(.radio($0)) }, .wifi: state?.wifi.map { signal(.wifi($0)) }, .lastSeen: state?.lastSeen,
            .isBoilerOn: state?.isBoilerOn, .hasComfortBoost: state?.hasComfortBoost, .outdoorTemperature: outdoorTemperature,
            .errorCode: state?.errorCode,
        ]
        guard judge != nil else { return try json.encode(to: encoder) }
        let judged: StatusObject = [.kind: "\(device.kind)", .isReachable: device.isReachable]
        try (json + judged).encode(to: encoder)
    }

    private var battery: StatusObject? {
        guard let state = device.state, state.batteryLevel != nil || state.batteryMillivolts != nil else { return nil }
        let level = state.batteryLevel
        let json: StatusObject = [.millivolts: state.batteryMillivolts, .level: level.map { "\($0)" }]
        return judge == nil ? json : json + [.verdict: level?.verdict, .word: level?.words]
    }

    /// Not judged where the device is out of reach.
    private func signal(_ signal: Device.Signal) -> StatusObject {
        guard judge != nil else { return [.value: signal.number] }
        let level = device.isReachable ? signal.level : nil
        return [.value: signal.number, .level: level.map { "\($0)" }, .verdict: level?.verdict, .word: level?.words]
    }

    private var outdoorTemperature: StatusObject? {
        guard let celsius = device.state?.outdoorTemperature, celsius.isFinite else { return nil }
        guard let judge else { return [.value: celsius] }
        return .reading(celsius, of: .temperature, in: judge.units, verdict: nil, word: nil)
    }
}

/// A device as it is read; `nil` where it is of a kind that this release does not know.
struct ReadEnergyDevice: Decodable {
    let device: EnergyDevice?

    init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        guard let kind = EnergyDevice.Kind(rawValue: try json.required(.type)) else {
            device = nil
            return
        }
        device = EnergyDevice(
            id: try json.required(.id), kind: kind, name: try json.optional(.name), roomID: try json.optional(.roomID),
            relayID: try json.optional(.relayID), setUp: try json.optional(.setUp),
            state: try json.required(.isTold) ? EnergyDevice.State(json) : nil)
    }
}

private struct ReadBattery: Decodable {
    let millivolts: Int?
    let level: String?
}

private struct ReadSignal: Decodable {
    let value: Int
}

extension EnergyDevice.State {
    /// A level that this release does not know is left out.
    fileprivate init(_ json: KeyedDecodingContainer<StatusKey>) throws {
        let battery: ReadBattery? = try json.optional(.battery)
        let (radio, wifi): (ReadSignal?, ReadSignal?) = (try json.optional(.radio), try json.optional(.wifi))
        let outdoors: ToldReading? = try json.optional(.outdoorTemperature)
        self.init(
            isReachable: try json.optional(.reachable), firmware: try json.optional(.firmware), batteryMillivolts: battery?.millivolts,
            batteryLevel: battery?.level.flatMap { word in Device.BatteryLevel.allCases.first { "\($0)" == word } }, radio: radio?.value,
            wifi: wifi?.value, lastSeen: try json.optional(.lastSeen), isBoilerOn: try json.optional(.isBoilerOn),
            hasComfortBoost: try json.optional(.hasComfortBoost), outdoorTemperature: outdoors?.value,
            errorCode: try json.optional(.errorCode))
    }
}
