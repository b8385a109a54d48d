/// Remembers courses of days, since all rooms of a model and all steps of a history ask for the same ones. A memory only.
struct HeatBook: Sendable {
    private struct Page: Hashable {
        let key: String
        let day: Int
    }

    /// About 1.5 KB each.
    private static let capacity = 4096

    private var courses: [Page: HeatCourse] = [:]

    /// Tenths of a °C, as a room's sensor shows it.
    mutating func temperature(of heat: RoomHeat, at time: Int) -> Int {
        let temperature = course(of: heat, at: time).temperature(at: time.floorRemainder(by: CentralEuropeanTime.secondsPerDay))
        return (temperature * 10).clamped(to: 0...500) + heat.room.shift
    }

    /// How far a room's heating is open, %.
    mutating func power(of heat: RoomHeat, at time: Int) -> Int {
        course(of: heat, at: time).power(at: time.floorRemainder(by: CentralEuropeanTime.secondsPerDay))
    }

    private mutating func course(of heat: RoomHeat, at time: Int) -> HeatCourse {
        let page = Page(key: heat.key, day: time.floorDivided(by: CentralEuropeanTime.secondsPerDay))
        if let known = courses[page] { return known }
        let course = heat.course(ofDay: page.day)
        if courses.count >= Self.capacity { courses.removeAll() }
        courses[page] = course
        return course
    }
}
