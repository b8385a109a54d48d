import FoundationEssentials
import Homes
import OperatingSystem

/// A module in one line of words: what is wrong with it, its values, and when it measured.
struct ModuleWords: Sendable {
    let words: PlainWords
    let now: Date
    let freshness: Freshness
    let units: Units
    /// Whether today's extremes, the pressure at the station's altitude, the battery's voltage and the firmware are told too.
    var isDetailed = false
    /// Whether a room's name says that it is one: a module of its home may be called the same.
    var marksRooms = false

    /// A module as it was said, with what was thought of it.
    struct Said: Sendable {
        let device: Device
        let isStale: Bool
    }

    /// `Stue: temperature 21.4 °C rising; humidity 72 %, high; …; battery 12 %, low; Wi-Fi good; measured 30 s ago`.
    ///
    /// What stands between two semicolons is about one thing.
    ///
    /// - Parameters:
    ///   - home: The name of its home, where there are several.
    ///   - said: What was said of it last, where that was a line before this one.
    func line(_ device: Device, in home: String? = nil, after said: Said? = nil) -> String {
        let judgement = Judgement(of: device, freshness)
        let title = marksRooms && device.kind == .room ? "\(device.title) (room)" : device.title
        let name = [home, title].compactMap(\.self).joined(separator: ", ")
        let values = order.compactMap { phrase($0, device, judgement) }
        let firmware = isDetailed ? device.firmware.map { "firmware \($0)" } : nil
        let facts = [battery(of: device), signal(of: device), firmware, age(of: device)].compactMap(\.self)
        return "\(name): "
            + (trouble(of: device, isStale: judgement.isStale, after: said) + values + heating(of: device) + facts).joined(separator: "; ")
    }

    private func trouble(of device: Device, isStale: Bool, after said: Said?) -> [String] {
        let stale = isStale && device.hasReadings ? ["stale"] : []
        guard device.isReachable else {
            let seen = device.lastSeen.map { ", last seen \(words.clock($0, now: now))" } ?? ""
            return ["unreachable\(seen)"] + stale
        }
        let none = device.hasReadings ? [] : ["no readings"]
        switch said {
        case let said? where !said.device.isReachable: return ["reachable again"] + none + stale
        case let said? where said.isStale && !isStale: return ["fresh again"]
        default: return none + stale
        }
    }

    /// Those that say most first; where a direction or an extreme belongs to another measure, it is told with that one.
    private var order: [Measure] {
        [.temperature, .setpoint, .heatingPower, .humidity, .co2, .noise, .pressure] + (isDetailed ? [.absolutePressure] : [])
            + [.windStrength, .gustStrength, .rain, .rainLastHour, .rainToday, .healthIndex]
    }

    private func phrase(_ measure: Measure, _ device: Device, _ judgement: Judgement) -> String? {
        guard let reading = text(measure, device) else { return nil }
        if measure == .healthIndex { return "health \(reading.text.isEmpty ? "unknown" : reading.text)" }
        let trend = device.readings?.trends[measure].map { " \($0.word)" } ?? ""
        let amount = "\(measure.title.plainLowercased) \(words.amount(reading))"
        let extremes = isDetailed ? measure.extremes.compactMap { extreme($0.measure, $0.word, device) } : []
        let verdict = [judgement.word(of: measure)].compactMap(\.self)
        return ([amount + trend + direction(measure, device)] + verdict + extremes).joined(separator: ", ")
    }

    /// `lowest 18.9 °C at 06:00:00`
    private func extreme(_ measure: Measure, _ word: String, _ device: Device) -> String? {
        guard let reading = text(measure, device) else { return nil }
        let time = device.readings?.times[measure].map { " at \(words.clock($0, now: now))" } ?? ""
        return "\(word) \(words.amount(reading))\(direction(measure, device))\(time)"
    }

    /// ` from SW`, where the measure is that of a wind.
    private func direction(_ measure: Measure, _ device: Device) -> String {
        let point = measure.angle.flatMap { text($0, device) }?.text ?? ""
        return point.isEmpty ? "" : " from \(point)"
    }

    private func text(_ measure: Measure, _ device: Device) -> ReadingText? {
        device.readings?[measure].map { ReadingText($0, of: measure, in: units) }
    }

    /// `manual until 22:00:00`, `window open`; of a boiler `on`.
    private func heating(of device: Device) -> [String] {
        switch device.readings?.heating {
        case .room(let room):
            let mode = room.words(at: now) { words.clock($0, now: now) }
            return [mode, room.isAnticipating ? "heating ahead" : nil, room.isWindowOpen ? "window open" : nil].compactMap(\.self)
        case .boiler(let boiler): return [boiler.isOn ? "on" : "off"] + (boiler.hasComfortBoost ? ["comfort boost"] : [])
        case nil: return []
        }
    }

    private func battery(of device: Device) -> String? {
        let (percent, level) = (device.battery?.percent.map { "\($0) %" }, device.batteryLevel)
        // Beside a percentage the level is worth a word only where something has to be done.
        let word = percent == nil || level?.verdict != .fine ? level?.words : nil
        let voltage = isDetailed ? device.battery?.millivolts.map { "\($0) mV" } : nil
        let facts = [percent, word, voltage].compactMap(\.self)
        return facts.isEmpty ? nil : "battery \(facts.joined(separator: ", "))"
    }

    private func signal(of device: Device) -> String? {
        guard let signal = device.signal, let level = device.signalLevel else { return nil }
        return switch signal {
        case .wifi: "Wi-Fi \(level.words)"
        case .radio: "radio \(level.words)"
        }
    }

    private func age(of device: Device) -> String? {
        (device.readings?.time).map { "measured \(DurationText.words(from: $0, to: now)) ago" }
    }
}

extension Device {
    fileprivate var hasReadings: Bool {
        readings.map { !$0.values.isEmpty || $0.heating != nil } ?? false
    }
}

extension Measure {
    /// The direction that belongs to it.
    fileprivate var angle: Measure? {
        switch self {
        case .windStrength: .windAngle
        case .gustStrength: .gustAngle
        case .windStrengthMaximum: .windAngleMaximum
        default: nil
        }
    }

    /// The extremes of the day that belong to it, each with a word for it.
    fileprivate var extremes: [(word: String, measure: Measure)] {
        switch self {
        case .temperature: [("lowest", .temperatureMinimum), ("highest", .temperatureMaximum)]
        case .windStrength: [("strongest", .windStrengthMaximum)]
        default: []
        }
    }
}

extension String {
    /// For the middle of a line: abbreviations stay as they are.
    fileprivate var plainLowercased: String {
        dropFirst().first.map { $0.isUppercase } ?? false ? self : lowercased()
    }
}
