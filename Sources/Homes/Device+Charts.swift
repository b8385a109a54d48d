extension Device {
    /// The measure that says most about a module.
    package var mainMeasure: Measure? {
        let byImportance: [Measure] = [.temperature, .windStrength, .rainToday, .rain, .co2, .humidity, .pressure, .noise]
        return byImportance.first { readings?[$0] != nil }
    }

    /// The measure whose last day says most about a module: of rain what fell, not the sum since midnight.
    package var curveMeasure: Measure? {
        mainMeasure.map { $0 == .rainToday ? .rain : $0 }
    }

    /// The measures that a chart can show of this module, the one that says most about it first.
    package var chartMeasures: [Measure] {
        switch kind {
        case .base, .homeCoach: [.temperature, .co2, .humidity, .noise, .pressure]
        case .outdoor: [.temperature, .humidity]
        case .indoor: [.temperature, .co2, .humidity]
        case .wind: [.windStrength]
        case .rain: [.rain]
        case .room: [.temperature]
        case .boiler: [.boilerMinutes]
        case .other:
            [.temperature, .co2, .humidity, .noise, .pressure, .windStrength, .rain].filter { readings?[$0] != nil }
        }
    }

    /// The measures that its charts are drawn from: the wind's comes with its gusts and directions, a room's temperature with its setpoint.
    package var historyMeasures: [Measure] {
        chartMeasures.flatMap { measure -> [Measure] in
            switch measure {
            case .windStrength: [.windStrength, .windAngle, .gustStrength, .gustAngle]
            case .temperature where kind == .room: [.temperature, .setpoint]
            default: [measure]
            }
        }
    }
}

extension Device {
    /// Two points of its past further apart than this, in seconds, are not of one curve: NetAtmo measures every five minutes and hears of
    /// it every ten, keeps half hours of what heats, and at coarser scales has each step with a measurement; months differ in length.
    package func longestGap(at scale: HistoryScale) -> Double {
        guard scale == .measurement else { return scale.step * 1.6 }
        return kind == .room || kind == .boiler ? HistoryScale.halfHour.step * 1.6 : 1300
    }
}

extension Station {
    package func holds(_ module: Device) -> Bool {
        base.id == module.id || modules.contains { $0.id == module.id }
    }

    /// What to ask NetAtmo for the histories of its modules, of those that have one.
    package var historySubjects: [HistorySubject] {
        devices.compactMap { HistorySubject(of: $0, in: self) }
    }
}

extension HistorySubject {
    /// The id of the module, or of the base or home coach.
    package var id: String { moduleID ?? deviceID }

    /// What to ask NetAtmo for a module's history; `nil` where it has none.
    package init?(of module: Device, in station: Station) {
        let measures = module.historyMeasures
        guard !measures.isEmpty else { return nil }
        if module.kind == .room {
            guard let home = station.homeID else { return nil }
            self.init(room: module.id, ofHome: home, measures: measures)
            return
        }
        if module.kind == .boiler {
            guard case .boiler(let boiler) = module.readings?.heating else { return nil }
            self.init(deviceID: boiler.relayID, moduleID: module.id, measures: measures)
            return
        }
        self.init(deviceID: station.base.id, moduleID: station.base.id == module.id ? nil : module.id, measures: measures)
    }
}
