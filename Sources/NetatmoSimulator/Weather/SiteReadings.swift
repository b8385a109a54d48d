/// Everything that the sensors of one place show at one tick of their clock.
///
/// Computed once for a place and shared by its modules, so that an account of 6000 modules costs little more than one of six.
struct SiteReadings: Sendable {
    /// A temperature with the day's range up to now, tenths of a °C.
    struct Temperature: Sendable {
        var value: Int
        var extremes: DayExtremes
        var trend: Trend
    }

    struct Room: Sendable {
        var temperature: Temperature
        var humidity: Int
        var carbonDioxide: Int
        var loudness: Int
    }

    struct Rain: Sendable {
        /// Thousandths of a mm in the interval before the tick, in the hour before it, and since local midnight.
        var interval: Int
        var hour: Int
        var day: Int
    }

    /// When the sensors measured, Unix seconds.
    let tick: Int
    /// The local midnight before it.
    let startOfDay: Int
    /// Whether the day is so young that NetAtmo leaves out its range and sums: the first two intervals.
    let isNewDay: Bool
    let outdoor: Temperature
    let outdoorHumidity: Int
    /// Tenths of a mbar.
    let pressure: Int
    let absolutePressure: Int
    let pressureTrend: Trend
    let wind: Wind
    /// The day's strongest wind, km/h, and its direction then.
    let strongestWind: DayExtremes.Mark
    let strongestWindAngle: Int
    let rain: Rain
    let rooms: [RoomProfile: Room]
    /// The wind's range, kept whole so that the next tick can go on from it.
    fileprivate let windExtremes: DayExtremes

    fileprivate init(place: PlaceWeather, tick: Int, interval: Int, earlier: SiteReadings?) {
        let weather = place.weather
        let startOfDay = CentralEuropeanTime.startOfDay(containing: tick)
        let base = earlier.flatMap { $0.startOfDay == startOfDay && $0.tick <= tick ? $0 : nil }
        let ticks = Ticks(interval: interval, after: base?.tick, startOfDay: startOfDay, through: tick)

        self.tick = tick
        self.startOfDay = startOfDay
        isNewDay = tick - startOfDay < 2 * interval
        outdoor = Temperature(at: tick, over: ticks, from: base?.outdoor.extremes, course: weather.temperature(at:))
        outdoorHumidity = weather.humidity(at: tick)
        pressure = weather.pressure(at: tick)
        absolutePressure = weather.absolutePressure(at: tick)
        // The meteorologist's tendency: over three hours, a mbar and more.
        pressureTrend = Trend(change: pressure - weather.pressure(at: tick - 3 * 3600), threshold: 10)
        wind = weather.wind(at: tick)
        windExtremes = ticks.extremes(from: base?.windExtremes, course: weather.windStrength(at:))
        strongestWind = windExtremes.highest
        strongestWindAngle = weather.wind(at: windExtremes.highest.time).angle
        rain = Rain(
            interval: weather.rain(after: tick - interval, through: tick), hour: weather.rain(after: tick - 3600, through: tick),
            day: weather.rain(after: startOfDay, through: tick)
        )
        var rooms: [RoomProfile: Room] = [:]
        for room in place.rooms {
            rooms[room.profile] = Room(
                temperature: Temperature(
                    at: tick, over: ticks, from: base?.rooms[room.profile]?.temperature.extremes, course: room.temperature(at:)
                ),
                humidity: room.humidity(at: tick), carbonDioxide: room.carbonDioxide(at: tick),
                loudness: room.loudness(at: tick)
            )
        }
        self.rooms = rooms
    }
}

extension SiteReadings.Temperature {
    fileprivate init(at tick: Int, over ticks: Ticks, from earlier: DayExtremes?, course: (Int) -> Int) {
        let value = course(tick)
        self.init(
            value: value, extremes: ticks.extremes(from: earlier, course: course),
            // Three tenths in an hour: more than the sensor's own unrest.
            trend: Trend(change: value - course(tick - 3600), threshold: 3)
        )
    }
}

/// The ticks of a day that have still to be looked at for its range.
private struct Ticks {
    let range: StrideThrough<Int>
    let last: Int

    /// - Parameters:
    ///   - after: the tick up to which the range is known, `nil` if it has to be built from midnight.
    init(interval: Int, after: Int?, startOfDay: Int, through last: Int) {
        // Ticks lie on multiples of the interval; midnight need not.
        let firstOfDay = -(-startOfDay).floorDivided(by: interval) * interval
        range = stride(from: after.map { $0 + interval } ?? firstOfDay, through: last, by: interval)
        self.last = last
    }

    func extremes(from earlier: DayExtremes?, course: (Int) -> Int) -> DayExtremes {
        var extremes = earlier
        for tick in range {
            let value = course(tick)
            extremes = extremes ?? DayExtremes(value: value, time: tick)
            extremes?.include(value: value, time: tick)
        }
        return extremes ?? DayExtremes(value: course(last), time: last)
    }
}

/// The weather of one place with the rooms that are measured there.
struct PlaceWeather: Sendable {
    let weather: SiteWeather
    let rooms: [RoomWeather]

    init(site: Site, seed: UInt64) {
        let weather = SiteWeather(seed: seed, name: site.name, climate: site.climate, altitude: Double(site.altitude))
        self.weather = weather
        rooms = site.rooms.map { RoomWeather(profile: $0, seed: seed, siteName: site.name, site: weather) }
    }
}

/// Remembers the latest readings of each place, so that a day's range grows by one tick instead of being built anew.
///
/// A memory only: what it answers depends on seed, place and tick alone.
struct WeatherBook: Sendable {
    /// Modules upload at different moments, so for a while some are one tick behind the others.
    private static let ticksKept = 4

    let seed: UInt64
    /// Seconds between two ticks.
    let interval: Int
    private var places: [String: PlaceWeather] = [:]
    private var pages: [String: [SiteReadings]] = [:]

    init(seed: UInt64, interval: Int) {
        self.seed = seed
        self.interval = interval
    }

    mutating func readings(at site: Site, tick: Int) -> SiteReadings {
        let known = pages[site.name] ?? []
        if let page = known.first(where: { $0.tick == tick }) { return page }
        let earlier = known.filter { $0.tick < tick }.max { $0.tick < $1.tick }
        let page = SiteReadings(place: place(site), tick: tick, interval: interval, earlier: earlier)
        pages[site.name] = Array((known + [page]).suffix(Self.ticksKept))
        return page
    }

    /// The courses themselves, for times other than the latest.
    mutating func place(_ site: Site) -> PlaceWeather {
        if let place = places[site.name] { return place }
        let place = PlaceWeather(site: site, seed: seed)
        places[site.name] = place
        return place
    }
}
