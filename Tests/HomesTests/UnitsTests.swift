import Foundation
import Testing

@testable import Homes

@Suite("Values in other units")
struct UnitsTests {
    @Test(
        "Degrees Fahrenheit",
        arguments: [(0.0, 32.0), (100, 212), (-40, -40), (37, 98.6), (-17.8, -0.04), (21.4, 70.52)])
    func fahrenheit(_ celsius: Double, _ fahrenheit: Double) {
        for measure in [Measure.temperature, .temperatureMinimum, .temperatureMaximum] {
            #expect(abs(Units.imperial.value(celsius, of: measure) - fahrenheit) < 1e-9)
        }
    }

    @Test("Inches of rain", arguments: [(0.0, 0.0), (25.4, 1), (7.7, 0.30315), (0.1, 0.003937)])
    func inches(_ millimeters: Double, _ inches: Double) {
        for measure in [Measure.rain, .rainLastHour, .rainToday] {
            #expect(abs(Units.imperial.value(millimeters, of: measure) - inches) < 1e-5)
        }
    }

    @Test(
        "Speeds of wind in each unit",
        arguments: [
            (Units.Wind.kilometersPerHour, 31.0), (.milesPerHour, 19.2625), (.metersPerSecond, 8.6111), (.beaufort, 5), (.knots, 16.7387),
        ])
    func wind(_ unit: Units.Wind, _ expected: Double) {
        for measure in [Measure.windStrength, .gustStrength, .windStrengthMaximum] {
            #expect(abs(Units(wind: unit).value(31, of: measure) - expected) < 1e-4)
        }
    }

    @Test(
        "Pressures in each unit",
        arguments: [(Units.Pressure.millibars, 1013.25), (.inchesOfMercury, 29.9212), (.millimetersOfMercury, 760)])
    func pressure(_ unit: Units.Pressure, _ expected: Double) {
        for measure in [Measure.pressure, .absolutePressure] {
            #expect(abs(Units(pressure: unit).value(1013.25, of: measure) - expected) < 1e-3)
        }
    }

    @Test(
        "Beaufort numbers at their borders",
        arguments: [
            (0.0, 0), (0.4, 0), (1, 1), (5, 1), (6, 2), (11, 2), (12, 3), (19, 3), (20, 4), (28, 4), (29, 5), (38, 5), (39, 6), (49, 6),
            (50, 7), (61, 7), (62, 8), (74, 8), (75, 9), (88, 9), (89, 10), (102, 10), (103, 11), (117, 11), (118, 12), (400, 12), (-3, 0),
        ])
    func beaufort(_ speed: Double, _ number: Int) {
        #expect(Units.Wind.beaufort(kilometersPerHour: speed) == number)
    }

    /// The WMO's table: the whole km/h of each number, from the least to the most.
    static let beaufortTable: [(number: Int, speeds: ClosedRange<Double>)] = [
        (0, 0...0), (1, 1...5), (2, 6...11), (3, 12...19), (4, 20...28), (5, 29...38), (6, 39...49), (7, 50...61), (8, 62...74),
        (9, 75...88), (10, 89...102), (11, 103...117), (12, 118...500),
    ]

    @Test("Each Beaufort number begins and ends where the table says, and what lies between two whole km/h is rounded", arguments: 0...12)
    func beaufortBorders(number: Int) {
        let speeds = Self.beaufortTable[number].speeds
        for speed in [speeds.lowerBound - 0.5, speeds.lowerBound, speeds.upperBound, speeds.upperBound + 0.49] where speed >= 0 {
            #expect(Units.Wind.beaufort(kilometersPerHour: speed) == number, "\(speed) km/h")
        }
        #expect(Units.Wind.beaufort(kilometersPerHour: speeds.lowerBound - 0.51) == max(0, number - 1))
        #expect(Units.Wind.beaufort(kilometersPerHour: speeds.upperBound + 0.5) == min(12, number + 1))
    }

    @Test("Measures with a single unit keep their values and units", arguments: [Measure.co2, .humidity, .noise, .windAngle, .healthIndex])
    func single(_ measure: Measure) {
        #expect(Units.imperial.value(912.5, of: measure) == 912.5)
        #expect(Units.imperial.symbol(of: measure) == measure.unit.rawValue)
        #expect(Units.imperial.decimals(of: measure) == 0)
    }

    @Test("Metric units are the ones that NetAtmo sends", arguments: Measure.allCases)
    func metric(_ measure: Measure) {
        #expect(Units.metric.value(12.25, of: measure) == 12.25)
        #expect(Units.metric.symbol(of: measure) == measure.unit.rawValue)
    }

    @Test(
        "No number breaks a conversion",
        arguments: [Double.infinity, -.infinity, .nan, .greatestFiniteMagnitude, -.greatestFiniteMagnitude])
    func extremes(_ value: Double) {
        for measure in Measure.allCases {
            _ = Units.imperial.value(value, of: measure)
            _ = Units(wind: .beaufort).value(value, of: measure)
        }
    }
}
