import Exporter
import FoundationEssentials
import Homes
import TerminalUI

/// A module in one line of words: what is wrong with it, its values, and when it measured.
struct ModuleWords: Sendable {
    let words: PlainWords
    /// What values are told in.
    let units: Units
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
        let module = part.module
        let name = [home, module.title].compactMap(\.self).joined(separator: ", ")
        let values = module.readings.map { readings in
            order.compactMap { measure in
                readings[measure].map { phrase(measure, $0, readings, verdict: part.isStale ? nil : module.verdictWord(of: measure)) }
            }
        }
        let device = [battery(of: part), signal(of: module), isDetailed ? part.firmware.map { "firmware \($0)" } : nil, age(of: part)]
        return "\(name): " + (trouble(of: part, after: said) + (values ?? []) + device.compactMap(\.self)).joined(separator: "; ")
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

    private func phrase(_ measure: Measure, _ value: Double, _ readings: Readings, verdict: String?) -> String {
        if measure == .healthIndex { return "health \(readings.health?.word ?? "unknown")" }
        let trend = readings.trends[measure].map { " \($0.plainWord)" } ?? ""
        let amount = "\(measure.title.plainLowercased) \(words.value(value, of: measure, in: units))"
        let extremes = isDetailed ? measure.extremes.compactMap { extreme($0.measure, $0.word, readings) } : []
        return ([amount + trend + direction(measure, readings)] + [verdict].compactMap(\.self) + extremes).joined(separator: ", ")
    }

    /// `lowest 18.9 °C at 06:00:00`
    private func extreme(_ measure: Measure, _ word: String, _ readings: Readings) -> String? {
        guard let value = readings[measure] else { return nil }
        let time = readings.times[measure].map { " at \(words.clock($0, now: now))" } ?? ""
        return "\(word) \(words.value(value, of: measure, in: units))\(direction(measure, readings))\(time)"
    }

    /// ` from SW`, where the measure is that of a wind.
    private func direction(_ measure: Measure, _ readings: Readings) -> String {
        measure.angle.flatMap { readings[$0] }.flatMap(words.measures(in: units).compassPoint).map { " from \($0)" } ?? ""
    }

    private func battery(of part: StationStatus.ModulePart) -> String? {
        let level = part.battery?.levelOfNetatmo
        let percent = part.battery?.percent.map { "\($0) %" }
        // Beside a percentage the level is worth a word only where something has to be done.
        let word = percent == nil || level?.verdict != .fine ? level?.words : nil
        let voltage = isDetailed ? part.battery?.millivolts.map { "\($0) mV" } : nil
        let facts = [percent, word, voltage].compactMap(\.self)
        return facts.isEmpty ? nil : "battery \(facts.joined(separator: ", "))"
    }

    private func signal(of module: Module) -> String? {
        guard module.isReachable, let signal = module.signal else { return nil }
        switch signal {
        case .wifi: return "Wi-Fi \(signal.word)"
        case .radio: return "radio \(signal.word)"
        }
    }

    private func age(of part: StationStatus.ModulePart) -> String? {
        words.date(part.measuredAt).map { "measured \(words.span(from: $0, to: now)) ago" }
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

extension Readings.Trend {
    fileprivate var plainWord: String {
        switch self {
        case .up: "rising"
        case .down: "falling"
        case .stable: "steady"
        }
    }
}

extension String {
    /// For the middle of a line: abbreviations stay as they are.
    fileprivate var plainLowercased: String {
        dropFirst().first.map { $0.isUppercase } ?? false ? self : lowercased()
    }
}
