import FoundationEssentials
package import Homes

/// A base or a module in JSON, with what is to be thought of it.
package struct JudgedDevice: Encodable {
    let device: Device
    let freshness: Freshness
    let units: Units

    /// - Parameter units: What the readings are told in beside NetAtmo's units.
    package init(device: Device, freshness: Freshness, units: Units) {
        self.device = device
        self.freshness = freshness
        self.units = units
    }

    package func encode(to encoder: any Encoder) throws {
        let judgement = Judgement(of: device, freshness)
        let json: StatusObject = [
            .id: device.id, .name: device.name, .type: device.kind.rawValue, .kind: device.kind.jsonWord, .reachable: device.reachable,
            .isReachable: device.isReachable, .isStale: judgement.isStale, .measuredAt: device.readings?.time,
            .lastSeen: device.lastSeen, .firmware: device.firmware, .battery: battery, .signal: signal, .readings: readings(judgement),
            .felt: felt,
        ]
        try json.encode(to: encoder)
    }

    private var battery: StatusObject? {
        guard let battery = device.battery else { return nil }
        let level = device.batteryLevel
        return [
            .percent: battery.percent, .millivolts: battery.millivolts, .level: level.map { "\($0)" }, .verdict: device.batteryVerdict,
            .word: level?.words,
        ]
    }

    /// Not judged where the device is out of reach.
    private var signal: StatusObject? {
        guard let signal = device.signal else { return nil }
        let level = device.signalLevel
        return [
            .kind: signal.jsonWord, .value: signal.number, .level: level.map { "\($0)" }, .verdict: level?.verdict, .word: level?.words,
        ]
    }

    private var felt: StatusObject? {
        guard let felt = device.readings?.felt, felt.celsius.isFinite else { return nil }
        let shown = ReadingText(felt.celsius, of: .temperature, in: units)
        return [
            .value: felt.celsius, .unit: Measure.temperature.unit.rawValue, .text: shown.text, .textUnit: shown.unit,
            .formula: felt.formula?.rawValue,
        ]
    }

    /// By the names of their measures.
    private func readings(_ judgement: Judgement) -> [String: StatusObject] {
        guard let readings = device.readings else { return [:] }
        let finite = readings.values.filter(\.value.isFinite).map { measure, value in
            (measure.jsonKey, reading(value, of: measure, in: readings, judgement))
        }
        return Dictionary(uniqueKeysWithValues: finite)
    }

    /// For programs in NetAtmo's units, for people in those of the account. Not judged where it is stale.
    private func reading(_ value: Double, of measure: Measure, in readings: Readings, _ judgement: Judgement) -> StatusObject {
        .reading(
            value, of: measure, in: units, verdict: judgement.verdict(of: measure), word: judgement.word(of: measure),
            trend: readings.trends[measure], time: readings.times[measure])
    }
}

extension StatusObject {
    /// A measured value: for programs in NetAtmo's unit, for people in `units`.
    static func reading(
        _ value: Double, of measure: Measure, in units: Units, verdict: Verdict?, word: String?, trend: Readings.Trend? = nil,
        time: Date? = nil
    ) -> StatusObject {
        let shown = ReadingText(value, of: measure, in: units)
        return [
            .value: value, .unit: measure.unit.rawValue, .text: shown.text, .textUnit: shown.unit, .verdict: verdict, .word: word,
            .trend: trend?.rawValue, .time: time,
        ]
    }
}

// MARK: - Reading

extension Device: Decodable {
    /// What is thought of it is judged anew by its reader.
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        let readings = Readings(time: try json.optional(.measuredAt), told: try json.required(.readings), felt: try json.optional(.felt))
        self.init(
            id: try json.required(.id), kind: Kind(rawValue: try json.required(.type)), name: try json.optional(.name),
            reachable: try json.optional(.reachable), firmware: try json.optional(.firmware), battery: try json.optional(.battery),
            signal: try json.optional(.signal), lastSeen: try json.optional(.lastSeen),
            readings: readings.time == nil && readings.values.isEmpty ? nil : readings
        )
    }
}

struct ToldReading: Decodable {
    let value: Double
    let trend: String?
    let time: Date?
}

private struct ToldFeltTemperature: Decodable {
    let value: Double
    let formula: String?

    /// A formula that this release does not know is left out.
    var temperature: FeltTemperature {
        FeltTemperature(celsius: value, formula: formula.flatMap(FeltTemperature.Formula.init))
    }
}

extension Readings {
    /// Measures that this release does not know are left out.
    fileprivate init(time: Date?, told: [String: ToldReading], felt: ToldFeltTemperature?) {
        let known = MeasureTable { told[$0.jsonKey] }
        self.init(
            time: time, values: MeasureTable { known[$0]?.value }, trends: MeasureTable { known[$0]?.trend.flatMap(Trend.init) },
            times: MeasureTable { known[$0]?.time }, felt: felt?.temperature)
    }
}

extension Device.Battery: Decodable {
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        self.init(percent: try json.optional(.percent), millivolts: try json.optional(.millivolts))
    }
}

extension Device.Signal: Decodable {
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        let number: Int = try json.required(.value)
        switch try json.required(.kind) as String {
        case Self.wifi(0).jsonWord: self = .wifi(number)
        case Self.radio(0).jsonWord: self = .radio(number)
        default: throw DecodingError.dataCorruptedError(forKey: .kind, in: json, debugDescription: "neither wifi nor radio")
        }
    }
}

// MARK: - Words

// The names of the cases are the words of the contract. A test holds them to those of Documentation/status-json.md.

extension Device.Kind {
    /// What kind of device it is, in a word.
    fileprivate var jsonWord: String {
        if case .other = self { "other" } else { "\(self)" }
    }
}

extension Device.Signal {
    fileprivate var jsonWord: String {
        switch self {
        case .wifi: "wifi"
        case .radio: "radio"
        }
    }
}
