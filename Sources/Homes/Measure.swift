/// Something that a module measures, or that NetAtmo derives from its measurements. Raw values are NetAtmo's keys.
package enum Measure: String, Sendable, Hashable, CaseIterable {
    /// Air temperature.
    case temperature = "Temperature"
    /// The lowest temperature of the day.
    case temperatureMinimum = "min_temp"
    /// The highest temperature of the day.
    case temperatureMaximum = "max_temp"
    /// Relative humidity.
    case humidity = "Humidity"
    case co2 = "CO2"
    case noise = "Noise"
    /// Pressure reduced to sea level.
    case pressure = "Pressure"
    /// Pressure at the station's altitude.
    case absolutePressure = "AbsolutePressure"
    /// Mean wind.
    case windStrength = "WindStrength"
    /// Where the wind comes from.
    case windAngle = "WindAngle"
    /// The strongest gust.
    case gustStrength = "GustStrength"
    case gustAngle = "GustAngle"
    /// The strongest wind of the day.
    case windStrengthMaximum = "max_wind_str"
    case windAngleMaximum = "max_wind_angle"
    /// Rain in the last interval of measurement.
    case rain = "Rain"
    /// Rain in the last hour.
    case rainLastHour = "sum_rain_1"
    /// Rain since local midnight.
    case rainToday = "sum_rain_24"
    /// Home coach: 0 healthy, 1 fine, 2 fair, 3 poor, 4 unhealthy.
    case healthIndex = "health_idx"
}

/// What a measure's value counts. NetAtmo always sends these, whatever the user's preferences are.
package enum Unit: String, Sendable, Hashable {
    case celsius = "°C"
    case percent = "%"
    case partsPerMillion = "ppm"
    case decibels = "dB"
    /// Millibars, the same as hectopascals.
    case millibars = "mbar"
    case kilometersPerHour = "km/h"
    /// Degrees clockwise from north.
    case degrees = "°"
    case millimeters = "mm"
    /// A number without a unit.
    case index = ""
}

extension Measure {
    package var unit: Unit {
        switch self {
        case .temperature, .temperatureMinimum, .temperatureMaximum: .celsius
        case .humidity: .percent
        case .co2: .partsPerMillion
        case .noise: .decibels
        case .pressure, .absolutePressure: .millibars
        case .windStrength, .gustStrength, .windStrengthMaximum: .kilometersPerHour
        case .windAngle, .gustAngle, .windAngleMaximum: .degrees
        case .rain, .rainLastHour, .rainToday: .millimeters
        case .healthIndex: .index
        }
    }
}
