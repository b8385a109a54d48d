import FoundationEssentials
import Homes

/// A family of series with one sample a device: its name, its HELP and where its value comes from.
struct SensorMetric: Sendable {
    let name: String
    let help: String
    let value: @Sendable (Device) -> Double?
    /// Whose reading the value is; `nil` where it is none.
    let measure: Measure?

    private init(_ name: String, _ help: String, of measure: Measure? = nil, _ value: @escaping @Sendable (Device) -> Double?) {
        self.name = "netatmo_sensor_" + name
        self.help = help
        self.value = value
        self.measure = measure
    }

    private init(_ name: String, _ help: String, _ measure: Measure) {
        self.init(name, help, of: measure) { $0.readings?[measure] }
    }
}

// MARK: - Of readings

extension SensorMetric {
    /// Those that a device has as long as its readings are not stale, by name.
    static let readings = (contract + additional).sorted { $0.name < $1.name }

    /// As netatmo-exporter 2.1.2 has them.
    private static let contract = [
        SensorMetric("battery_percent", "Battery remaining life (10: low)") { $0.battery?.percent.map(Double.init) },
        SensorMetric("co2_ppm", "Carbondioxide measurement in parts per million", .co2),
        SensorMetric("humidity_percent", "Relative humidity measurement in percent", .humidity),
        SensorMetric("noise_db", "Noise measurement in decibels", .noise),
        SensorMetric("pressure_mb", "Atmospheric pressure measurement in millibar", .pressure),
        SensorMetric("rain_amount_mm", "Rain amount in millimeters", .rain),
        SensorMetric("rf_signal_strength", "RF signal strength (90: lowest, 60: highest)") { $0.radioStrength },
        SensorMetric("temperature_celsius", "Temperature measurement in celsius", .temperature),
        SensorMetric("updated", "Timestamp of last update") { $0.readings?.time?.timeIntervalSince1970 },
        SensorMetric("wifi_signal_strength", "Wifi signal strength (86: bad, 71: avg, 56: good)") { $0.wifiStrength },
        SensorMetric("wind_direction_degrees", "Wind direction in degrees", .windAngle),
        SensorMetric("wind_strength_kph", "Wind strength in kilometers per hour", .windStrength),
    ]

    /// What netatmo-exporter does not have.
    private static let additional = [
        SensorMetric(
            "absolute_humidity_grams_per_cubic_meter", "Water vapour in the air, derived from temperature (-40 to 50) and humidity"
        ) {
            $0.air?.absoluteHumidity
        },
        SensorMetric("absolute_pressure_mb", "Atmospheric pressure at the station's altitude in millibar", .absolutePressure),
        SensorMetric("battery_level", "Battery level (0: very low, 1: low, 2: medium, 3: high, 4: full)") {
            $0.batteryLevel.map { Double($0.rawValue) }
        },
        SensorMetric("battery_millivolts", "Battery voltage in millivolts") { $0.battery?.millivolts.map(Double.init) },
        SensorMetric("dew_point_celsius", "Dew point in celsius, derived from temperature (-40 to 50) and humidity") { $0.air?.dewPoint },
        SensorMetric(
            "felt_temperature_celsius",
            "How warm it feels outside in celsius: wind chill up to 10 by the home's wind, humidex from 20 or heat index from 26.7"
        ) {
            $0.readings?.felt?.celsius
        },
        SensorMetric("gust_direction_degrees", "Direction of the strongest gust in degrees", .gustAngle),
        SensorMetric("gust_strength_kph", "Strength of the strongest gust in kilometers per hour", .gustStrength),
        SensorMetric("health_index", "Home coach's rating (0: healthy, 1: fine, 2: fair, 3: poor, 4: unhealthy)", .healthIndex),
        SensorMetric(
            "heat_index_celsius", "Heat index of the US National Weather Service in celsius, from temperature (20 to 50) and humidity"
        ) {
            $0.air?.heatIndex
        },
        SensorMetric("pressure_trend", "Where the pressure is heading (-1: down, 0: stable, 1: up)") { $0.trend(of: .pressure) },
        SensorMetric("rain_1h_mm", "Rain in the last hour in millimeters", .rainLastHour),
        SensorMetric("rain_today_mm", "Rain since local midnight in millimeters; not the last 24 hours", .rainToday),
        SensorMetric("temperature_max_celsius", "Highest temperature since local midnight in celsius", .temperatureMaximum),
        SensorMetric("temperature_min_celsius", "Lowest temperature since local midnight in celsius", .temperatureMinimum),
        SensorMetric("temperature_trend", "Where the temperature is heading (-1: down, 0: stable, 1: up)") { $0.trend(of: .temperature) },
        SensorMetric("wind_direction_max_degrees", "Direction of the day's strongest wind in degrees", .windAngleMaximum),
        SensorMetric("wind_strength_max_kph", "The day's strongest wind in kilometers per hour", .windStrengthMaximum),
    ]
}

// MARK: - Of devices

extension SensorMetric {
    /// What the device is.
    static let information = "netatmo_sensor_info"
    /// Those with a value.
    static let all = readings + devices

    /// Those that stay when the readings go stale, by name.
    static let devices = [
        SensorMetric("last_seen_time", "Timestamp of when the device was last heard of") { $0.lastSeen?.timeIntervalSince1970 },
        SensorMetric("reachable", "Set to 1 if the device is heard, 0 otherwise.") { $0.reachable.map { $0 ? 1 : 0 } },
    ]
}

extension Device {
    fileprivate var air: MoistAir? {
        guard let temperature = readings?[.temperature], let humidity = readings?[.humidity] else { return nil }
        return MoistAir(temperature: temperature, humidity: humidity)
    }

    fileprivate func trend(of measure: Measure) -> Double? {
        switch readings?.trends[measure] {
        case .up: 1
        case .stable: 0
        case .down: -1
        case nil: nil
        }
    }

    fileprivate var radioStrength: Double? {
        guard case .radio(let strength) = signal else { return nil }
        return Double(strength)
    }

    fileprivate var wifiStrength: Double? {
        guard case .wifi(let strength) = signal else { return nil }
        return Double(strength)
    }
}
