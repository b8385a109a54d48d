import Testing

@testable import Homes
@testable import Netatmo

@Suite("What can be measured")
struct MeasureRangeTests {
    /// By hand, so that a border that is moved is seen.
    private static let ranges: [(Measure, Double, Double)] = [
        (.temperature, -90, 80), (.temperatureMinimum, -90, 80), (.temperatureMaximum, -90, 80), (.humidity, 0, 100), (.co2, 0, 20_000),
        (.noise, 0, 200), (.pressure, 500, 1500), (.absolutePressure, 200, 1300), (.windStrength, 0, 500), (.gustStrength, 0, 500),
        (.windStrengthMaximum, 0, 500), (.windAngle, 0, 360), (.gustAngle, 0, 360), (.windAngleMaximum, 0, 360), (.rain, 0, 500),
        (.rainLastHour, 0, 500), (.rainToday, 0, 2000), (.healthIndex, 0, 4),
    ]

    @Test("A value at either border is one, a little beyond it is none")
    func borders() throws {
        #expect(Set(Self.ranges.map(\.0)) == Set(Measure.allCases.filter(\.isOfStations)))
        for (measure, least, most) in Self.ranges {
            #expect(try StationsSample.reading(measure, "\(least)") == least, "\(measure)")
            #expect(try StationsSample.reading(measure, "\(most)") == most, "\(measure)")
            #expect(try StationsSample.reading(measure, "\(least - 0.01)") == nil, "\(measure)")
            #expect(try StationsSample.reading(measure, "\(most + 0.01)") == nil, "\(measure)")
            #expect(try StationsSample.reading(measure, "1e308") == nil, "\(measure)")
        }
    }

    @Test(
        "What heats has borders too, and no weather station tells it",
        arguments: [(Measure.setpoint, -90.0, 80.0), (.heatingPower, 0, 100), (.boilerMinutes, 0, 60)])
    func heating(measure: Measure, least: Double, most: Double) throws {
        #expect(measure.reading(least) == least && measure.reading(most) == most)
        #expect(measure.reading(least - 0.01) == nil && measure.reading(most + 0.01) == nil)
        #expect(try StationsSample.reading(measure, "\(most)") == nil)
    }

    @Test("An angle of -1, which stands for calm, is none, and the strength beside it stays")
    func calm() throws {
        let module = try StationsSample.module(
            #"{"_id":"m","type":"NAModule2","dashboard_data":{"WindStrength":0,"WindAngle":-1,"GustStrength":-1,"GustAngle":361}}"#)
        #expect(module.readings?.values == [.windStrength: 0])
    }

    @Test("A past value that can't be is none too")
    func history() throws {
        let body = #"{"body":[{"beg_time":1795464895,"step_time":300,"value":[[21.4,-1],[99,180]]}]}"#
        let answer = try NetatmoAnswer(status: 200, body: Array(body.utf8)).decoded(as: MeasureAnswer.self)
        let subject = HistorySubject(deviceID: "d", moduleID: nil, measures: [.temperature, .windAngle])
        let history = answer.history(of: subject, columns: HistoryColumn.all(of: subject))
        #expect(history.points(of: .temperature).map(\.value) == [21.4, nil])
        #expect(history.points(of: .windAngle).map(\.value) == [nil, 180])
    }
}

@Suite("What a type measures")
struct ModuleMeasuresTests {
    private static let temperatures: [String] = ["Temperature", "min_temp", "max_temp"]
    private static let room: [String] = ["CO2", "Humidity", "Noise", "Pressure", "AbsolutePressure"]
    private static let winds: [String] = ["WindStrength", "WindAngle", "GustStrength", "GustAngle", "max_wind_str", "max_wind_angle"]
    private static let rains: [String] = ["Rain", "sum_rain_1", "sum_rain_24"]
    private static let all: [String] = temperatures + room + winds + rains + ["health_idx"]

    /// A module of a type with a value for every measure; the one that its pressure needs is in every range.
    private static func measured(_ type: String, _ more: String = "") throws -> Set<String> {
        let values = Measure.allCases.map { #""\#($0.key)":\#($0.range.lowerBound)"# }.joined(separator: ",")
        let times = #""temp_trend":"up","pressure_trend":"up","date_min_temp":1,"date_max_temp":1,"date_max_wind_str":1"#
        let module = try StationsSample.module(#"{"_id":"m","type":"\#(type)"\#(more),"dashboard_data":{\#(values),\#(times)}}"#)
        let readings = try #require(module.readings)
        // Trends and times go with the values.
        let measured = Set(readings.values.keys)
        #expect(Set(readings.trends.keys) == measured.intersection([.temperature, .pressure]))
        #expect(Set(readings.times.keys) == measured.intersection([.temperatureMinimum, .temperatureMaximum, .windStrengthMaximum]))
        return Set(measured.map(\.key))
    }

    private static let ofTypes: [(String, [String])] = {
        let outdoor: [String] = temperatures + ["Humidity"]
        let base: [String] = temperatures + room
        return [
            ("NAMain", base), ("NAModule1", outdoor), ("NAModule2", winds), ("NAModule3", rains), ("NAModule4", outdoor + ["CO2"]),
            ("NHC", base + ["health_idx"]), ("NAModule9", all),
        ]
    }()

    @Test("Without data_type only what the type measures is a reading", arguments: ofTypes)
    func types(type: String, expected: [String]) throws {
        #expect(try Self.measured(type) == Set(expected))
        for words in ["[]", "5", "null", #"["Radon"]"#, "[7]"] {
            #expect(try Self.measured(type, #","data_type":\#(words)"#) == Set(expected), "data_type \(words)")
        }
    }

    private static let ofWords: [(String, [String])] = [
        ("Temperature", temperatures), ("CO2", ["CO2"]), ("Humidity", ["Humidity"]), ("Noise", ["Noise"]),
        ("Pressure", ["Pressure", "AbsolutePressure"]), ("Rain", rains), ("Wind", winds), ("health_idx", ["health_idx"]),
    ]

    @Test("Each word of data_type stands for its measures, whatever the type is", arguments: ofWords)
    func words(word: String, expected: [String]) throws {
        for type in ["NAMain", "NAModule2", "NAModule9"] {
            #expect(try Self.measured(type, #","data_type":["\#(word)","Radon",3]"#) == Set(expected), "\(type)")
        }
    }
}
