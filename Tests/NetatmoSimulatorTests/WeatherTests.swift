import FoundationEssentials
import Testing

@testable import NetatmoSimulator

@Suite("Weather")
struct WeatherTests {
    private static let newYear = 1_767_225_600  // 1 January 2026, 00:00 UTC
    private static let sites = [Site.bergen, .geilo, .paris]

    private static func weather(_ site: Site, seed: UInt64) -> SiteWeather {
        PlaceWeather(site: site, seed: seed).weather
    }

    private static func year(step: Int) -> StrideTo<Int> {
        stride(from: Self.newYear, to: Self.newYear + 365 * 86_400, by: step)
    }

    @Test("Over a year every value stays where such values lie", arguments: Self.sites, [1, 2, 42] as [UInt64])
    func bounds(site: Site, seed: UInt64) {
        let weather = Self.weather(site, seed: seed)
        for time in Self.year(step: 2 * 3600 + 300) {
            #expect((-350...400).contains(weather.temperature(at: time)))
            #expect((20...100).contains(weather.humidity(at: time)))
            #expect((9700...10_450).contains(weather.pressure(at: time)))
            #expect(weather.absolutePressure(at: time) <= weather.pressure(at: time))
            #expect((0...60).contains(weather.rainRate(at: time)))
        }
    }

    @Test("Gusts are never weaker than the wind, directions are on the compass, and some hours are calm", arguments: Self.sites)
    func wind(site: Site) {
        let weather = Self.weather(site, seed: 1)
        var strengths: Set<Int> = []
        for time in Self.year(step: 3900) {
            let wind = weather.wind(at: time)
            #expect(wind.gustStrength >= wind.strength)
            #expect((0...120).contains(wind.strength))
            #expect((0..<360).contains(wind.angle))
            #expect((0..<360).contains(wind.gustAngle))
            strengths.insert(wind.strength)
        }
        #expect(strengths.count > 10)
        #expect((strengths.min() ?? 99) < 3)
    }

    @Test("It is coldest before dawn and warmest in the afternoon, colder in January than in July", arguments: Self.sites)
    func courses(site: Site) {
        let weather = Self.weather(site, seed: 7)
        func mean(hour: Int, month: Int) -> Double {
            let days = (1...28).map { CivilDate(year: 2026, month: month, day: $0).daysSince1970 }
            // UTC, an hour or two behind the local clock.
            return days.map { weather.exactTemperature(at: $0 * 86_400 + hour * 3600) }.reduce(0, +) / 28
        }
        #expect(mean(hour: 4, month: 7) < mean(hour: 8, month: 7))
        #expect(mean(hour: 8, month: 7) < mean(hour: 13, month: 7))
        #expect(mean(hour: 22, month: 7) < mean(hour: 13, month: 7))
        #expect(mean(hour: 12, month: 1) + 5 < mean(hour: 12, month: 7))
    }

    @Test("The day's curve has its ends at 5 and 15 o'clock and no jump")
    func dayCurve() {
        #expect(abs(SiteWeather.dayCurve(hour: 5) + 1) < 1e-9)
        #expect(abs(SiteWeather.dayCurve(hour: 15) - 1) < 1e-9)
        for minute in 0..<1440 {
            let step = SiteWeather.dayCurve(hour: Double(minute + 1).truncatingRemainder(dividingBy: 1440) / 60)
            #expect(abs(step - SiteWeather.dayCurve(hour: Double(minute) / 60)) < 0.01)
        }
    }

    @Test("It rains a believable amount, more in Bergen than in Paris, and most minutes are dry")
    func rainAmount() {
        let year = Self.newYear + 365 * 86_400
        let bergen = Self.weather(.bergen, seed: 1).rain(after: Self.newYear, through: year) / 1000
        let paris = Self.weather(.paris, seed: 1).rain(after: Self.newYear, through: year) / 1000
        #expect((900...4000).contains(bergen))
        #expect((200...1200).contains(paris))
        #expect(paris < bergen)
        let dry = Self.year(step: 3600).count { Self.weather(.bergen, seed: 1).rainRate(at: $0) == 0 }
        #expect(dry > 365 * 24 / 2)
    }

    @Test("Sums of rain don't depend on how the time is cut", arguments: [5, 60, 300, 3600])
    func rainSums(step: Int) {
        let weather = Self.weather(.bergen, seed: 3)
        let end = Self.newYear + 2 * 86_400
        let parts = stride(from: Self.newYear, to: end, by: step).map { weather.rain(after: $0, through: $0 + step) }
        #expect(parts.reduce(0, +) == weather.rain(after: Self.newYear, through: end))
        #expect(parts.allSatisfy { $0 >= 0 && $0 % SiteWeather.tipMicrometres == 0 })
        #expect(weather.rain(after: end, through: Self.newYear) == 0)
    }

    @Test(
        "The readings' sums agree with each other, through days on which the clocks change",
        arguments: [
            (2026, 3, 29), (2026, 10, 25), (2026, 11, 23),
        ])
    func readingSums(year: Int, month: Int, day: Int) {
        let noon = CivilDate(year: year, month: month, day: day).daysSince1970 * 86_400 + 12 * 3600
        let midnight = CentralEuropeanTime.startOfDay(containing: noon)
        var book = WeatherBook(seed: 5, interval: 300)
        var sum = 0
        var tick = midnight + 300
        while CentralEuropeanTime.startOfDay(containing: tick) == midnight {
            let readings = book.readings(at: .bergen, tick: tick)
            sum += readings.rain.interval
            #expect(readings.rain.day == sum)
            #expect(readings.rain.hour >= readings.rain.interval)
            #expect(readings.outdoor.extremes.lowest.value <= readings.outdoor.value)
            #expect(readings.outdoor.extremes.highest.value >= readings.outdoor.value)
            #expect(readings.strongestWind.value >= readings.wind.strength)
            tick += 300
        }
        #expect(tick - midnight == (month == 3 ? 23 : month == 10 ? 25 : 24) * 3600)
    }

    @Test("Rooms stay habitable, CO₂ never falls below the air outside, and people raise it", arguments: RoomProfile.allCases, Self.sites)
    func rooms(profile: RoomProfile, site: Site) {
        let weather = Self.weather(site, seed: 1)
        let room = RoomWeather(profile: profile, seed: 1, siteName: site.name, site: weather)
        var highest = 0
        for time in Self.year(step: 3 * 3600 + 300) {
            #expect((140...260).contains(room.temperature(at: time)))
            #expect((15...85).contains(room.humidity(at: time)))
            #expect((420...2500).contains(room.carbonDioxide(at: time)))
            #expect((33...75).contains(room.loudness(at: time)))
            highest = max(highest, room.carbonDioxide(at: time))
        }
        #expect(highest > 800)
    }

    @Test("The bedroom's CO₂ is higher by night than by day, the living room's in the evening")
    func carbonDioxideCourse() {
        let weather = Self.weather(.bergen, seed: 1)
        let bedroom = RoomWeather(profile: .bedroom, seed: 1, siteName: "Bergen", site: weather)
        let living = RoomWeather(profile: .living, seed: 1, siteName: "Bergen", site: weather)
        let midnight = CentralEuropeanTime.startOfDay(containing: TestClock.monday)
        #expect(bedroom.carbonDioxide(at: midnight + 4 * 3600) > bedroom.carbonDioxide(at: midnight + 12 * 3600) + 200)
        #expect(living.carbonDioxide(at: midnight + 20 * 3600) > living.carbonDioxide(at: midnight + 4 * 3600) + 200)
    }

    @Test("Noise is in range, smooth, repeatable and different from channel to channel")
    func noise() {
        let noise = Noise(seed: 1, name: "x")
        var sum = 0.0
        for index in -5000..<5000 {
            let value = noise.uniform(.front, at: index)
            #expect((0..<1).contains(value))
            sum += value
            #expect(value == Noise(seed: 1, name: "x").uniform(.front, at: index))
            let step = noise.smooth(.hours, at: index + 1, period: 100) - noise.smooth(.hours, at: index, period: 100)
            #expect(abs(step) < 0.05)
        }
        #expect(abs(sum / 10_000 - 0.5) < 0.02)
        #expect(noise.uniform(.front, at: 3) != noise.uniform(.hours, at: 3))
        #expect(noise.uniform(.front, at: 3) != Noise(seed: 1, name: "y").uniform(.front, at: 3))
    }

    @Test("Any date at all gives readings", arguments: [-1e300, -1e9, 0, 4e9, 1e300, .infinity, -.infinity, .nan])
    func anyDate(time: Double) async throws {
        let netatmo = SimulatedNetatmo(configuration: Simulation.configuration) { Date(timeIntervalSince1970: time) }
        let token = await netatmo.issueTokens().access
        let call = APICall(endpoint: .stationsData, method: .get, fields: FormFields(), bearer: token)
        let answer = await netatmo.answer(call, ticket: await netatmo.begin(call))
        #expect(answer.status == 200)
    }

    @Test(
        "A trend needs a change of its threshold",
        arguments: [
            (3, Trend.up), (2, .stable), (0, .stable), (-2, .stable), (-3, .down),
        ])
    func trend(change: Int, trend: Trend) {
        #expect(Trend(change: change, threshold: 3) == trend)
    }
}
