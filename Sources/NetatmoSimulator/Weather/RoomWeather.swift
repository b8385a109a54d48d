import Glibc

/// How a room is lived in.
enum RoomProfile: String, CaseIterable, Hashable, Sendable {
    case living, kitchen, bedroom, office

    /// What the heating aims for by day, °C.
    var comfort: Double {
        switch self {
        case .living: 21.2
        case .kitchen: 19.5
        case .bedroom: 18
        case .office: 20.6
        }
    }

    /// How much cooler it gets by night, K.
    var setback: Double { self == .bedroom ? 0.8 : 2.2 }

    /// How full the room is at an hour of the day (0 to 24): 0 empty, 1 everybody. Straight lines between the full hours.
    func occupancy(hour: Double, weekend: Bool) -> Double {
        let course = self.course(weekend: weekend)
        let index = hour.rounded(.down).clamped(to: 0...23)
        let next = course[(index + 1) % course.count]
        return course[index] + (next - course[index]) * (hour - Double(index))
    }

    private func course(weekend: Bool) -> [Double] {
        switch self {
        case .bedroom: Self.sleeping
        case .office: weekend ? Self.workingAtWeekends : Self.working
        case .kitchen, .living: weekend ? Self.livingAtWeekends : Self.livingOnWeekdays
        }
    }

    // One value for each full hour, from midnight. Kept, since years of values ask for them again and again.
    private static let sleeping: [Double] = [
        0.9, 1, 1, 1, 1, 1, 0.9, 0.4, 0.1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.1, 0.2, 0.3, 0.6, 0.8,
    ]
    private static let workingAtWeekends: [Double] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.1, 0.1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    private static let working: [Double] = [
        0, 0, 0, 0, 0, 0, 0, 0.2, 0.7, 0.9, 1, 0.9, 0.5, 0.8, 1, 0.9, 0.7, 0.3, 0.1, 0, 0, 0, 0, 0,
    ]
    private static let livingAtWeekends: [Double] = [
        0.3, 0.1, 0, 0, 0, 0, 0, 0.1, 0.3, 0.5, 0.6, 0.6, 0.7, 0.6, 0.5, 0.5, 0.6, 0.7, 0.9, 1, 1, 1, 0.8, 0.5,
    ]
    private static let livingOnWeekdays: [Double] = [
        0.2, 0, 0, 0, 0, 0, 0.3, 0.6, 0.3, 0.1, 0.1, 0.1, 0.2, 0.1, 0.1, 0.2, 0.5, 0.7, 0.9, 1, 1, 1, 0.8, 0.4,
    ]
}

/// The air in one room of a place: a pure function of seed, place, room and time, as ``SiteWeather`` is.
struct RoomWeather: Sendable {
    let profile: RoomProfile
    let site: SiteWeather
    private let noise: Noise

    init(profile: RoomProfile, seed: UInt64, siteName: String, site: SiteWeather) {
        self.profile = profile
        self.site = site
        noise = Noise(seed: seed, name: siteName + "/" + profile.rawValue)
    }

    /// Tenths of a °C.
    func temperature(at time: Int) -> Int {
        let hour = CentralEuropeanTime.hourOfDay(at: time)
        let night = 0.5 + 0.5 * cos(2 * Double.pi * (hour - 5) / 24)
        let value =
            profile.comfort - profile.setback * night + 0.9 * occupancy(at: time)
            + 0.5 * noise.smooth(.roomHours, at: time, period: 6 * 3600)
            + 0.15 * noise.smooth(.roomMinutes, at: time, period: 1200)
            + 0.06 * noise.signed(.roomJitter, at: time)
        return (value * 10).clamped(to: 0...500)
    }

    /// Relative, %. Cold air outside is dry air once it is warm inside.
    func humidity(at time: Int) -> Int {
        let value =
            38 + 0.6 * site.exactTemperature(at: time) + 5 * occupancy(at: time)
            + 4 * noise.smooth(.roomHumidity, at: time, period: 8 * 3600) + 0.6 * noise.signed(.roomJitter, at: time)
        return value.clamped(to: 15...85)
    }

    /// ppm, never below the air outdoors (about 420).
    func carbonDioxide(at time: Int) -> Int {
        let crowd = 520 * occupancy(at: time) * (0.8 + 0.4 * noise.uniform(.carbonDioxide, at: time.floorDivided(by: 86_400)))
        let value =
            470 + crowd + 35 * noise.smooth(.carbonDioxide, at: time, period: 1800)
            + 10 * noise.signed(.carbonDioxideJitter, at: time)
        return value.clamped(to: 420...5000)
    }

    /// dB, 33 to 75.
    func loudness(at time: Int) -> Int {
        let voices = 20 * occupancy(at: time) * noise.uniform(.loudness, at: time)
        let value = 34 + voices + 2 * noise.signed(.hum, at: time)
        return value.clamped(to: 33...75)
    }

    private func occupancy(at time: Int) -> Double {
        profile.occupancy(hour: CentralEuropeanTime.hourOfDay(at: time), weekend: CentralEuropeanTime.isWeekend(at: time))
    }
}
