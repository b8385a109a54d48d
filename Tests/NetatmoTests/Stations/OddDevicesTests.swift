import Foundation
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo

@Suite("Odd devices and values")
struct OddDevicesTests {
    @Test(
        "An odd device among good ones is left out alone",
        arguments: [
            "null", "5", #""text""#, "[]", "{}", "true", #"{"_id":null}"#, #"{"_id":7}"#, #"{"_id":""}"#, #"{"_id":" \n "}"#,
            #"{"type":"NAMain"}"#,
            #"{"_id":{"x":1},"type":"NAModule1"}"#,
        ]
    )
    func oddDevice(device: String) throws {
        let good = (1...2).map { #"{"_id":"m\#($0)","type":"NAModule1","dashboard_data":{"Temperature":\#($0)}}"# }
        let modules = "[\(device),\(good[0]),\(device),\(good[1])]"
        let stations = try StationsSample.stations(#"{"body":{"devices":[\#(device),{"_id":"s","modules":\#(modules)},\#(device)]}}"#)
        #expect(stations.map(\.base.id) == ["s"])
        #expect(stations.first?.modules.map(\.id) == ["m1", "m2"])
        #expect(stations.first?.modules.map { $0.readings?[.temperature] } == [1, 2])
    }

    @Test("Blanks in an id are taken out", arguments: [" 02:00:00:00:00:01", "02:00:00:00:00:01\\n", "02:00: 00:00:00:\\u00a001\\t"])
    func blanksInID(id: String) throws {
        #expect(try StationsSample.module(#"{"_id":"\#(id)","type":"NAModule1"}"#).id == "02:00:00:00:00:01")
    }

    @Test("A name is kept up to 256 characters, a longer one is cut by three dots")
    func longNames() throws {
        func name(_ text: String) throws -> String? {
            try StationsSample.module(#"{"_id":"m","type":"NAModule1","module_name":"\#(text)"}"#).name
        }
        let longest = String(repeating: "ø", count: 256)
        #expect(try name(longest) == longest)
        #expect(try name(longest + "ø") == longest.dropLast(3) + "...")
        #expect(try name(String(repeating: longest, count: 100)) == longest.dropLast(3) + "...")
    }

    @Test(
        "A number is read in every form it comes in, to the last digit",
        arguments: [
            ("21.4", 21.4), (#""21.4""#, 21.4), ("21", 21), (#""21""#, 21), ("-3.1", -3.1), (#""-3.1""#, -3.1), ("0", 0), ("-0", 0),
            ("-0.0", 0),
            ("1e-300", 1e-300), ("2.14e1", 21.4), (#""2.14E+1""#, 21.4), ("0.10000000000000000555", 0.1),
        ]
    )
    func numbers(value: String, expected: Double) throws {
        for measure in Measure.allCases where measure.isOfStations {
            #expect(try StationsSample.reading(measure, value) == (measure.range.contains(expected) ? expected : nil))
        }
    }

    @Test(
        "What is no finite number is no value, and the time beside it stays",
        arguments: [
            "null", "true", "false", "[]", "[1]", "{}", #""""#, #"" ""#, #""NaN""#, #""nan""#, #""inf""#, #""-Infinity""#, #""21,4""#,
            #""21.4 °C""#, "1e400", "-1e400", #""1e400""#,
        ]
    )
    func noNumbers(value: String) throws {
        for measure in Measure.allCases {
            let module = try StationsSample.module(
                #"{"_id":"m","dashboard_data":{"\#(measure.key)":\#(value),"time_utc":1795464895}}"#)
            #expect(module.readings == Readings(time: Date(timeIntervalSince1970: 1_795_464_895), values: [:]))
        }
    }

    @Test(
        "Times that can't be are none",
        arguments: ["0", "-1", "1e308", "1e11", "null", #""soon""#, "true", "{}"]
    )
    func times(value: String) throws {
        let module = try StationsSample.module(
            #"{"_id":"m","last_seen":\#(value),"dashboard_data":{"time_utc":\#(value),"date_max_temp":\#(value),"Rain":0}}"#
        )
        #expect(module.lastSeen == nil)
        #expect(module.readings == Readings(time: nil, values: [.rain: 0]))
    }

    @Test("A trend is up, stable or down, and nothing else", arguments: ["UP", "", "rising"])
    func trends(word: String) throws {
        let module = try StationsSample.module(#"{"_id":"m","dashboard_data":{"temp_trend":"\#(word)","pressure_trend":"up"}}"#)
        #expect(module.readings?.trends == [.pressure: .up])
    }

    @Test(
        "Counts are whole and in range",
        arguments: [("53.9", 53), (#""53""#, 53), ("1e308", nil), ("-1e308", nil), (#""x""#, nil), ("255", nil)])
    func counts(value: String, expected: Int?) throws {
        #expect(try StationsSample.module(#"{"_id":"m","firmware":\#(value)}"#).firmware == expected)
    }

    @Test(
        "What NetAtmo sends of a module out of reach is no reading",
        arguments: [
            #""firmware":255,"rf_status":255,"battery_vp":65535,"battery_percent":100,"last_seen":0"#,
            #""firmware":255,"rf_status":255,"battery_percent":100,"last_seen":0,"dashboard_data":null"#,
            #""battery_percent":100,"dashboard_data":[]"#, #""battery_vp":65535"#, #""battery_percent":255,"wifi_status":255"#,
            #""battery_percent":40,"battery_vp":4800"#,
        ]
    )
    func sentinels(members: String) throws {
        let module = try StationsSample.module(#"{"_id":"m","type":"NAModule1","reachable":false,\#(members)}"#)
        #expect(module == Device(id: "m", kind: .outdoor, name: nil, reachable: false, readings: nil))
    }

    @Test(
        "A battery is what is known of it",
        arguments: [
            (#""reachable":true,"battery_percent":100"#, 100, nil), (#""battery_percent":100,"battery_vp":6000"#, 100, 6000),
            (#""reachable":null,"battery_percent":40,"battery_vp":4800"#, 40, 4800), (#""battery_vp":4800"#, nil, 4800),
            (#""battery_percent":0"#, 0, nil), (#""battery_percent":-1,"battery_vp":4800"#, nil, 4800),
            (#""battery_percent":101,"battery_vp":4800"#, nil, 4800), (#""battery_percent":40,"battery_vp":-1"#, 40, nil),
            (#""battery_percent":40,"battery_vp":65536"#, 40, nil), (#""battery_vp":0"#, nil, 0), (#""battery_vp":65534"#, nil, 65_534),
        ] as [(String, Int?, Int?)]
    )
    func battery(members: String, percent: Int?, millivolts: Int?) throws {
        let battery = try StationsSample.module(#"{"_id":"m",\#(members)}"#).battery
        #expect(battery == Device.Battery(percent: percent, millivolts: millivolts))
    }

    @Test("A battery of all ones is none, also where the module is said to be in reach")
    func batterySentinel() throws {
        #expect(try StationsSample.module(#"{"_id":"m","reachable":true,"battery_vp":65535,"battery_percent":100}"#).battery == nil)
    }

    @Test("Ten thousand odd modules do no harm")
    func many() throws {
        let odd = String(repeating: "{},", count: 10_000)
        let stations = try StationsSample.stations(#"{"body":{"devices":[{"_id":"s","modules":[\#(odd){"_id":"m"}]}]}}"#)
        #expect(stations.first?.modules.map(\.id) == ["m"])
    }

    // A stack that overflows ends the process, so a process of its own reads these.
    @Test("Nesting 10,000 deep is refused, and does not crash")
    func deepNesting() async {
        await #expect(processExitsWith: .success) {
            for (open, close) in [("[", "]"), (#"{"a":"#, "}"), (#"[{"body":"#, "}]")] {
                for depth in [250, 10_000] {
                    let value = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
                    for body in [
                        value, #"{"error":\#(value)}"#, #"{"x":\#(value),"body":{"devices":[{"_id":"s"}]}}"#,
                        #"{"body":{"devices":\#(value)}}"#,
                        #"{"body":{"devices":[{"_id":"s","place":\#(value),"dashboard_data":\#(value)}]}}"#,
                    ] {
                        for status in [200, 403] {
                            let answer = NetatmoAnswer(status: status, body: Array(body.utf8))
                            _ = try? answer.decoded(as: StationsData.self)
                            _ = try? answer.decoded(as: TokenGrant.self)
                        }
                        _ = try? TokenAttributes(json: Array(body.utf8))
                    }
                }
            }
        }
    }
}
