package import Homes

// Temperatures of a plan are numbers in °C: nobody reads hundreds of them as texts.

extension HeatingSchedule: Codable {
    package func encode(to encoder: any Encoder) throws {
        let json: StatusObject = [
            .id: id, .name: name, .isSelected: isSelected, .awaySetpoint: awaySetpoint.finite,
            .frostGuardSetpoint: frostGuardSetpoint.finite, .zones: zones, .changes: changes,
        ]
        try json.encode(to: encoder)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        self.init(
            id: try json.required(.id), name: try json.optional(.name), isSelected: try json.required(.isSelected),
            awaySetpoint: try json.optional(.awaySetpoint), frostGuardSetpoint: try json.optional(.frostGuardSetpoint),
            zones: try json.required(.zones), changes: try json.required(.changes))
    }
}

extension HeatingSchedule.Zone: Codable {
    package func encode(to encoder: any Encoder) throws {
        let json: StatusObject = [
            .id: id, .name: name, .type: kind.rawValue, .kind: kind.jsonWord, .setpoints: setpoints.filter(\.value.isFinite),
        ]
        try json.encode(to: encoder)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        self.init(
            id: try json.required(.id), name: try json.optional(.name), kind: Kind(rawValue: try json.required(.type)),
            setpoints: try json.required(.setpoints))
    }
}

extension HeatingSchedule.Change: Codable {
    package func encode(to encoder: any Encoder) throws {
        let json: StatusObject = [.minute: minute, .zoneID: zoneID]
        try json.encode(to: encoder)
    }

    package init(from decoder: any Decoder) throws {
        let json = try decoder.container(keyedBy: StatusKey.self)
        let minute: Int = try json.required(.minute)
        guard (0..<HeatingSchedule.minutesPerWeek).contains(minute) else {
            throw DecodingError.dataCorruptedError(forKey: .minute, in: json, debugDescription: "no minute of a week")
        }
        self.init(minute: minute, zoneID: try json.required(.zoneID))
    }
}

extension HeatingSchedule.Zone.Kind {
    /// What kind of zone it is, in a word.
    fileprivate var jsonWord: String {
        if case .other = self { "other" } else { "\(self)" }
    }
}

extension Double? {
    /// JSON has no text for what is not finite.
    fileprivate var finite: Double? { flatMap { $0.isFinite ? $0 : nil } }
}
