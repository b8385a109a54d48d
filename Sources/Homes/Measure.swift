/// Something that a module measures, or that NetAtmo derives from its measurements. Raw values are their order.
package enum Measure: Int, Sendable, Hashable, CaseIterable {
    /// Air temperature.
    case temperature
    /// The lowest temperature of the day.
    case temperatureMinimum
    /// The highest temperature of the day.
    case temperatureMaximum
    /// Relative humidity.
    case humidity
    case co2
    case noise
    /// Pressure reduced to sea level.
    case pressure
    /// Pressure at the station's altitude.
    case absolutePressure
    /// Mean wind.
    case windStrength
    /// Where the wind comes from.
    case windAngle
    /// The strongest gust.
    case gustStrength
    case gustAngle
    /// The strongest wind of the day.
    case windStrengthMaximum
    case windAngleMaximum
    /// Rain in the last interval of measurement.
    case rain
    /// Rain in the last hour.
    case rainLastHour
    /// Rain since local midnight.
    case rainToday
    /// Home coach: 0 healthy, 1 fine, 2 fair, 3 poor, 4 unhealthy.
    case healthIndex
    /// What a room's temperature is to become.
    case setpoint
    /// How much heat a room's valves ask for.
    case heatingPower
    /// How long a boiler burned, of each hour.
    case boilerMinutes
}

extension Measure {
    /// Whether weather stations and home coaches tell it; else it is one of what heats.
    package var isOfStations: Bool { ![.setpoint, .heatingPower, .boilerMinutes].contains(self) }

    private static let byKey = Dictionary(uniqueKeysWithValues: allCases.map { ($0.key, $0) })
    private static let byJSONKey = Dictionary(uniqueKeysWithValues: allCases.map { ($0.jsonKey, $0) })

    /// The measure of a key of our own JSON.
    package init?(jsonKey: String) {
        guard let measure = Self.byJSONKey[jsonKey] else { return nil }
        self = measure
    }

    /// The key of the measure in our own JSON, such as a device's `readings`: the name of the case, which is a word of the contract.
    package var jsonKey: String { "\(self)" }

    /// The measure of a key of NetAtmo's.
    package init?(key: String) {
        guard let measure = Self.byKey[key] else { return nil }
        self = measure
    }

    /// NetAtmo's key.
    package var key: String {
        switch self {
        case .temperature: "Temperature"
        case .temperatureMinimum: "min_temp"
        case .temperatureMaximum: "max_temp"
        case .humidity: "Humidity"
        case .co2: "CO2"
        case .noise: "Noise"
        case .pressure: "Pressure"
        case .absolutePressure: "AbsolutePressure"
        case .windStrength: "WindStrength"
        case .windAngle: "WindAngle"
        case .gustStrength: "GustStrength"
        case .gustAngle: "GustAngle"
        case .windStrengthMaximum: "max_wind_str"
        case .windAngleMaximum: "max_wind_angle"
        case .rain: "Rain"
        case .rainLastHour: "sum_rain_1"
        case .rainToday: "sum_rain_24"
        case .healthIndex: "health_idx"
        case .setpoint: "sp_temperature"
        case .heatingPower: "heating_power_request"
        case .boilerMinutes: "boileron"
        }
    }
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
    case minutesPerHour = "min/h"
    /// A number without a unit.
    case index = ""
}

extension Measure {
    package var unit: Unit {
        switch self {
        case .temperature, .temperatureMinimum, .temperatureMaximum, .setpoint: .celsius
        case .humidity, .heatingPower: .percent
        case .co2: .partsPerMillion
        case .noise: .decibels
        case .pressure, .absolutePressure: .millibars
        case .windStrength, .gustStrength, .windStrengthMaximum: .kilometersPerHour
        case .windAngle, .gustAngle, .windAngleMaximum: .degrees
        case .rain, .rainLastHour, .rainToday: .millimeters
        case .healthIndex: .index
        case .boilerMinutes: .minutesPerHour
        }
    }
}
