import Exporter
import FoundationEssentials
import Netatmo
import TerminalUI

/// A module in one line of words: its values, what is wrong with it, and when it measured.
struct ModuleWords: Sendable {
    let words: PlainWords
    let now: Date

    /// `Stue: temperature 21.4 °C steady, humidity 41 %, …; Wi-Fi good; measured 30 s ago`.
    ///
    /// - Parameters:
    ///   - module: The module.
    ///   - name: What it is called, where its own name does not tell it from others.
    func line(_ module: StationStatus.ModulePart, named name: String? = nil) -> String {
        let parts = [trouble(of: module), values(of: module), battery(of: module), signal(of: module), age(of: module)]
        return "\(name ?? module.plainName): " + parts.compactMap(\.self).joined(separator: "; ")
    }

    private func trouble(of module: StationStatus.ModulePart) -> String? {
        guard !module.isReachable else { return module.isStale ? "stale" : nil }
        let seen = words.date(module.lastSeen).map { ", last seen \(words.clock($0, now: now))" } ?? ""
        return "unreachable\(seen)"
    }

    private func values(of module: StationStatus.ModulePart) -> String? {
        let values = Self.order.compactMap { measure in
            module.readings[measure.statusKey].map { phrase(measure, $0, among: module.readings) }
        }
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// Those that say most first; where a direction or an extreme belongs to another measure, it is told with that one.
    private static let order: [Measure] = [
        .temperature, .humidity, .co2, .noise, .pressure, .windStrength, .gustStrength, .rain, .rainLastHour, .rainToday, .healthIndex,
    ]

    private func phrase(
        _ measure: Measure, _ reading: StationStatus.ReadingPart, among readings: [String: StationStatus.ReadingPart]
    ) -> String {
        if measure == .healthIndex { return "health \(health(reading.value))" }
        let trend = reading.trend.flatMap(Readings.Trend.init).map { " \($0.word)" } ?? ""
        let angle = measure.angle.flatMap { readings[$0.statusKey] }
        let direction = angle.map { " from \(words.measures.compass($0.value))" } ?? ""
        return "\(measure.title.plainLowercased) \(words.value(reading.value, of: measure))\(trend)\(direction)"
    }

    private func health(_ index: Double) -> String {
        let words = ["healthy", "fine", "fair", "poor", "unhealthy"]
        return Int(exactly: index).flatMap { words.indices.contains($0) ? words[$0] : nil } ?? "unknown"
    }

    private func battery(of module: StationStatus.ModulePart) -> String? {
        module.battery?.percent.map { "battery \($0) %" }
    }

    private func signal(of module: StationStatus.ModulePart) -> String? {
        guard module.isReachable, let signal = module.signal else { return nil }
        let levels = ["bad", "fair", "good", "excellent"]
        return signal.kind == "wifi"
            ? "Wi-Fi \(levels[MeasureText.signalLevel(.wifi(signal.value))])"
            : "radio \(levels[MeasureText.signalLevel(.radio(signal.value))])"
    }

    private func age(of module: StationStatus.ModulePart) -> String? {
        guard let measured = words.date(module.measuredAt) else { return module.isReachable ? "never measured" : nil }
        return "measured \(words.span(from: measured, to: now)) ago"
    }
}

extension StationStatus.ModulePart {
    /// Its own name, or what it is and the end of its id.
    var plainName: String {
        if let name, !name.isEmpty { return name }
        return "\(Module.Kind(rawValue: type).word) \(id.suffix(2))"
    }
}

extension Measure {
    /// The direction that belongs to it.
    fileprivate var angle: Measure? {
        switch self {
        case .windStrength: .windAngle
        case .gustStrength: .gustAngle
        default: nil
        }
    }
}

extension Readings.Trend {
    fileprivate var word: String {
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
