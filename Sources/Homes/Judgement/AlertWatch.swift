import OperatingSystem

/// A reading has crossed a limit of the user's, or is back.
package struct ReadingAlert: Sendable, Hashable, Codable {
    package let deviceID: String
    /// The module's name, as the screen has it.
    package let name: String
    package let rule: AlertRule
    /// In the measure's unit.
    package let value: Double
    /// Whether it has crossed the limit; else it is back.
    package let isRaised: Bool

    package init(deviceID: String, name: String, rule: AlertRule, value: Double, isRaised: Bool) {
        self.deviceID = deviceID
        self.name = name
        self.rule = rule
        self.value = value
        self.isRaised = isRaised
    }

    /// One line for people: `Bedroom CO2 1043 ppm, over 1000`.
    package var text: String {
        let limit = Int(exactly: rule.limit)?.description ?? rule.limit.description
        return "\(name) \(reading), \(isRaised ? "" : "no longer ")\(rule.side.rawValue) \(limit)"
    }

    private var reading: String {
        switch rule.subject {
        case .battery: return "battery \(Int(value)) %"
        case .measure(let measure):
            let title = measure == .co2 ? measure.title : measure.title.prefix(1).lowercased() + measure.title.dropFirst()
            let shown = ReadingText(value, of: measure, in: .metric)
            return [title, shown.text, shown.unit].filter { !$0.isEmpty }.joined(separator: " ")
        }
    }
}

/// Watches what is measured, and tells once when a limit is crossed, and once when the value is back behind it by the rule's margin.
///
/// A module that is out of reach, or whose readings are stale, neither raises nor ends an alert: nothing is known of it.
package struct AlertWatch: Sendable {
    private struct Key: Hashable {
        let deviceID: String
        let rule: AlertRule
    }

    private let rules: [AlertRule]
    private var raised: Set<Key>

    /// - Parameter earlier: What was told before, oldest first: what was crossed then and is not back is not told again.
    package init(_ rules: [AlertRule], after earlier: some Sequence<ReadingAlert> = []) {
        self.rules = rules
        raised = []
        for alert in earlier where rules.contains(alert.rule) {
            let key = Key(deviceID: alert.deviceID, rule: alert.rule)
            if alert.isRaised { raised.insert(key) } else { raised.remove(key) }
        }
    }

    /// Judges what was measured.
    ///
    /// - Returns: The stations with what is crossed marked, and what is new.
    package mutating func judge(_ stations: [Station], _ freshness: Freshness) -> (stations: [Station], news: [ReadingAlert]) {
        guard !rules.isEmpty else { return (stations, []) }
        var news: [ReadingAlert] = []
        let judged = stations.map { station in
            station.mapDevices { device in
                var device = device
                news += judge(device, freshness)
                device.alerts = marks(of: device)
                return device
            }
        }
        // What is no longer in the account is forgotten.
        let known = Set(stations.lazy.flatMap(\.devices).map(\.id))
        raised = raised.filter { known.contains($0.deviceID) }
        return (judged, news)
    }

    private mutating func judge(_ device: Device, _ freshness: Freshness) -> [ReadingAlert] {
        guard device.isReachable, freshness.isFresh(device) else { return [] }
        var news: [ReadingAlert] = []
        for rule in rules where rule.isAbout(device) {
            guard let value = rule.value(of: device) else { continue }
            let key = Key(deviceID: device.id, rule: rule)
            let isRaised = raised.contains(key)
            guard isRaised ? rule.isLeft(by: value) : rule.isCrossed(by: value) else { continue }
            if isRaised { raised.remove(key) } else { raised.insert(key) }
            news.append(ReadingAlert(deviceID: device.id, name: device.alertName, rule: rule, value: value, isRaised: !isRaised))
        }
        return news
    }

    private func marks(of device: Device) -> [AlertRule.Subject: AlertRule.Side] {
        var marks: [AlertRule.Subject: AlertRule.Side] = [:]
        for rule in rules where raised.contains(Key(deviceID: device.id, rule: rule)) { marks[rule.subject] = rule.side }
        return marks
    }
}

extension Device {
    /// A room is told apart from a module of its name.
    fileprivate var alertName: String { kind == .room ? "\(title) (room)" : title }
}
