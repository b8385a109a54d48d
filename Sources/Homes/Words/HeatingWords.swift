package import FoundationEssentials

extension SetpointMode {
    /// In a word or two; of a mode that is not known NetAtmo's own.
    package var word: String {
        switch self {
        case .most: "maximum"
        case .frostGuard: "frost guard"
        case .schedule, .manual, .off, .away, .home: rawValue
        case .other(let word): word
        }
    }
}

extension EnergyHome.Mode {
    /// In a word or two; of a mode that is not known NetAtmo's own.
    package var word: String {
        switch self {
        case .frostGuard: "frost guard"
        case .schedule, .away: rawValue
        case .other(let word): word
        }
    }
}

extension Heating.Room {
    /// Why the setpoint is what it is, and until when: `manual until 22:00`; `nil` where NetAtmo does not say.
    ///
    /// - Parameters:
    ///   - now: An end that is over is not told, since NetAtmo's next answer has another mode.
    ///   - clock: Writes a time.
    package func words(at now: Date, until clock: (Date) -> String) -> String? {
        let until = end.flatMap { $0 > now ? " until \(clock($0))" : nil }
        return mode.map { $0.word + (until ?? "") }
    }
}

extension HeatingSchedule.Zone {
    /// Its name, or what kind it is where it has none.
    package var title: String {
        guard let name, !name.isEmpty else { return kind.word }
        return name
    }
}

extension HeatingSchedule.Zone.Kind {
    package var word: String {
        switch self {
        case .day: "Day"
        case .night: "Night"
        case .away: "Away"
        case .frostGuard: "Frost guard"
        case .custom: "Custom"
        case .eco: "Eco"
        case .comfort: "Comfort"
        case .other: "Zone"
        }
    }
}

extension EnergyDevice.Kind {
    /// What kind of device it is, in a few words.
    package var words: String {
        switch self {
        case .relay: "Relay"
        case .thermostat: "Thermostat"
        case .valve: "Valve"
        case .openThermRelay: "OpenTherm relay"
        case .openThermThermostat: "OpenTherm thermostat"
        case .smarther: "Smarther thermostat"
        }
    }
}
