import Homes

// The words of `/api/status`. Readers rely on them, whatever the cases are called one day.

extension Measure {
    /// The key of the measure among a module's `readings`.
    package var statusKey: String {
        switch self {
        case .temperature: "temperature"
        case .temperatureMinimum: "temperatureMinimum"
        case .temperatureMaximum: "temperatureMaximum"
        case .humidity: "humidity"
        case .co2: "co2"
        case .noise: "noise"
        case .pressure: "pressure"
        case .absolutePressure: "absolutePressure"
        case .windStrength: "windStrength"
        case .windAngle: "windAngle"
        case .gustStrength: "gustStrength"
        case .gustAngle: "gustAngle"
        case .windStrengthMaximum: "windStrengthMaximum"
        case .windAngleMaximum: "windAngleMaximum"
        case .rain: "rain"
        case .rainLastHour: "rainLastHour"
        case .rainToday: "rainToday"
        case .healthIndex: "healthIndex"
        }
    }
}

extension Device.Kind {
    /// What kind of device it is, in a word.
    package var statusWord: String {
        switch self {
        case .base: "base"
        case .outdoor: "outdoor"
        case .wind: "wind"
        case .rain: "rain"
        case .indoor: "indoor"
        case .homeCoach: "homeCoach"
        case .other: "other"
        }
    }
}

extension Device.BatteryLevel {
    /// How full a battery is, in a word.
    package var statusWord: String {
        switch self {
        case .veryLow: "veryLow"
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        case .full: "full"
        }
    }
}

extension Device.SignalLevel {
    /// How well a device is heard, in a word.
    package var statusWord: String {
        switch self {
        case .bad: "bad"
        case .average: "average"
        case .good: "good"
        case .veryGood: "veryGood"
        }
    }
}
