/// A place where stations stand: what NetAtmo calls `place`, and its climate.
struct Site: Sendable {
    /// Names the place and its weather: two sites of one name share their weather.
    let name: String
    let city: String
    /// Two letters, ISO 3166-1.
    let country: String
    let timezone: String
    /// m above the sea.
    let altitude: Int
    let longitude: Double
    let latitude: Double
    let climate: Climate
    var rooms: [RoomProfile]

    static let bergen = Site(
        name: "Bergen", city: "Bergen", country: "NO", timezone: "Europe/Oslo", altitude: 12, longitude: 5.3221, latitude: 60.3913,
        climate: .bergen, rooms: [.living, .bedroom, .office]
    )
    static let geilo = Site(
        name: "Geilo", city: "Geilo", country: "NO", timezone: "Europe/Oslo", altitude: 794, longitude: 8.2064, latitude: 60.5343,
        climate: .geilo, rooms: [.kitchen, .bedroom]
    )
    static let paris = Site(
        name: "Paris", city: "Paris", country: "FR", timezone: "Europe/Paris", altitude: 35, longitude: 2.3522, latitude: 48.8566,
        climate: .paris, rooms: []
    )
}
