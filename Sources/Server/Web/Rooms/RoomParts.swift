import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem

/// What pages show of a room or a boiler, which is a device of a pseudo station (``EnergyHome/roomStation``).
struct RoomParts: Sendable {
    let device: Device
    let freshness: Freshness
    let units: Units
    let now: Date
    let time: LocalTime

    var isAged: Bool { freshness.isStale(device) || !device.isReachable }

    /// `20.4° → 21.0°`, the setpoint behind the arrow; `nil` without a temperature.
    var temperature: HTML? {
        guard let value = device.readings?[.temperature] else { return nil }
        let judgement = Judgement(of: device, freshness)
        let word = judgement.word(of: .temperature).map { " <small>\($0)</small>" as HTML }
        let setpoint = device.readings?[.setpoint].map { setpoint -> HTML in
            " <small><span aria-hidden=\"true\">→</span><span class=\"unseen\">setpoint</span> \(degrees(setpoint, of: .setpoint))</small>"
        }
        return "<span\(HTML.role(judgement.verdict(of: .temperature)))>\(degrees(value, of: .temperature))\(word)</span>\(setpoint)"
    }

    private func degrees(_ value: Double, of measure: Measure) -> String {
        "\(ReadingText(value, of: measure, in: units).text)°"
    }

    /// A bar of how much heat its valves ask for, and the number; `nil` where there are none.
    var power: HTML? {
        guard let value = device.readings?[.heatingPower] else { return nil }
        let power = min(100, max(0, value))
        let text = ReadingText(power, of: .heatingPower, in: units).text
        return """
            <p class="power"><span>heating</span><svg class="bar" aria-hidden="true" width="100%" height="6">\
            <rect class="whole" width="100%" height="6" rx="3"/><rect class="part" width="\(power)%" height="6" rx="3"/></svg>\
            <span>\(text) %</span></p>
            """
    }

    /// `manual until 22:00`
    var mode: String? {
        device.readings?.roomHeating.flatMap { $0.words(at: now) { end in time.shortClock(end, now: now) } }
    }

    /// What goes on beside: `window open`, `anticipating`; of a boiler `on`, `comfort boost`.
    var notes: [HTML] {
        if let boiler = device.readings?.boiler {
            return [boiler.isOn ? "<strong>on</strong>" : "off", boiler.hasComfortBoost ? "comfort boost" : nil].compactMap(\.self)
        }
        guard let room = device.readings?.roomHeating else { return [] }
        return [room.isWindowOpen ? "<span class=\"warning\">window open</span>" : nil, room.isAnticipating ? "anticipating" : nil]
            .compactMap(\.self)
    }

    /// Mode and notes in a row.
    var state: HTML? {
        let parts = (mode.map { [HTML($0)] } ?? []) + notes
        guard !parts.isEmpty else { return nil }
        return "<p class=\"heating\">\(parts.map { "<span>\($0)</span> " as HTML })</p>"
    }

    /// Age, reach, the worst battery and the worst radio of its devices.
    var facts: [HTML] {
        [reach, age, battery, radio].compactMap(\.self)
    }

    private var reach: HTML? {
        guard !device.isReachable else { return nil }
        let since = device.lastSeen.map { " since \(time.clock($0, now: now))" } ?? ""
        return "<span class=\"bad\">unreachable\(since)</span>"
    }

    private var age: HTML? {
        guard let told = device.readings?.time else { return nil }
        let isStale = freshness.isStale(device)
        // The script counts on.
        let since: HTML = "\(Int(clamping: told))"
        let role: HTML = isStale ? " class=\"warning\"" : ""
        return """
            <span\(role)>\(isStale ? "stale, told" : "told") <span data-since="\(since)">\(DurationText.age(of: told, at: now))</span> ago</span>
            """
    }

    private var battery: HTML? {
        guard let battery = device.battery else { return nil }
        guard let words = device.batteryLevel?.words ?? battery.millivolts.map({ "\($0) mV" }) else { return nil }
        return "<span\(HTML.role(device.batteryVerdict))>battery \(words)</span>"
    }

    private var radio: HTML? {
        guard let level = device.signalLevel else { return nil }
        return "<span\(HTML.role(level.verdict))>radio \(level.words)</span>"
    }
}

extension Int {
    /// Milliseconds since 1970, of whatever date.
    fileprivate init(clamping date: Date) {
        self = Int(Swift.max(-1e15, Swift.min(1e15, (date.timeIntervalSince1970 * 1000).rounded())))
    }
}
