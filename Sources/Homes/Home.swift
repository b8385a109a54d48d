/// A home with the stations in it.
package struct Home: Sendable, Hashable {
    /// The home's name.
    package let name: String
    /// The name, and the town where that is not the same.
    package let title: String
    /// Whether it is another user's.
    package let isFavorite: Bool
    /// The devices, by station.
    package let stations: [DeviceGroup]

    /// The devices of a station under one heading, or under none.
    package struct DeviceGroup: Sendable, Hashable {
        /// The station's name, where the home has several stations.
        package let title: String?
        package let devices: [Device]
        /// Names that a search finds all these devices by.
        package let names: [String]
    }
}

extension Home {
    /// The homes of these stations, in the order in which they first appear, favourites behind all others.
    package static func homes(of stations: [Station], separator: String) -> [Home] {
        var order: [HomeKey] = []
        var members: [HomeKey: [Station]] = [:]
        for station in stations {
            let key = HomeKey(station)
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(station)
        }
        let keys = order.filter { !$0.isFavorite } + order.filter(\.isFavorite)
        return keys.map { Home(stations: members[$0] ?? [], separator: separator) }
    }

    private init(stations: [Station], separator: String) {
        name = stations.first.map(Self.name) ?? ""
        let city = stations.lazy.compactMap { $0.place?.city }.first { !$0.isEmpty }
        title = city.map { [name] in $0 == name ? name : "\(name) \(separator) \($0)" } ?? name
        isFavorite = stations.first?.isFavorite ?? false
        let rooms = stations.filter(\.isOfRooms)
        self.stations =
            Self.groups(of: stations.filter { !$0.isOfRooms }) + rooms.map { DeviceGroup($0, title: stations.count > 1 ? $0.title : nil) }
    }

    private static func groups(of stations: [Station]) -> [DeviceGroup] {
        let large = stations.filter { !$0.modules.isEmpty }
        guard large.count > 1 else { return stations.map { DeviceGroup($0, title: nil) } }
        // Devices that stand alone go first, so that they do not look as if they were the last station's.
        return stations.filter(\.modules.isEmpty).map { DeviceGroup($0, title: nil) } + large.map { DeviceGroup($0, title: $0.title) }
    }

    private static func name(of station: Station) -> String {
        if let name = station.homeName, !name.isEmpty { return name }
        return station.base.kind == .homeCoach ? "Home coaches" : station.title
    }
}

extension Home.DeviceGroup {
    fileprivate init(_ station: Station, title: String?) {
        self.title = title
        devices = station.devices
        let coach = station.base.kind == .homeCoach ? "Home coach" : nil
        // "Rooms" is ours, and each row says it.
        names = [
            station.isOfRooms ? nil : station.name, station.homeName, station.place?.city, coach, station.isFavorite ? "Favourite" : nil,
        ].compactMap(\.self)
    }
}

extension Station {
    /// Whether it holds a home's rooms in place of modules.
    fileprivate var isOfRooms: Bool { base.kind == .room || base.kind == .boiler }

    /// The station's name on the screen.
    fileprivate var title: String {
        if let name, !name.isEmpty { return name }
        return base.title
    }
}

/// Tells the homes apart. Home coaches without a home are together.
struct HomeKey: Hashable {
    let isFavorite: Bool
    let id: String

    init(_ station: Station) {
        isFavorite = station.isFavorite
        let names = [station.homeID, station.homeName, station.base.kind == .homeCoach ? "" : station.base.id]
        id = names.compactMap(\.self).first ?? ""
    }
}
