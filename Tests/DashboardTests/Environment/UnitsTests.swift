import TerminalUI
import TestSupport
import Testing

@testable import EngineAPI
@testable import Homes
@testable import Screen

@Suite("The units on the screen")
struct UnitsTests {
    private func state(_ preferences: Units?, symbols: Symbols = .unicode) -> DashboardState {
        var snapshot = Scenes.snapshot()
        snapshot.data = DataStatus(stations: snapshot.data.stations, preferences: preferences, fetchedAt: snapshot.data.fetchedAt)
        return Scenes.state(snapshot, symbols: symbols)
    }

    @Test("They are the account's, and metric until NetAtmo told them")
    func account() {
        #expect(state(nil).environment.units == .metric)
        #expect(state(Units(wind: .knots)).environment.units == Units(wind: .knots))
        var state = state(nil)
        state.take(self.state(.imperial).snapshot)
        #expect(state.environment.units == .imperial)
    }

    @Test("u goes from the account's to metric, imperial and back, and says so at the foot of the screen")
    func key() {
        var state = state(Units(wind: .beaufort))
        let steps = (0..<3).map { _ in
            _ = state.handle(.key(.character("u")))
            return state.environment.units
        }
        #expect(steps == [.metric, .imperial, Units(wind: .beaufort)])
        #expect(state.frame.lines.last?.contains("Units on this screen: as chosen at NetAtmo (°C, mm, Bft, mbar)") == true)
        _ = state.handle(.key(.character("u")))
        #expect(state.frame.lines.last?.contains("Units on this screen: metric (°C, mm, km/h, mbar)") == true)
    }

    @Test("In ASCII a degree needs no sign")
    func ascii() {
        var state = state(.imperial, symbols: .ascii)
        _ = state.handle(.key(.character("u")))
        #expect(state.frame.lines.last?.contains("(C, mm, km/h, mbar)") == true)
        #expect(state.frame.lines.joined().filter { !$0.isASCII }.isEmpty)
    }
}

@Suite("Values with their units as text")
struct UnitTextTests {
    @Test(
        "A value has its unit's decimals and sign",
        arguments: [
            (Measure.temperature, 21.4, "21.4 °C", "70.5 °F"), (.temperature, -40, "−40.0 °C", "−40.0 °F"), (.humidity, 41, "41 %", "41 %"),
            (.co2, 913, "913 ppm", "913 ppm"), (.noise, 37, "37 dB", "37 dB"), (.pressure, 1013.25, "1013.3 mbar", "29.92 inHg"),
            (.rainToday, 7.7, "7.7 mm", "0.303 in"), (.rain, 0.1, "0.1 mm", "0.004 in"), (.windStrength, 14, "14 km/h", "9 mph"),
            (.windAngle, 225, "225°", "225°"), (.healthIndex, 2, "2", "2"), (.temperature, .nan, "– °C", "– °F"),
        ])
    func value(_ measure: Measure, _ value: Double, _ metric: String, _ imperial: String) {
        #expect(MeasureText(symbols: .unicode, units: .metric).value(value, of: measure) == metric)
        #expect(MeasureText(symbols: .unicode, units: .imperial).value(value, of: measure) == imperial)
    }

    @Test("ASCII has letters for degrees", arguments: [(Measure.temperature, -3.6, "-3.6 C"), (.windAngle, 225, "225 deg")])
    func ascii(_ measure: Measure, _ value: Double, _ text: String) {
        #expect(MeasureText(symbols: .ascii, units: .metric).value(value, of: measure) == text)
    }

    @Test(
        "The wind is said in each of its units",
        arguments: zip(
            Units.Wind.allCases,
            ["14 km/h SW, gusts 31", "9 mph SW, gusts 19", "3.9 m/s SW, gusts 8.6", "3 Bft SW, gusts 5", "8 kn SW, gusts 17"]))
    func wind(_ unit: Units.Wind, _ text: String) {
        let readings = Readings(time: nil, values: [.windStrength: 14, .windAngle: 225, .gustStrength: 31])
        #expect(MeasureText(symbols: .unicode, units: Units(wind: unit)).wind(readings) == text)
    }
}
