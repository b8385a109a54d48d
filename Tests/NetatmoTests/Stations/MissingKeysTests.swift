import Testing

@testable import Homes
@testable import Netatmo

@Suite("Keys that are missing or odd cost no more than themselves")
struct MissingKeysTests {
    /// What a station says, value by value, so that a loss can be named.
    private func facts(_ stations: [Station]) -> Set<String> {
        var facts: Set<String> = []
        for station in stations {
            let own: [String: Any?] = [
                "name": station.name, "homeName": station.homeName, "homeID": station.homeID, "isFavorite": station.isFavorite,
                "timeZone": station.place?.timeZone, "country": station.place?.country, "city": station.place?.city,
                "altitude": station.place?.altitude,
            ]
            for (name, value) in own { if let value { facts.insert("\(station.base.id) \(name) \(value)") } }
            for device in station.devices { facts.formUnion(self.facts(device)) }
        }
        return facts
    }

    private func facts(_ module: Device) -> Set<String> {
        let own: [String: Any?] = [
            "there": true, "kind": module.kind, "module name": module.name, "isReachable": module.isReachable, "firmware": module.firmware,
            "percent": module.battery?.percent, "millivolts": module.battery?.millivolts, "signal": module.signal,
            "lastSeen": module.lastSeen,
            "time": module.readings?.time,
        ]
        var facts: Set<String> = []
        for (name, value) in own { if let value { facts.insert("\(module.id) \(name) \(value)") } }
        for (measure, value) in module.readings?.values ?? [:] { facts.insert("\(module.id) \(measure) \(value)") }
        for (measure, value) in module.readings?.trends ?? [:] { facts.insert("\(module.id) \(measure) \(value)") }
        for (measure, value) in module.readings?.times ?? [:] { facts.insert("\(module.id) \(measure) \(value)") }
        return facts
    }

    /// How many facts go with a key, where it is more than one.
    private func limit(of path: StationsSample.Path, in lost: Set<String>) -> Bool {
        guard case .key(let name) = path.last else { return false }
        return switch name {
        // The whole device, or all of one of its parts.
        case "_id", "modules", "dashboard_data", "place": true
        // A home coach's name is its station's too.
        case "name": lost.count <= 2
        default: lost.count <= 1
        }
    }

    /// How a key can be other than it should be.
    enum Oddity: String, CaseIterable, Sendable {
        case missing, null, object, array, text, boolean, hugeNumber

        var value: JSONValue? {
            switch self {
            case .missing: nil
            case .null: .null
            case .object: .object(["odd": .object([:])])
            case .array: .array([.null, .array([])])
            case .text: .string("odd")
            case .boolean: .bool(true)
            case .hugeNumber: .float(1e308)
            }
        }
    }

    @Test("Each key of the answer, one at a time", arguments: Oddity.allCases)
    func oneAtATime(oddity: Oddity) throws {
        let complete = facts(try StationsSample.stations())
        let paths = try StationsSample.memberPaths()
        #expect(paths.count > 150)
        for path in paths {
            let stations = try StationsSample.stations(StationsSample.text(changing: path, to: oddity.value))
            let lost = complete.subtracting(facts(stations))
            #expect(limit(of: path, in: lost), "\(path) took \(lost.sorted()) with it")
            let owner = path.prefix(3).description
            #expect(stations.count == (path.count == 4 && path.last == .key("_id") && oddity != .text ? 3 : 4), "\(owner)")
        }
    }

    @Test("A module that loses its id, its readings or its place takes no other with it", arguments: Oddity.allCases)
    func largeParts(oddity: Oddity) throws {
        let complete = facts(try StationsSample.stations())
        let device: StationsSample.Path = [.key("body"), .key("devices"), .index(0)]
        let garden = device + [.key("modules"), .index(0)]
        for (path, isPart) in [
            (device + [.key("dashboard_data")], { (fact: String) in fact.hasPrefix("70:ee:50:00:00:01 ") }),
            (device + [.key("place")], { $0.hasPrefix("70:ee:50:00:00:01 ") }),
            (device + [.key("modules")], { !$0.hasPrefix("70:") && !$0.hasPrefix("02:00:00:00:00:04") }),
            (garden + [.key("dashboard_data")], { $0.hasPrefix("02:00:00:00:00:01 ") }),
            (garden + [.key("_id")], { $0.hasPrefix("02:00:00:00:00:01 ") }),
        ] {
            let lost = complete.subtracting(facts(try StationsSample.stations(StationsSample.text(changing: path, to: oddity.value))))
            #expect(!lost.isEmpty)
            #expect(lost.allSatisfy(isPart), "\(path)")
        }
    }

    @Test("A device of _id alone is read")
    func idAlone() throws {
        let station = try StationsSample.station(#"{"_id":"70:ee"}"#)
        #expect(
            station == Station(base: Device(id: "70:ee", kind: .other(""), name: nil, readings: nil), modules: [], name: nil, homeName: nil)
        )
    }
}
