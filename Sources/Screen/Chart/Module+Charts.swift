import Homes

extension Device {
    /// The measures that a chart can show of this module, the one that says most about it first.
    var chartMeasures: [Measure] {
        switch kind {
        case .base, .homeCoach: [.temperature, .co2, .humidity, .noise, .pressure]
        case .outdoor: [.temperature, .humidity]
        case .indoor: [.temperature, .co2, .humidity]
        case .wind: [.windStrength]
        case .rain: [.rain]
        case .other:
            [.temperature, .co2, .humidity, .noise, .pressure, .windStrength, .rain].filter { readings?[$0] != nil }
        }
    }

    /// The measures that its charts are drawn from: the wind's comes with its gusts and directions.
    var historyMeasures: [Measure] {
        chartMeasures.flatMap { measure -> [Measure] in
            measure == .windStrength ? [.windStrength, .windAngle, .gustStrength, .gustAngle] : [measure]
        }
    }
}
