import Foundation
import Testing

@testable import Homes
@testable import OperatingSystem

@Suite("Reading getstationsdata")
struct StationsDataTests {
    private func time(_ seconds: TimeInterval) -> Date {
        Date(timeIntervalSince1970: seconds)
    }

    @Test("All stations come in NetAtmo's order, with their homes and places")
    func stations() throws {
        let stations = try StationsSample.stations()
        #expect(stations.map(\.base.id) == (1...4).map { "70:ee:50:00:00:0\($0)" })
        #expect(stations.map(\.name) == ["House (Indoor)", nil, "Guest", "Coach"])
        #expect(stations.map(\.homeName) == ["House", "Cabin", nil, nil])
        #expect(stations.map(\.homeID) == ["h1", "h2", nil, nil])
        #expect(stations.map(\.isFavorite) == [false, false, true, false])
        #expect(stations.map(\.modules.count) == [6, 0, 1, 0])
        #expect(stations[0].place == Station.Place(timeZone: "Europe/Oslo", country: "NO", city: "Bergen", altitude: 37.5))
        #expect(stations[1].place == Station.Place(timeZone: "Europe/Oslo", country: nil, city: nil, altitude: nil))
        #expect(stations[2].place == nil)
        #expect(stations[0].devices == [stations[0].base] + stations[0].modules)
    }

    @Test("The base has everything that was sent of it")
    func base() throws {
        let base = try StationsSample.stations()[0].base
        #expect(base.kind == .base)
        #expect(base.name == "Indoor")
        #expect(base.isReachable)
        #expect(base.firmware == 206)
        #expect(base.signal == .wifi(56))
        #expect(base.battery == nil)
        #expect(base.lastSeen == time(1_795_465_000))
        let readings = try #require(base.readings)
        #expect(readings.time == time(1_795_464_900))
        #expect(
            readings.values == [
                .temperature: 21.4, .co2: 612, .humidity: 41, .noise: 35, .pressure: 1013.2, .absolutePressure: 1008.9,
                .temperatureMinimum: 19.5, .temperatureMaximum: 22,
            ]
        )
        #expect(readings.trends == [.temperature: .stable, .pressure: .down])
        #expect(readings.times == [.temperatureMinimum: time(1_795_420_000), .temperatureMaximum: time(1_795_450_000)])
    }

    @Test("Each type of module has its measures, battery, signal and times")
    func modules() throws {
        let modules = try StationsSample.stations()[0].modules
        #expect(modules.map(\.kind) == [.outdoor, .wind, .rain, .indoor, .outdoor, .other("NAModule9")])
        #expect(modules.map(\.name) == ["Garden", "Wind", "Rain", "Bedroom", "Lost", nil])
        #expect(modules.map(\.firmware) == [53, 25, 12, 53, nil, nil])
        #expect(modules.map(\.signal) == [.radio(62), .radio(70), .radio(80), .radio(90), nil, nil])
        #expect(modules.map { $0.battery?.percent } == [87, 66, 50, 33, nil, nil])
        #expect(modules.map { $0.battery?.millivolts } == [5680, 5200, 4900, 5000, nil, nil])
        #expect(modules[0].lastSeen == time(1_795_464_980))
        #expect(modules[0].readings?.values == [.temperature: -3.1, .humidity: 88, .temperatureMinimum: -7.2, .temperatureMaximum: 0.4])
        #expect(modules[0].readings?.trends == [.temperature: .up])
        #expect(
            modules[1].readings?.values == [
                .windStrength: 14, .windAngle: 225, .gustStrength: 31, .gustAngle: 230, .windStrengthMaximum: 44, .windAngleMaximum: 210,
            ]
        )
        #expect(modules[1].readings?.times == [.windStrengthMaximum: time(1_795_440_000)])
        #expect(modules[2].readings?.values == [.rain: 0.101, .rainLastHour: 0.606, .rainToday: 12.3])
        #expect(modules[3].readings?[.co2] == 800)
        #expect(modules[3].readings?.trends == [.temperature: .down])
    }

    @Test("A type that is not known shows what it measures")
    func unknownType() throws {
        let module = try StationsSample.stations()[0].modules[5]
        #expect(module.kind.rawValue == "NAModule9")
        #expect(module.readings?.values == [.temperature: 4])
        #expect(module.displayName == "id-02:00:00:00:00:03")
    }

    @Test("A guest's station has the pressure, and modules without names")
    func favorite() throws {
        let station = try StationsSample.stations()[2]
        #expect(station.base.readings?.values == [.pressure: 1011])
        #expect(station.base.readings?.trends == [.pressure: .up])
        let module = try #require(station.modules.first)
        #expect(module.name == nil)
        #expect(module.battery == nil)
        #expect(module.signal == nil)
        #expect(module.isReachable)
        #expect(module.readings?[.temperature] == 1)
    }

    @Test("A home coach is a station without modules, named by `name`, with its index of health")
    func homeCoach() throws {
        let station = try StationsSample.stations()[3]
        #expect(station.base.kind == .homeCoach)
        #expect(station.base.name == "Coach")
        #expect(station.modules.isEmpty)
        #expect(station.place?.altitude == nil)
        #expect(station.base.readings?[.healthIndex] == 2)
        let silent = try StationsSample.station(#"{"_id":"h","type":"NHC","station_name":"Room","name":"x","reachable":true}"#)
        #expect(silent.base.readings == nil)
        #expect(silent.base.isReachable)
        #expect(silent.name == "Room")
    }

    @Test("No devices is an answer, not an error")
    func noDevices() throws {
        #expect(try StationsSample.stations(#"{"body":{"devices":[],"user":{}},"status":"ok","time_server":"17"}"#).isEmpty)
    }

    @Test(
        "Names from strangers come through with U+FFFD for what commands or misleads, and unchanged beside that",
        arguments: [
            (#"\"\\\n\u0000\u001b[2J"#, "\"\\\u{FFFD}\u{FFFD}\u{FFFD}[2J"), ("😀 \u{202E}abc", "😀 \u{FFFD}abc"), ("  ", "  "), ("é", "é"),
            (#"a\r\nb"#, "a\u{FFFD}\u{FFFD}b"), ("\u{5E9}\u{200F}\u{200D}\u{FEFF}", "\u{5E9}\u{FFFD}\u{200D}\u{FEFF}"),
            (#"\ufffd\ufffe\u00a0\u00ad"#, "\u{FFFD}\u{FFFE}\u{A0}\u{AD}"),
        ]
    )
    func names(escaped: String, expected: String) throws {
        let name = "\"\(escaped)\""
        let station = try StationsSample.station(
            """
            {"_id":"x","module_name":\(name),"station_name":\(name),"home_name":\(name),"home_id":\(name),"type":\(name),
             "place":{"city":\(name),"country":\(name),"timezone":\(name)}}
            """
        )
        let place = try #require(station.place)
        let texts = [
            station.base.name, station.name, station.homeName, station.homeID, station.base.kind.rawValue, place.city, place.country,
            place.timeZone,
        ]
        // Scalar by scalar: strings are equal too where they are only canonically equivalent.
        for text in texts { #expect(text?.unicodeScalars.elementsEqual(expected.unicodeScalars) == true, "\(text.debugDescription)") }
    }

    @Test("An id is read without the blanks that occur in it, and is as harmless as a name")
    func ids() throws {
        #expect(try StationsSample.station(#"{"_id":" 70:ee\n:50\u0000\u202e"}"#).base.id == "70:ee:50\u{FFFD}\u{FFFD}")
    }

    @Test("Every control character and every mark that turns text around is harmful, and nothing beside them")
    func harmful() {
        let expected = [0x00...0x1F, 0x7F...0x9F, 0x61C...0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069].flatMap(Array.init)
        let harmful = (0...0x10FFFF).filter { UInt32($0).harmfulScalar }
        #expect(harmful == expected)
        for value in harmful {
            guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
            #expect("a\(scalar)b".harmless == "a\u{FFFD}b")
        }
    }

    @Test("An empty name is none to show", arguments: [#","module_name":"""#, "", #","module_name":null"#])
    func emptyName(member: String) throws {
        #expect(try StationsSample.module(#"{"_id":"02:a"\#(member)}"#).displayName == "id-02:a")
    }

    @Test(
        "Every type has NetAtmo's word, both ways",
        arguments: ["NAMain", "NAModule1", "NAModule2", "NAModule3", "NAModule4", "NHC", "NA5", ""])
    func kinds(word: String) {
        #expect(Device.Kind(rawValue: word).rawValue == word)
    }
}

extension UInt32 {
    /// Whether there is a harmful character of this number.
    fileprivate var harmfulScalar: Bool { Unicode.Scalar(self)?.isHarmful ?? false }
}
