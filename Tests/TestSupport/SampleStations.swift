package import FoundationEssentials
package import Homes
import Netatmo

/// The readings of two homes, as in the picture of the main view: all times are around ``now``.
package enum SampleStations {
    /// 2026-11-23T17:18:05Z, a Monday.
    package static let now = Date(timeIntervalSince1970: 1_795_454_285)

    /// A time so many seconds after ``now``.
    package static func now(_ seconds: TimeInterval) -> Date {
        now.addingTimeInterval(seconds)
    }

    /// All stations, in NetAtmo's order.
    package static let all: [Station] = stations(json)

    /// The same as the engine takes them, with how warm it feels at Ute.
    package static let taken = all.withFeltTemperatures(.humidex)

    /// Fjord: the base Stue, and Ute, Regn, Vind and Loft, which is unreachable.
    package static var fjord: Station { all[0] }

    /// Hytte: a base without a name, with an indoor module.
    package static var hytte: Station { all[1] }

    /// The stations of an answer of `getstationsdata`.
    package static func stations(_ json: String) -> [Station] {
        guard let data = try? JSONDecoder().decode(StationsData.self, from: Data(json.utf8)) else {
            preconditionFailure("the JSON holds no stations")
        }
        return data.stations
    }

    /// An answer of `getstationsdata` with one base of that name and these modules, measured just now.
    ///
    /// - Parameters:
    ///   - name: The base's name.
    ///   - modules: Ids and names of indoor modules.
    ///   - time: When all of them measured.
    package static func json(baseNamed name: String, modules: [(id: String, name: String)] = [], measuredAt time: Date = now) -> String {
        let readings = #""dashboard_data": {"time_utc": \#(Int(time.timeIntervalSince1970)), "Temperature": 20.5}"#
        let modules = modules.map {
            #"{"_id": "\#($0.id)", "type": "NAModule4", "module_name": \#(quoted($0.name)), \#(readings)}"#
        }
        return #"""
            {"body": {"devices": [{"_id": "70:ee:50:00:00:01", "type": "NAMain", "station_name": \#(quoted(name)),
            "home_name": \#(quoted(name)), "module_name": \#(quoted(name)), \#(readings), "modules": [\#(modules.joined(separator: ","))]}]}}
            """#
    }

    private static func quoted(_ text: String) -> String {
        (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? #""""#
    }
}
