import Foundation

@testable import Homes
@testable import Netatmo

/// An answer of getstationsdata with two homes, every type of device, and a guest's station, and ways to change it.
enum StationsSample {
    /// The answer as JSON.
    static let text = #"""
        {"body":{"devices":[
          {"_id":"70:ee:50:00:00:01","type":"NAMain","station_name":"House (Indoor)","home_id":"h1","home_name":"House",
           "module_name":"Indoor","wifi_status":56,"firmware":206,"reachable":true,"read_only":false,"favorite":false,
           "co2_calibrating":false,"date_setup":1577836800,"last_setup":1577836800,"last_status_store":1795465000,
           "last_upgrade":1600000000,"data_type":["Temperature","CO2","Humidity","Noise","Pressure"],
           "place":{"timezone":"Europe/Oslo","country":"NO","city":"Bergen","altitude":37.5,"location":[5.32,60.39]},
           "dashboard_data":{"time_utc":1795464900,"Temperature":21.4,"CO2":612,"Humidity":41,"Noise":35,"Pressure":1013.2,
             "AbsolutePressure":1008.9,"min_temp":19.5,"max_temp":22,"date_min_temp":1795420000,"date_max_temp":1795450000,
             "temp_trend":"stable","pressure_trend":"down"},
           "modules":[
             {"_id":"02:00:00:00:00:01","type":"NAModule1","module_name":"Garden","data_type":["Temperature","Humidity"],
              "reachable":true,"last_message":1795464990,"last_seen":1795464980,"last_setup":1577836800,"firmware":53,
              "rf_status":62,"battery_vp":5680,"battery_percent":87,
              "dashboard_data":{"time_utc":1795464895,"Temperature":-3.1,"Humidity":88,"min_temp":-7.2,"max_temp":0.4,
                "date_min_temp":1795421000,"date_max_temp":1795449000,"temp_trend":"up"}},
             {"_id":"06:00:00:00:00:01","type":"NAModule2","module_name":"Wind","data_type":["Wind"],"reachable":true,
              "last_message":1795464991,"last_seen":1795464981,"firmware":25,"rf_status":70,"battery_vp":5200,"battery_percent":66,
              "dashboard_data":{"time_utc":1795464896,"WindStrength":14,"WindAngle":225,"GustStrength":31,"GustAngle":230,
                "max_wind_str":44,"max_wind_angle":210,"date_max_wind_str":1795440000}},
             {"_id":"05:00:00:00:00:01","type":"NAModule3","module_name":"Rain","data_type":["Rain"],"reachable":true,
              "last_message":1795464992,"last_seen":1795464982,"firmware":12,"rf_status":80,"battery_vp":4900,"battery_percent":50,
              "dashboard_data":{"time_utc":1795464897,"Rain":0.101,"sum_rain_1":0.606,"sum_rain_24":12.3}},
             {"_id":"03:00:00:00:00:01","type":"NAModule4","module_name":"Bedroom","data_type":["Temperature","CO2","Humidity"],
              "reachable":true,"last_message":1795464993,"last_seen":1795464983,"firmware":53,"rf_status":90,"battery_vp":5000,
              "battery_percent":33,
              "dashboard_data":{"time_utc":1795464898,"Temperature":18.9,"CO2":800,"Humidity":45,"min_temp":17,"max_temp":19.5,
                "date_min_temp":1795422000,"date_max_temp":1795448000,"temp_trend":"down"}},
             {"_id":"02:00:00:00:00:02","type":"NAModule1","module_name":"Lost","reachable":false,"last_message":1795000000,
              "last_seen":0,"firmware":255,"rf_status":255,"battery_vp":65535,"battery_percent":100},
             {"_id":"02:00:00:00:00:03","type":"NAModule9","reachable":true,"last_seen":1795464984,
              "dashboard_data":{"time_utc":1795464899,"Temperature":4,"Radiation":0.1}}]},
          {"_id":"70:ee:50:00:00:02","type":"NAMain","home_id":"h2","home_name":"Cabin","module_name":"Cabin","wifi_status":71,
           "firmware":206,"reachable":true,"last_status_store":1795465001,"place":{"timezone":"Europe/Oslo","location":[8.1,61.2]},
           "dashboard_data":{"time_utc":1795464901,"Temperature":6,"CO2":400,"Humidity":60,"Noise":30,"Pressure":1000,
             "AbsolutePressure":900},"modules":[]},
          {"_id":"70:ee:50:00:00:03","type":"NAMain","station_name":"Guest","favorite":true,"read_only":true,"reachable":true,
           "dashboard_data":{"time_utc":1795464902,"Pressure":1011,"pressure_trend":"up"},
           "modules":[{"_id":"02:00:00:00:00:04","type":"NAModule1","dashboard_data":{"time_utc":1795464903,"Temperature":1}}]},
          {"_id":"70:ee:50:00:00:04","type":"NHC","name":"Coach","wifi_status":86,"firmware":59,"reachable":true,
           "last_status_store":1795465002,"place":{"timezone":"Europe/Oslo"},
           "dashboard_data":{"time_utc":1795464904,"Temperature":23,"CO2":1200,"Humidity":50,"Noise":40,"Pressure":1012,
             "AbsolutePressure":1007,"health_idx":2}}],
         "user":{"mail":"x@example.org","administrative":{"unit":0}}},
         "status":"ok","time_exec":"0.05","time_server":"1795465003"}
        """#

    /// The stations of a JSON text.
    static func stations(_ text: String = text) throws -> [Station] {
        try NetatmoAnswer(status: 200, body: Array(text.utf8)).decoded(as: StationsData.self).stations
    }

    /// The one station of a device's JSON.
    static func station(_ device: String) throws -> Station {
        let stations = try stations(#"{"body":{"devices":[\#(device)]}}"#)
        guard stations.count == 1 else { throw NetatmoError(.invalidAnswer, message: "\(stations.count) stations") }
        return stations[0]
    }

    /// The one module of a module's JSON.
    static func module(_ module: String) throws -> Device {
        let station = try station(#"{"_id":"s","type":"NAMain","modules":[\#(module)]}"#)
        guard station.modules.count == 1 else { throw NetatmoError(.invalidAnswer, message: "\(station.modules.count) modules") }
        return station.modules[0]
    }

    /// The readings of one JSON value of `dashboard_data`.
    static func reading(_ measure: Measure, _ value: String) throws -> Double? {
        try module(#"{"_id":"m","type":"NAModule9","dashboard_data":{"time_utc":1795464895,"\#(measure.key)":\#(value)}}"#).readings?[
            measure]
    }

    /// A place in the answer.
    typealias Path = [PathStep]

    /// One step to a place in a JSON value.
    enum PathStep: Sendable, Hashable, CustomStringConvertible {
        case key(String)
        case index(Int)

        var description: String {
            switch self {
            case .key(let name): name
            case .index(let index): "\(index)"
            }
        }
    }

    /// The paths of all members of all objects below `body.devices`.
    static func memberPaths() throws -> [Path] {
        let start: Path = [.key("body"), .key("devices")]
        return paths(below: start, of: try root.get().value(at: start))
    }

    /// The answer with the value at a path replaced, or removed.
    static func text(changing path: Path, to replacement: JSONValue?) throws -> String {
        String(decoding: try JSONEncoder().encode(try root.get().changing(path[...], to: replacement)), as: UTF8.self)
    }

    private static let root = Result { try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) }

    private static func paths(below path: Path, of value: JSONValue?) -> [Path] {
        switch value {
        case .object(let members):
            members.sorted { $0.key < $1.key }.flatMap { [path + [.key($0.key)]] + paths(below: path + [.key($0.key)], of: $0.value) }
        case .array(let elements):
            elements.enumerated().flatMap { paths(below: path + [.index($0.offset)], of: $0.element) }
        default: []
        }
    }
}

extension JSONValue {
    /// The value at a path.
    fileprivate func value(at path: StationsSample.Path) -> JSONValue? {
        path.reduce(self) { value, step in
            switch (value, step) {
            case (.object(let members), .key(let name)): members[name]
            case (.array(let elements), .index(let index)): elements[index]
            default: nil
            }
        }
    }

    /// The same value with another at a path.
    fileprivate func changing(_ path: ArraySlice<StationsSample.PathStep>, to replacement: JSONValue?) -> JSONValue {
        guard let step = path.first else { return replacement ?? .null }
        let rest = path.dropFirst()
        switch (self, step) {
        case (.object(var members), .key(let name)):
            members[name] = rest.isEmpty ? replacement : members[name]?.changing(rest, to: replacement)
            return .object(members)
        case (.array(var elements), .index(let index)):
            elements[index] = elements[index].changing(rest, to: replacement)
            return .array(elements)
        default:
            return self
        }
    }
}
