extension Measure {
    package var title: String {
        switch self {
        case .temperature: "Temperature"
        case .temperatureMinimum: "Lowest temperature"
        case .temperatureMaximum: "Highest temperature"
        case .humidity: "Humidity"
        case .co2: "CO2"
        case .noise: "Noise"
        case .pressure: "Pressure"
        case .absolutePressure: "Absolute pressure"
        case .windStrength: "Wind"
        case .windAngle: "Wind direction"
        case .gustStrength: "Gusts"
        case .gustAngle: "Gust direction"
        case .windStrengthMaximum: "Strongest wind"
        case .windAngleMaximum: "Direction of the strongest wind"
        case .rain: "Rain"
        case .rainLastHour: "Rain in the last hour"
        case .rainToday: "Rain today"
        case .healthIndex: "Health"
        case .setpoint: "Setpoint"
        case .heatingPower: "Heating power"
        case .boilerMinutes: "Boiler"
        }
    }
}
