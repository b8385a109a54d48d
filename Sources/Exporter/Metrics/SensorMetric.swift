import FoundationEssentials
import Netatmo

/// A family of series with one sample a device: its name, its HELP and where its value comes from, as netatmo-exporter
/// 2.1.2 has them.
struct SensorMetric: Sendable {
    let name: String
    let help: String
    let value: @Sendable (Module) -> Double?

    private init(_ name: String, _ help: String, _ value: @escaping @Sendable (Module) -> Double?) {
        self.name = "netatmo_sensor_" + name
        self.help = help
        self.value = value
    }

    private init(_ name: String, _ help: String, _ measure: Measure) {
        self.init(name, help) { $0.readings?[measure] }
    }

    /// All of them, by name.
    static let all = [
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
}

extension Module {
    fileprivate var radioStrength: Double? {
        guard case .radio(let strength) = signal else { return nil }
        return Double(strength)
    }

    fileprivate var wifiStrength: Double? {
        guard case .wifi(let strength) = signal else { return nil }
        return Double(strength)
    }
}
