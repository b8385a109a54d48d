extension Account {
    /// A base and the modules behind it: the unit that accounts for load tests are built of.
    private static let unitsPerStation = 6
    private static let setUp = 1_600_000_000

    /// An account of so many measuring units, base stations included.
    ///
    /// The stations stand in a few towns in turn and share their weather, shifted a little from unit to unit.
    static func forLoad(moduleCount: Int) -> Account {
        let sites = [Site.bergen, .geilo, .paris].map { site in
            var site = site
            site.rooms = [.living, .bedroom, .office]
            return site
        }
        var stations: [SimulatedStation] = []
        var remaining = max(moduleCount, 0)
        while remaining > 0 {
            let units = min(remaining, Self.unitsPerStation)
            stations.append(Self.station(number: stations.count, site: sites[stations.count % sites.count], units: units))
            remaining -= units
        }
        return Account(stations: stations)
    }

    private static func station(number: Int, site: Site, units: Int) -> SimulatedStation {
        let label = "Home \(number + 1)"
        return SimulatedStation(
            id: Self.address(prefix: "70:ee:50", number: number), site: site,
            homeID: "5f8d0c1e2b3a4c5d" + Self.hexadecimal(number, digits: 8), homeName: label, stationName: label + " (Living room)",
            moduleName: "Living room", room: .living, ownership: .own, wifi: 45 + number % 40, firmware: 204, setUp: Self.setUp,
            modules: (0..<(units - 1)).map { Self.module(position: $0, station: number) }
        )
    }

    private static func module(position: Int, station: Int) -> SimulatedModule {
        let (kind, prefix, name, room): (ModuleKind, String, String, RoomProfile?) =
            switch position {
            case 0: (.outdoor, "02:00:00", "Outdoor", nil)
            case 1: (.rain, "05:00:00", "Rain", nil)
            case 2: (.wind, "06:00:00", "Wind", nil)
            case 3: (.indoor, "03:00:00", "Bedroom", .bedroom)
            default: (.indoor, "03:00:01", "Office", .office)
            }
        return SimulatedModule(
            id: Self.address(prefix: prefix, number: station), kind: kind, name: name, room: room,
            battery: 20 + (station * 7 + position * 13) % 80, radio: 60 + (station * 3 + position * 5) % 30, setUp: Self.setUp
        )
    }

    /// `prefix` and three bytes: a MAC address for each of 16 million stations.
    private static func address(prefix: String, number: Int) -> String {
        let digits = Array(Self.hexadecimal(number, digits: 6))
        return prefix + ":" + String(digits[0...1]) + ":" + String(digits[2...3]) + ":" + String(digits[4...5])
    }

    /// The last so many hexadecimal digits, with leading zeros.
    private static func hexadecimal(_ number: Int, digits: Int) -> String {
        let text = String(number, radix: 16)
        return String((String(repeating: "0", count: digits) + text).suffix(digits))
    }
}
