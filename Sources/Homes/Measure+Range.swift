extension Measure {
    /// The values that there can be, both ends included; what lies outside is no reading.
    ///
    /// Wider than NetAtmo's instruments reach and than weather has ever been, by the records of the World Meteorological
    /// Organization: -89.2 to 56.7 °C; 408 km/h in a gust; 305 mm of rain in 42 minutes and 1825 mm in a day. The instruments:
    /// -40 to 65 °C, 0 to 100 %, 0 to 5000 ppm, 35 to 120 dB, 260 to 1160 mbar, 0 to 45 m/s. An angle of -1 stands for calm, or for
    /// not known.
    package var range: ClosedRange<Double> {
        switch self {
        case .temperature, .temperatureMinimum, .temperatureMaximum, .setpoint: -90...80
        case .humidity, .heatingPower: 0...100
        case .boilerMinutes: 0...60
        case .co2: 0...20_000
        case .noise: 0...200
        // Reduced to sea level by an altitude that its owner may have set wrong.
        case .pressure: 500...1500
        case .absolutePressure: 200...1300
        case .windStrength, .gustStrength, .windStrengthMaximum: 0...500
        case .windAngle, .gustAngle, .windAngleMaximum: 0...360
        case .rain, .rainLastHour: 0...500
        case .rainToday: 0...2000
        case .healthIndex: 0...4
        }
    }

    /// A value, where it can be one.
    package func reading(_ value: Double) -> Double? {
        range.contains(value) ? value : nil
    }
}
