import Testing

@testable import NetatmoSimulator

@Suite("The warmth of rooms")
struct RoomHeatTests {
    @Test("A course goes on where the day before ended, in winter and in summer: no step of five minutes is a jump")
    func continuity() {
        let home = EnergyAccount.fjord
        let weather = SiteWeather(seed: 1, name: home.site.name, climate: home.site.climate, altitude: Double(home.site.altitude))
        var book = HeatBook()
        for room in HomeHeat(home: home, weather: weather, seed: 1).rooms {
            for day in stride(from: 20_000, to: 20_730, by: 10) {
                let midnight = day * CentralEuropeanTime.secondsPerDay
                let before = book.temperature(of: room, at: midnight - RoomHeat.step)
                #expect(abs(book.temperature(of: room, at: midnight) - before) <= 3)
            }
        }
    }

    @Test("Between two points of a course the temperature goes straight, and the power is held")
    func interpolation() {
        var course = HeatCourse()
        course.append(temperature: 20, power: 40)
        course.append(temperature: 21, power: 10)
        course.end(temperature: 19)
        #expect([0, 75, 150, 300, 450, 599].map { course.temperature(at: $0).rounded(decimals: 2) } == [20, 20.25, 20.5, 21, 20, 19.01])
        #expect([0, 299, 300, 599].map { course.power(at: $0) } == [40, 40, 10, 10])
    }
}
