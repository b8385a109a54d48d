import Testing

@testable import Homes

@Suite("Measures and their units")
struct MeasureTests {
    @Test(
        "Each measure has NetAtmo's key and its unit",
        arguments: [
            (Measure.temperature, "Temperature", "°C"), (.temperatureMinimum, "min_temp", "°C"), (.temperatureMaximum, "max_temp", "°C"),
            (.humidity, "Humidity", "%"), (.co2, "CO2", "ppm"), (.noise, "Noise", "dB"), (.pressure, "Pressure", "mbar"),
            (.absolutePressure, "AbsolutePressure", "mbar"), (.windStrength, "WindStrength", "km/h"), (.windAngle, "WindAngle", "°"),
            (.gustStrength, "GustStrength", "km/h"), (.gustAngle, "GustAngle", "°"), (.windStrengthMaximum, "max_wind_str", "km/h"),
            (.windAngleMaximum, "max_wind_angle", "°"), (.rain, "Rain", "mm"), (.rainLastHour, "sum_rain_1", "mm"),
            (.rainToday, "sum_rain_24", "mm"), (.healthIndex, "health_idx", ""), (.setpoint, "sp_temperature", "°C"),
            (.heatingPower, "heating_power_request", "%"), (.boilerMinutes, "boileron", "min/h"),
        ]
    )
    func units(measure: Measure, key: String, unit: String) {
        #expect(measure.key == key)
        #expect(measure.unit.rawValue == unit)
        #expect(Measure(key: key) == measure && Measure(jsonKey: measure.jsonKey) == measure)
        #expect(Measure(key: key + "s") == nil && Measure(jsonKey: measure.jsonKey + "s") == nil)
    }

    @Test("There is no measure beyond these twenty-one")
    func count() {
        #expect(Measure.allCases.count == 21)
    }

    @Test("Readings give a value by its measure")
    func subscripts() {
        let readings = Readings(time: nil, values: [.humidity: 41])
        #expect(readings[.humidity] == 41)
        #expect(readings[.noise] == nil)
    }
}
