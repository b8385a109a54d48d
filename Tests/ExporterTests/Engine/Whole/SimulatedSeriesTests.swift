import Foundation
import NetatmoSimulator
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import OperatingSystem

/// The series of devices, worked out from NetAtmo's own answer without the code that is tested.
private struct ExpectedSeries {
    /// A value by series and module, such as `co2_ppm Stue`.
    private(set) var values: [String: Double] = [:]

    private static let measures = [
        "temperature_celsius": "Temperature", "humidity_percent": "Humidity", "co2_ppm": "CO2", "noise_db": "Noise",
        "pressure_mb": "Pressure",
        "absolute_pressure_mb": "AbsolutePressure", "wind_strength_kph": "WindStrength", "wind_direction_degrees": "WindAngle",
        "gust_strength_kph": "GustStrength", "gust_direction_degrees": "GustAngle", "wind_strength_max_kph": "max_wind_str",
        "wind_direction_max_degrees": "max_wind_angle", "rain_amount_mm": "Rain", "rain_1h_mm": "sum_rain_1",
        "rain_today_mm": "sum_rain_24",
        "temperature_min_celsius": "min_temp", "temperature_max_celsius": "max_temp", "health_index": "health_idx", "updated": "time_utc",
    ]
    private static let trends = ["temperature_trend": "temp_trend", "pressure_trend": "pressure_trend"]
    private static let states = [
        "battery_percent": "battery_percent", "battery_millivolts": "battery_vp", "wifi_signal_strength": "wifi_status",
        "rf_signal_strength": "rf_status",
    ]

    /// NetAtmo's least voltages of a battery that is low, medium, high and full.
    private static let leastMillivolts = [
        "NAModule1": [4000.0, 4500, 5000, 5500], "NAModule2": [4360, 4770, 5180, 5590], "NAModule3": [4000, 4500, 5000, 5500],
        "NAModule4": [4560, 4920, 5280, 5640],
    ]

    mutating func add(_ answer: String) throws {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any])
        let devices = try #require((object["body"] as? [String: Any])?["devices"] as? [[String: Any]])
        for device in devices {
            let modules = device["modules"] as? [[String: Any]] ?? []
            for module in [device] + modules { add(module) }
            addFelt(modules)
        }
    }

    private mutating func add(_ module: [String: Any]) {
        let isCoach = module["type"] as? String == "NHC"
        let own = module["module_name"] ?? (isCoach ? module["station_name"] ?? module["name"] : nil)
        let name = own as? String ?? "id-\(module["_id"] ?? "")"
        func set(_ series: String, _ value: Double?) { values["\(series) \(name)"] = value }
        func number(_ key: String, of object: [String: Any]) -> Double? { (object[key] as? NSNumber)?.doubleValue }
        let isReachable = module["reachable"] as? Bool
        set("reachable", isReachable.map { $0 ? 1 : 0 })
        set(
            "last_seen_time", [number("last_seen", of: module), number("last_status_store", of: module)].compactMap { $0 }.first { $0 > 0 })
        set("info", 1)
        guard let readings = module["dashboard_data"] as? [String: Any] else { return }
        for (series, key) in Self.measures { set(series, number(key, of: readings)) }
        for (series, key) in Self.trends { set(series, (readings[key] as? String).flatMap { ["up": 1, "stable": 0, "down": -1][$0] }) }
        for (series, key) in Self.states { set(series, isReachable == false ? nil : number(key, of: module)) }
        let least = Self.leastMillivolts[module["type"] as? String ?? ""]
        set(
            "battery_level",
            number("battery_vp", of: module).flatMap { voltage in
                isReachable == false ? nil : least.map { Double($0.filter { $0 <= voltage }.count) }
            })
        guard let temperature = number("Temperature", of: readings), let humidity = number("Humidity", of: readings) else { return }
        addDerived(temperature, humidity, set)
    }

    /// Of the simulator's autumn, where no warmth is felt.
    private mutating func addFelt(_ modules: [[String: Any]]) {
        func readings(_ type: String) -> (name: String, values: [String: Any])? {
            modules.first { $0["type"] as? String == type }.flatMap { module in
                (module["dashboard_data"] as? [String: Any]).map { (module["module_name"] as? String ?? "id-\(module["_id"] ?? "")", $0) }
            }
        }
        guard let (name, air) = readings("NAModule1"), let temperature = (air["Temperature"] as? NSNumber)?.doubleValue else { return }
        let wind = (readings("NAModule2")?.values["WindStrength"] as? NSNumber)?.doubleValue
        if temperature > 10 {
            values["felt_temperature_celsius \(name)"] = temperature
        } else if let wind {
            let chill = 13.12 + 0.6215 * temperature + (0.3965 * temperature - 11.37) * pow(wind, 0.16)
            values["felt_temperature_celsius \(name)"] = wind > 4.8 ? chill : temperature
        }
    }

    private func addDerived(_ temperature: Double, _ humidity: Double, _ set: (String, Double?) -> Void) {
        let exponent = 17.625 * temperature / (243.04 + temperature)
        let logarithm = log(humidity / 100) + exponent
        set("dew_point_celsius", 243.04 * logarithm / (17.625 - logarithm))
        set("absolute_humidity_grams_per_cubic_meter", 6.1094 * exp(exponent) * humidity / (461.5 * (temperature + 273.15)) * 1000)
        // Below 80 °F, where the simulator's rooms are, the simple formula holds.
        let fahrenheit = temperature * 1.8 + 32
        let simple = 0.5 * (fahrenheit + 61 + (fahrenheit - 68) * 1.2 + humidity * 0.094)
        set("heat_index_celsius", temperature >= 20 ? ((simple + fahrenheit) / 2 - 32) / 1.8 : nil)
    }
}

@Suite("Every series in a run on the simulator")
struct SimulatedSeriesTests {
    @Test("All devices, home coaches and favourites included, have the values that NetAtmo gave, and no others")
    func values() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly, homeCoach: true, favorites: true) { bench in
            try await bench.isUp()
            let token = try #require(bench.storage.writes.last).accessToken.reveal()
            var expected = ExpectedSeries()
            for path in ["getstationsdata", "gethomecoachsdata"] {
                let url = "\(bench.apiURL)/api/\(path)?get_favorites=true"
                try expected.add(try await bench.browser.get(url, headers: [("Authorization", "Bearer \(token)")]).body)
            }
            let page = try await bench.browser.get(bench.url("/metrics")).body
            var found = try served(page)
            // A counter that begins with the run: of the own gauge, and of no favourite's.
            let counters = found.filter { $0.key.hasPrefix("rain_mm_total") }
            #expect(counters == ["rain_mm_total Regn": 0])
            found = found.filter { counters[$0.key] == nil }
            #expect(Set(found.keys) == Set(expected.values.keys))
            for (series, value) in expected.values {
                #expect(abs((found[series] ?? .nan) - value) <= 0.00501, "\(series)")
            }
            #expect(Set(found.keys.compactMap { $0.split(separator: " ").first }).count >= 27, "the simulator has them all")
        }
    }

    /// The samples of the devices on a page, by series and module.
    private func served(_ page: String) throws -> [String: Double] {
        let samples = page.split(separator: "\n").filter { $0.hasPrefix("netatmo_sensor_") }
        let pairs = try samples.map { line in
            let match = try #require(line.wholeMatch(of: /netatmo_sensor_(\w+)\{.*module="([^"]*)".*\} (\S+)/), "\(line)")
            return ("\(match.1) \(match.2)", try #require(Double(match.3)))
        }
        return Dictionary(pairs) { first, _ in first }
    }
}
