import FoundationEssentials
package import Homes

/// A room in JSON, with what is to be thought of it where there is somebody to judge.
package struct ToldRoom: Encodable {
    private let room: Room
    /// The same as a device that measures, which is what is judged.
    private let device: Device
    private let judge: HomeJudge?

    /// All rooms of a home.
    package static func rooms(of home: EnergyHome, by judge: HomeJudge?) -> [ToldRoom] {
        // The rooms come first there, in their order.
        zip(home.rooms, home.roomStation?.devices ?? []).map { ToldRoom(room: $0, device: $1, judge: judge) }
    }

    package func encode(to encoder: any Encoder) throws {
        let state = room.state
        let json: StatusObject = [
            .id: room.id, .name: room.name, .type: room.type, .deviceIDs: room.deviceIDs, .isTold: state != nil,
            .reachable: state?.isReachable, .mode: state?.mode?.rawValue, .setpointStart: state?.setpointStart,
            .setpointEnd: state?.setpointEnd, .isAnticipating: state?.isAnticipating, .isWindowOpen: state?.isWindowOpen,
            .readings: readings, .alerts: alerts,
        ]
        guard let judge else { return try json.encode(to: encoder) }
        let judged: StatusObject = [.isReachable: device.isReachable, .isStale: Judgement(of: device, judge.freshness).isStale]
        try (json + judged).encode(to: encoder)
    }

    /// The sides of the user's limits, by the words of what is watched.
    private var alerts: [String: String] {
        Dictionary(room.alerts.map { ($0.word, $1.rawValue) }) { first, _ in first }
    }

    /// By the names of their measures.
    private var readings: [String: StatusObject] {
        guard let state = room.state else { return [:] }
        let values: [(name: String, measure: Measure, value: Double?)] = [
            (Measure.temperature.jsonKey, .temperature, state.temperature), (Measure.setpoint.jsonKey, .setpoint, state.setpoint),
            (Room.coolingSetpointKey, .setpoint, state.coolingSetpoint), (Measure.heatingPower.jsonKey, .heatingPower, state.heatingPower),
            (Measure.humidity.jsonKey, .humidity, state.humidity),
        ]
        let told = values.compactMap { name, measure, value in
            value.flatMap { $0.isFinite ? (name, reading($0, of: measure, isJudged: name == measure.jsonKey)) : nil }
        }
        return Dictionary(uniqueKeysWithValues: told)
    }

    private func reading(_ value: Double, of measure: Measure, isJudged: Bool) -> StatusObject {
        guard let judge else { return [.value: value] }
        let judgement = isJudged ? Judgement(of: device, judge.freshness) : nil
        return .reading(
            value, of: measure, in: judge.units, verdict: judgement?.verdict(of: measure), word: judgement?.word(of: measure))
    }
}

extension Room: Decodable {
    /// What it is to become where it is cooled is no measure of its own.
    fileprivate static let coolingSetpointKey = "coolingSetpoint"

    /// What is thought of it is judged anew by its reader. Alerts that this release does not know are left out.
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        let alerts: [String: String] = try json.optional(.alerts) ?? [:]
        let known = alerts.compactMap { word, side in
            AlertRule.Subject(word: word).flatMap { subject in AlertRule.Side(rawValue: side).map { (subject, $0) } }
        }
        self.init(
            id: try json.required(.id), name: try json.optional(.name), type: try json.optional(.type),
            deviceIDs: try json.optional(.deviceIDs) ?? [], state: try json.required(.isTold) ? State(json) : nil,
            alerts: Dictionary(known) { first, _ in first })
    }
}

extension Room.State {
    fileprivate init(_ json: KeyedDecodingContainer<StatusKey>) throws {
        let readings: [String: ToldReading] = try json.required(.readings)
        func value(_ measure: Measure) -> Double? { readings[measure.jsonKey]?.value }
        self.init(
            isReachable: try json.optional(.reachable), temperature: value(.temperature), setpoint: value(.setpoint),
            coolingSetpoint: readings[Room.coolingSetpointKey]?.value,
            mode: (try json.optional(.mode) as String?).map(SetpointMode.init), setpointStart: try json.optional(.setpointStart),
            setpointEnd: try json.optional(.setpointEnd), heatingPower: value(.heatingPower).flatMap(Measure.heatingPower.reading),
            isAnticipating: try json.optional(.isAnticipating), isWindowOpen: try json.optional(.isWindowOpen),
            humidity: value(.humidity))
    }
}
