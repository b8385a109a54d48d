import Testing

@testable import Homes

@Suite("What follows from temperature and humidity")
struct MoistAirTests {
    @Test(
        "The dew point is that of the Magnus formula",
        arguments: [(20.0, 50.0, 9.26), (25, 60, 16.69), (21.4, 41, 7.60), (-3.6, 88, -5.28), (0, 100, 0), (50, 100, 50), (-40, 100, -40)]
    )
    func dewPoint(temperature: Double, humidity: Double, expected: Double) throws {
        let value = try #require(MoistAir(temperature: temperature, humidity: humidity).dewPoint)
        #expect(abs(value - expected) <= 0.02, "\(value)")
    }

    @Test(
        "The absolute humidity is that of saturated air's tables, times the relative one",
        // Saturation in g/m³ from meteorological tables: 4.85 at 0 °C, 9.40 at 10 °C, 17.3 at 20 °C, 30.4 at 30 °C.
        arguments: [(0.0, 100.0, 4.85), (10, 100, 9.40), (20, 100, 17.3), (30, 100, 30.4), (20, 50, 8.65)]
    )
    func absoluteHumidity(temperature: Double, humidity: Double, expected: Double) throws {
        let value = try #require(MoistAir(temperature: temperature, humidity: humidity).absoluteHumidity)
        #expect(abs(value - expected) / expected < 0.006, "\(value)")
    }

    @Test(
        "The heat index is that of the National Weather Service's chart",
        // °F and per cent, and the chart's whole degrees.
        arguments: [
            (80.0, 40.0, 80.0), (90, 50, 95), (90, 70, 105), (100, 40, 109), (100, 55, 124), (110, 40, 136), (86, 90, 105), (82, 100, 95),
        ]
    )
    func heatIndex(fahrenheit: Double, humidity: Double, expected: Double) throws {
        let value = try #require(MoistAir(temperature: (fahrenheit - 32) * 5 / 9, humidity: humidity).heatIndex)
        #expect(abs(value * 9 / 5 + 32 - expected) <= 1.1, "\(value * 9 / 5 + 32)")
    }

    @Test(
        "The heat index goes over from the simple formula to the regression where their mean with the temperature reaches 80 °F",
        // °C and per cent on both sides of that, where the two differ by up to 2 °C.
        arguments: [
            (27.2, 5.0, 26.65), (27.3, 5, 25.56), (27.1, 12, 26.64), (27.2, 12, 25.98), (26.7, 40, 26.59), (26.8, 40, 26.72),
            (26.6, 50, 26.61), (26.7, 50, 27.14), (26.2, 85, 26.65), (26.3, 85, 28.53), (26.0, 100, 26.63), (26.1, 100, 28.74),
        ])
    func betweenHeatIndices(temperature: Double, humidity: Double, expected: Double) throws {
        #expect(try #require(MoistAir(temperature: temperature, humidity: humidity).heatIndex) == expected)
    }

    @Test(
        "The regression is adjusted in air below 13 % and in air above 85 %, in the temperatures where that is wanted",
        // °F and per cent, at both borders of each; a quarter of a degree at most.
        arguments: [
            (95.0, 12.0, 90.074), (95, 13, 90.411), (112, 10, 106.751), (113, 10, 107.819), (84, 85, 95.942), (84, 86, 96.411),
            (84, 90, 98.343), (87, 90, 109.183), (88, 90, 113.247),
        ])
    func adjustments(fahrenheit: Double, humidity: Double, expected: Double) throws {
        let value = try #require(MoistAir(temperature: (fahrenheit - 32) * 5 / 9, humidity: humidity).heatIndex)
        #expect(abs(value * 9 / 5 + 32 - expected) < 0.01, "\(value * 9 / 5 + 32)")
    }

    @Test("Outside of its range no formula gives a value")
    func ranges() {
        for (temperature, humidity) in [(-40.1, 50.0), (50.1, 50), (20, 0), (20, 100.1), (20, -1), (.nan, 50), (20, .infinity)] {
            #expect(MoistAir(temperature: temperature, humidity: humidity).dewPoint == nil)
            #expect(MoistAir(temperature: temperature, humidity: humidity).absoluteHumidity == nil)
        }
        for (temperature, humidity) in [(19.9, 50.0), (50.1, 50), (30, -1), (30, 101), (.nan, 50)] {
            #expect(MoistAir(temperature: temperature, humidity: humidity).heatIndex == nil)
        }
        #expect(MoistAir(temperature: 20, humidity: 0).heatIndex != nil)
    }

    @Test("The dew point and the water in the air are known from one per cent on")
    func driest() {
        #expect(MoistAir(temperature: 20, humidity: 1).dewPoint != nil)
        #expect(MoistAir(temperature: 20, humidity: 1).absoluteHumidity != nil)
        #expect(MoistAir(temperature: 20, humidity: 0.9).dewPoint == nil)
        #expect(MoistAir(temperature: 20, humidity: 0.9).absoluteHumidity == nil)
    }

    @Test("No humidex is below the temperature")
    func noCoolerHumidex() {
        for tenths in 200...500 {
            let temperature = Double(tenths) / 10
            let all = (1...100).map { MoistAir(temperature: temperature, humidity: Double($0)).humidex }
            #expect(all.allSatisfy { $0 ?? temperature >= temperature }, "at \(temperature) °C")
        }
    }

    @Test("Values have two decimals at most")
    func decimals() throws {
        let value = try #require(MoistAir(temperature: 21.4, humidity: 41).dewPoint)
        #expect(value.description.split(separator: ".")[1].count <= 2)
    }
}
