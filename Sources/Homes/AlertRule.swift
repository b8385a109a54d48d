import OperatingSystem

/// What the user wants to be told of: a reading, or a battery, that is over or under a limit.
package struct AlertRule: Sendable, Hashable, Codable {
    /// What is watched.
    package enum Subject: Sendable, Hashable {
        case measure(Measure)
        /// What is left in it, in per cent.
        case battery
    }

    package enum Side: String, Sendable, Hashable, Codable, CaseIterable {
        case over, under
    }

    /// The name or the id of the module that it is about, in any case of letters; `nil` for all that there are.
    package let module: String?
    package let subject: Subject
    package let side: Side
    /// In NetAtmo's unit of the measure: see ``Measure/unit``.
    package let limit: Double

    package init(module: String? = nil, _ subject: Subject, _ side: Side, _ limit: Double) {
        self.module = module
        self.subject = subject
        self.side = side
        self.limit = limit
    }

    /// How far behind its limit a value has to be before the alert is over, in the measure's unit: about what a sensor's noise is, so that
    /// a value at the limit does not flap. What is counted and not measured needs none.
    package var margin: Double {
        switch subject {
        case .battery: 2
        case .measure(let measure): measure.alertMargin
        }
    }

    /// Whether a value is on the side that is told of. The limit itself is not.
    package func isCrossed(by value: Double) -> Bool {
        side == .over ? value > limit : value < limit
    }

    /// Whether a value is so far back that an alert is over.
    package func isLeft(by value: Double) -> Bool {
        side == .over ? value <= limit - margin : value >= limit + margin
    }

    /// Whether it is about a device.
    package func isAbout(_ device: Device) -> Bool {
        guard let module = module?.lowercased() else { return true }
        return [device.title, device.displayName, device.id].contains { $0.lowercased() == module }
    }

    /// What of a device is compared with the limit; `nil` where it has none.
    package func value(of device: Device) -> Double? {
        let value =
            switch subject {
            case .measure(let measure): device.readings?[measure]
            case .battery: device.battery?.percent.map(Double.init)
            }
        return value.flatMap { $0.isFinite ? $0 : nil }
    }
}

extension Measure {
    fileprivate var alertMargin: Double {
        switch self {
        case .temperature, .temperatureMinimum, .temperatureMaximum: 0.5
        case .humidity, .heatingPower: 3
        case .co2: 50
        case .noise: 3
        case .pressure, .absolutePressure: 1
        case .windStrength, .gustStrength, .windStrengthMaximum: 5
        case .windAngle, .gustAngle, .windAngleMaximum, .rain, .rainLastHour, .rainToday, .healthIndex, .setpoint,
            .boilerMinutes:
            0
        }
    }
}

// MARK: - As text

/// What is wrong with the text of an alert.
package struct AlertRuleError: Error, Sendable, Hashable {
    /// The part of the text that is no alert.
    package let text: String
    package let expected: String
}

extension AlertRule {
    /// Reads alerts that are separated by commas: `co2 > 1000, Bedroom temperature < 16, "Stue, oppe" humidity > 60, battery < 15`.
    package static func rules(_ text: String) throws(AlertRuleError) -> [AlertRule] {
        var rules: [AlertRule] = []
        for part in parts(of: text) { rules.append(try AlertRule(text: part)) }
        return rules
    }

    /// What is between the commas, but for those in quotation marks.
    private static func parts(of text: String) -> [String] {
        var (parts, isQuoted) = ([""], false)
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character == ",", !isQuoted { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts.map(trimmed)
    }

    private init(text: String) throws(AlertRuleError) {
        let form = "an alert such as co2 > 1000, Bedroom temperature < 16 or battery < 15"
        guard let sign = text.lastIndex(where: { $0 == "<" || $0 == ">" }) else { throw AlertRuleError(text: text, expected: form) }
        let words = trimmed(text[..<sign])
        guard let limit = Double(trimmed(text[text.index(after: sign)...])), limit.isFinite, limit.magnitude < 1e6, !words.isEmpty else {
            throw AlertRuleError(text: text, expected: form + ", with a number behind the sign")
        }
        let start = words.lastIndex { $0.isWhitespace || $0 == "\"" }.map { words.index(after: $0) } ?? words.startIndex
        guard let subject = Subject(word: words[start...]) else {
            throw AlertRuleError(text: text, expected: "an alert on one of " + Subject.words.joined(separator: ", "))
        }
        let name = trimmed(words[..<start])
        // Two alerts with another sign between them than a comma.
        guard name.first == "\"" || !name.contains(where: { "<>;".contains($0) }) else {
            throw AlertRuleError(text: text, expected: form + ", and a comma between two of them")
        }
        let module = Self.unquoted(name)
        guard module?.contains("\"") != true else {
            throw AlertRuleError(text: text, expected: form + ", with the module's name between two quotation marks or none")
        }
        self.init(module: module, subject, text[sign] == ">" ? .over : .under, limit)
    }

    private static func unquoted(_ name: String) -> String? {
        guard name.count >= 2, name.first == "\"", name.last == "\"" else { return name.isEmpty ? nil : name }
        let inner = trimmed(name.dropFirst().dropLast())
        return inner.isEmpty ? nil : inner
    }
}

private func trimmed(_ text: some StringProtocol) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
}

extension AlertRule.Subject: Codable {
    /// All that can be watched.
    package static let all: [Self] = measures.map { .measure($0) } + [.battery]
    /// All but what is known of the past alone.
    private static let measures = Measure.allCases.filter { $0 != .boilerMinutes }
    /// The same by our own words.
    package static let words = all.map(\.word)

    package var word: String {
        switch self {
        case .measure(let measure): measure.jsonKey
        case .battery: "battery"
        }
    }

    /// The subject of a word, in any case of letters.
    package init?(word: some StringProtocol) {
        let word = word.lowercased()
        if word == "battery" {
            self = .battery
        } else if let measure = Self.measures.first(where: { $0.jsonKey.lowercased() == word }) {
            self = .measure(measure)
        } else {
            return nil
        }
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.singleValueContainer()
        guard let subject = Self(word: try json.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: json, debugDescription: "no subject of an alert")
        }
        self = subject
    }

    package func encode(to encoder: any Encoder) throws {
        var json = encoder.singleValueContainer()
        try json.encode(word)
    }
}
