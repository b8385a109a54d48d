/// All the warmth of a home: its weather, its rooms and what heats them.
struct HomeHeat: Sendable {
    let weather: SiteWeather
    let rooms: [RoomHeat]
    let boiler: Boiler
    private let seed: UInt64

    init(home: SimulatedHome, weather: SiteWeather, seed: UInt64) {
        self.weather = weather
        self.seed = seed
        rooms = home.rooms.map { RoomHeat(room: $0, home: home, weather: weather, seed: seed) }
        // A room whose valve is lost asks for nothing any more.
        let lost = Set(home.devices.filter { $0.lostBeforeStart != nil }.compactMap(\.room))
        boiler = Boiler(rooms: rooms.filter { !lost.contains($0.room.id) })
    }

    /// The unrest of a device's radio.
    func radioUnrest(of device: String, at time: Int) -> Int {
        Noise(seed: seed, name: device).signed(.radio, at: time.floorDivided(by: 1800)).clamped(to: -1...1)
    }
}
