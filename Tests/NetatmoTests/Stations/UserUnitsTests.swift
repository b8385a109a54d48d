import Foundation
import Testing

@testable import Homes
@testable import Netatmo

@Suite("Reading the user's units")
struct PreferencesTests {
    private func preferences(_ user: String) throws -> Units? {
        let text = #"{"body":{"devices":[]\#(user)}}"#
        return try NetatmoAnswer(status: 200, body: Array(text.utf8)).decoded(as: StationsData.self).preferences
    }

    private func units(_ administrative: String) throws -> Units? {
        try preferences(#","user":{"administrative":\#(administrative)}"#)
    }

    @Test("NetAtmo's numbers are read")
    func numbers() throws {
        #expect(try units(#"{"unit":0,"windunit":0,"pressureunit":0}"#) == .metric)
        #expect(try units(#"{"unit":1,"windunit":1,"pressureunit":1}"#) == .imperial)
        let winds = try (0...4).map { try units(#"{"windunit":\#($0)}"#)?.wind }
        #expect(winds == [.kilometersPerHour, .milesPerHour, .metersPerSecond, .beaufort, .knots])
        let pressures = try (0...2).map { try units(#"{"pressureunit":\#($0)}"#)?.pressure }
        #expect(pressures == [.millibars, .inchesOfMercury, .millimetersOfMercury])
        #expect(try units(#"{"unit":0,"windunit":2,"pressureunit":2}"#) == Units(wind: .metersPerSecond, pressure: .millimetersOfMercury))
    }

    @Test(
        "What is missing, unknown or of another type is metric",
        arguments: [
            "{}", #"{"unit":2,"windunit":99,"pressureunit":-1}"#, #"{"unit":null,"windunit":[],"pressureunit":"x"}"#,
            #"{"unit":1e300,"windunit":-1e300}"#, #"{"unit":true}"#,
        ])
    func odd(_ administrative: String) throws {
        #expect(try units(administrative) == .metric)
    }

    @Test(
        "How warmth is to be told is read where it is there and known",
        arguments: [
            (#"{"feel_like_algo":0}"#, .humidex), (#"{"feel_like_algo":1}"#, .heatIndex), (#"{"feel_like_algo":"1"}"#, .heatIndex),
            (#"{"feel_like_algo":2}"#, nil), (#"{"feel_like_algo":-1}"#, nil), (#"{"feel_like_algo":null}"#, nil), ("{}", nil),
        ] as [(String, FeltTemperature.WarmFormula?)])
    func warmFormula(administrative: String, formula: FeltTemperature.WarmFormula?) throws {
        let text = #"{"body":{"devices":[],"user":{"administrative":\#(administrative)}}}"#
        #expect(try NetatmoAnswer(status: 200, body: Array(text.utf8)).decoded(as: StationsData.self).warmFormula == formula)
    }

    @Test("Numbers in strings are numbers")
    func strings() throws {
        #expect(try units(#"{"unit":"1","windunit":"4"}"#) == Units(temperature: .fahrenheit, rain: .inches, wind: .knots))
    }

    @Test(
        "An answer without a user, or with an odd one, names no units",
        arguments: ["", #","user":null"#, #","user":[]"#, #","user":{"administrative":7}"#])
    func missing(_ user: String) throws {
        #expect(try preferences(user) == nil)
    }
}
