import Homes

/// A station as NetAtmo describes it: a base with what belongs to it.
struct StationAnswer: Decodable {
    let station: Station

    init(from decoder: any Decoder) throws {
        let base = try DeviceAnswer(from: decoder).device
        let container = try decoder.container(keyedBy: AnyKey.self)
        station = Station(
            base: base, modules: container.elements("modules", as: DeviceAnswer.self).map(\.device),
            name: container.name("station_name") ?? container.name("name"), homeName: container.name("home_name"),
            homeID: container.name("home_id"), place: container.value("place", as: PlaceAnswer.self)?.place,
            isFavorite: container.flag("favorite") ?? false
        )
    }
}

/// Where a station stands, as far as NetAtmo says.
private struct PlaceAnswer: Decodable {
    let place: Station.Place

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        place = Station.Place(
            timeZone: container.name("timezone"), country: container.name("country"), city: container.name("city"),
            altitude: container.number("altitude")
        )
    }
}
