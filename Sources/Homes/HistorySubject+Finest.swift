extension HistorySubject {
    /// Whether it is a boiler, by what is asked of it: of its relay and its thermostat nothing else is.
    package var isBoiler: Bool { kind == .device && measures.contains(.boilerMinutes) }

    /// Whether it is a room or a boiler, which other rights of the token and other scales go for.
    package var isOfHeating: Bool { kind == .room || isBoiler }

    /// The scale that NetAtmo is asked at: that it gives single measurements of rooms and boilers is not known, so half hours stand in
    /// their place.
    package var askedScale: HistoryScale { isOfHeating && scale == .measurement ? .halfHour : scale }

    /// Those of its measures that NetAtmo keeps a past of at its scale: a room's setpoint in steps below a day alone.
    package var keptMeasures: [Measure] {
        if isBoiler { return [.boilerMinutes] }
        guard kind == .room else { return measures }
        return measures.filter { $0 == .temperature || $0 == .setpoint && !scale.isOfCalendar }
    }

    /// Whether each step of a measure has its least and its greatest beside its value, as an export has them.
    package func hasExtremes(of measure: Measure) -> Bool {
        switch measure {
        case .temperature where kind == .room: scale.isOfCalendar
        case .temperature, .humidity, .pressure, .noise: scale != .measurement
        case .co2: scale.isOfCalendar
        default: false
        }
    }
}
