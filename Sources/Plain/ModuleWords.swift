import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem

/// A module in one line of words: what is wrong with it, its values, and when it measured. The judgements are the status's own.
struct ModuleWords: Sendable {
    let words: PlainWords
    let now: Date
    /// Whether today's extremes, the pressure at the station's altitude, the battery's voltage and the firmware are told too.
    var isDetailed = false

    /// `Stue: temperature 21.4 °C rising; humidity 72 %, high; …; battery 12 %, low; Wi-Fi good; measured 30 s ago`.
    ///
    /// What stands between two semicolons is about one thing.
    ///
    /// - Parameters:
    ///   - part: The module.
    ///   - home: The name of its home, where there are several.
    ///   - said: What was said of it last, where that was a line before this one.
    func line(_ part: StationStatus.ModulePart, in home: String? = nil, after said: StationStatus.ModulePart? = nil) -> String {
        let name = [home, part.title].compactMap(\.self).joined(separator: ", ")
        let values = order.compactMap { measure in part.reading(of: measure).map { phrase(measure, $0, part) } }
        let device = [battery(of: part), signal(of: part), isDetailed ? part.firmware.map { "firmware \($0)" } : nil, age(of: part)]
        return "\(name): " + (trouble(of: part, after: said) + values + device.compactMap(\.self)).joined(separator: "; ")
    }

    private func trouble(of part: StationStatus.ModulePart, after said: StationStatus.ModulePart?) -> [String] {
        let stale = part.isStale && !part.readings.isEmpty ? ["stale"] : []
        guard part.isReachable else {
            let seen = words.date(part.lastSeen).map { ", last seen \(words.clock($0, now: now))" } ?? ""
            return ["unreachable\(seen)"] + stale
        }
        let none = part.readings.isEmpty ? ["no readings"] : []
        switch said {
        case let said? where !said.isReachable: return ["reachable again"] + none + stale
        case let said? where said.isStale && !part.isStale: return ["fresh again"]
        default: return none + stale
        }
    }

    /// Those that say most first; where a direction or an extreme belongs to another measure, it is told with that one.
    private var order: [Measure] {
        [.temperature, .humidity, .co2, .noise, .pressure] + (isDetailed ? [.absolutePressure] : [])
            + [.windStrength, .gustStrength, .rain, .rainLastHour, .rainToday, .healthIndex]
    }

    private func phrase(_ measure: Measure, _ reading: StationStatus.ReadingPart, _ part: StationStatus.ModulePart) -> String {
        if measure == .healthIndex { return "health \(reading.text.isEmpty ? "unknown" : reading.text)" }
        let trend = reading.trend.flatMap(Readings.Trend.init).map { " \($0.word)" } ?? ""
        let amount = "\(measure.title.plainLowercased) \(words.amount(reading))"
        let extremes = isDetailed ? measure.extremes.compactMap { extreme($0.measure, $0.word, part) } : []
        return ([amount + trend + direction(measure, part)] + [reading.word].compactMap(\.self) + extremes).joined(separator: ", ")
    }

    /// `lowest 18.9 °C at 06:00:00`
    private func extreme(_ measure: Measure, _ word: String, _ part: StationStatus.ModulePart) -> String? {
        guard let reading = part.reading(of: measure) else { return nil }
        let time = words.date(reading.time).map { " at \(words.clock($0, now: now))" } ?? ""
        return "\(word) \(words.amount(reading))\(direction(measure, part))\(time)"
    }

    /// ` from SW`, where the measure is that of a wind.
    private func direction(_ measure: Measure, _ part: StationStatus.ModulePart) -> String {
        let point = measure.angle.flatMap(part.reading)?.text ?? ""
        return point.isEmpty ? "" : " from \(point)"
    }

    private func battery(of part: StationStatus.ModulePart) -> String? {
        let percent = part.battery?.percent.map { "\($0) %" }
        // Beside a percentage the level is worth a word only where something has to be done.
        let word = percent == nil || part.battery?.verdict != .fine ? part.battery?.word : nil
        let voltage = isDetailed ? part.battery?.millivolts.map { "\($0) mV" } : nil
        let facts = [percent, word, voltage].compactMap(\.self)
        return facts.isEmpty ? nil : "battery \(facts.joined(separator: ", "))"
    }

    private func signal(of part: StationStatus.ModulePart) -> String? {
        guard let signal = part.signal, let word = signal.word else { return nil }
        return "\(signal.kind == "wifi" ? "Wi-Fi" : signal.kind) \(word)"
    }

    private func age(of part: StationStatus.ModulePart) -> String? {
        words.date(part.measuredAt).map { "measured \(DurationText.words(from: $0, to: now)) ago" }
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

extension StationStatus.ModulePart {
    /// The module's name on the screen.
    fileprivate var title: String {
        Device.title(name: name, kind: Device.Kind(rawValue: type), id: id)
    }

    fileprivate func reading(of measure: Measure) -> StationStatus.ReadingPart? {
        readings[measure.statusKey]
    }
}

extension String {
    /// For the middle of a line: abbreviations stay as they are.
    fileprivate var plainLowercased: String {
        dropFirst().first.map { $0.isUppercase } ?? false ? self : lowercased()
    }
}
