import FoundationEssentials
package import Homes

/// A base or a module in JSON, with what is to be thought of it.
package struct JudgedDevice: Encodable {
    let device: Device
    let freshness: Freshness
    /// What the readings are told in beside NetAtmo's units.
    let units: Units

    /// - Parameters:
    ///   - device: What is told.
    ///   - freshness: Says whether it is stale.
    ///   - units: What the readings are told in beside NetAtmo's units.
    package init(device: Device, freshness: Freshness, units: Units) {
        self.device = device
        self.freshness = freshness
        self.units = units
    }

    package func encode(to encoder: any Encoder) throws {
        let judgement = Judgement(of: device, freshness)
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(device.id, forKey: .id)
        try json.encode(device.name, forKey: .name)
        try json.encode(device.kind.rawValue, forKey: .type)
        try json.encode(device.kind.jsonWord, forKey: .kind)
        try json.encode(device.reachable, forKey: .reachable)
        try json.encode(device.isReachable, forKey: .isReachable)
        try json.encode(judgement.isStale, forKey: .isStale)
        try json.encode(device.readings?.time, forKey: .measuredAt)
        try json.encode(device.lastSeen, forKey: .lastSeen)
        try json.encode(device.firmware, forKey: .firmware)
        try json.encode(device.battery.map { JudgedBattery(battery: $0, level: device.batteryLevel) }, forKey: .battery)
        try json.encode(device.signal.map { JudgedSignal(signal: $0, level: device.signalLevel) }, forKey: .signal)
        try json.encode(readings(judgement), forKey: .readings)
    }

    /// By the names of their measures.
    private func readings(_ judgement: Judgement) -> [String: JudgedReading] {
        guard let readings = device.readings else { return [:] }
        let finite = readings.values.filter(\.value.isFinite).map { measure, value in
            (measure.jsonKey, JudgedReading(value: value, measure: measure, readings: readings, judgement: judgement, units: units))
        }
        return Dictionary(uniqueKeysWithValues: finite)
    }
}

private struct JudgedBattery: Encodable {
    let battery: Device.Battery
    let level: Device.BatteryLevel?

    func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(battery.percent, forKey: .percent)
        try json.encode(battery.millivolts, forKey: .millivolts)
        try json.encode(level.map { "\($0)" }, forKey: .level)
        try json.encode(level?.verdict, forKey: .verdict)
        try json.encode(level?.words, forKey: .word)
    }
}

/// Not judged where the device is out of reach.
private struct JudgedSignal: Encodable {
    let signal: Device.Signal
    let level: Device.SignalLevel?

    func encode(to encoder: any Encoder) throws {
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(signal.jsonWord, forKey: .kind)
        try json.encode(signal.number, forKey: .value)
        try json.encode(level.map { "\($0)" }, forKey: .level)
        try json.encode(level?.verdict, forKey: .verdict)
        try json.encode(level?.words, forKey: .word)
    }
}

/// For programs in NetAtmo's units, for people in those of the account. Not judged where it is stale.
private struct JudgedReading: Encodable {
    let value: Double
    let measure: Measure
    let readings: Readings
    let judgement: Judgement
    let units: Units

    func encode(to encoder: any Encoder) throws {
        let shown = ReadingText(value, of: measure, in: units)
        var json = encoder.container(keyedBy: StatusKey.self)
        try json.encode(value, forKey: .value)
        try json.encode(measure.unit.rawValue, forKey: .unit)
        try json.encode(shown.text, forKey: .text)
        try json.encode(shown.unit, forKey: .textUnit)
        try json.encode(judgement.verdict(of: measure), forKey: .verdict)
        try json.encode(judgement.word(of: measure), forKey: .word)
        try json.encode(readings.trends[measure]?.rawValue, forKey: .trend)
        try json.encode(readings.times[measure], forKey: .time)
    }
}

// MARK: - Reading

extension Device: Decodable {
    /// What is thought of it is judged anew by whoever asks.
    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        let readings = try Readings(
            time: json.optional(.measuredAt), told: json.decode([String: ToldReading].self, forKey: .readings))
        self.init(
            id: try json.decode(String.self, forKey: .id), kind: Kind(rawValue: try json.decode(String.self, forKey: .type)),
            name: try json.optional(.name), reachable: try json.optional(.reachable), firmware: try json.optional(.firmware),
            battery: try json.optional(.battery), signal: try json.optional(.signal), lastSeen: try json.optional(.lastSeen),
            readings: readings.time == nil && readings.values.isEmpty ? nil : readings
        )
    }
}

private struct ToldReading: Decodable {
    let value: Double
    let trend: String?
    let time: Date?
}

extension Readings {
    /// Measures that this release does not know are left out.
    fileprivate init(time: Date?, told: [String: ToldReading]) {
        let known = Measure.allCases.compactMap { measure in told[measure.jsonKey].map { (measure, $0) } }
        self.init(
            time: time, values: Dictionary(uniqueKeysWithValues: known.map { ($0, $1.value) }),
            trends: Dictionary(
                uniqueKeysWithValues: known.compactMap { measure, reading in
                    reading.trend.flatMap(Trend.init).map { (measure, $0) }
                }),
            times: Dictionary(uniqueKeysWithValues: known.compactMap { measure, reading in reading.time.map { (measure, $0) } })
        )
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
        let number = try json.decode(Int.self, forKey: .value)
        switch try json.decode(String.self, forKey: .kind) {
        case Self.wifi(0).jsonWord: self = .wifi(number)
        case Self.radio(0).jsonWord: self = .radio(number)
        default: throw DecodingError.dataCorruptedError(forKey: .kind, in: json, debugDescription: "neither wifi nor radio")
        }
    }
}

// MARK: - Words

// The names of the cases are the words of the contract. A test holds them to the README's.

extension Measure {
    /// The key of the measure among a device's `readings`.
    package var jsonKey: String { "\(self)" }
}

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
