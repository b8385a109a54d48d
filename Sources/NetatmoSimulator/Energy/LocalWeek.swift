/// Times of the week and of the day by the clock on the wall, which schedules of heating are written in.
enum LocalWeek {
    static let minutes = 7 * Self.minutesPerDay
    static let minutesPerDay = 1440

    /// Minutes since Monday 00:00, by the wall.
    static func minute(at time: Int) -> Int {
        let wall = time + CentralEuropeanTime.offset(at: time)
        // Day 4 was a Monday.
        return (wall - 4 * CentralEuropeanTime.secondsPerDay).floorDivided(by: 60).floorRemainder(by: Self.minutes)
    }

    /// The Monday that began the week of a time, counted in days from 1 January 1970.
    static func monday(before time: Int) -> Int {
        let day = CentralEuropeanTime.day(containing: time)
        return day - (day - 4).floorRemainder(by: 7)
    }

    /// When the wall shows a time, Unix seconds. Of an hour that comes twice the second counts.
    /// - Parameter minute: counted from the day's midnight by the wall; it may lie in a later day.
    static func instant(day: Int, minute: Int) -> Int {
        let wall = day * CentralEuropeanTime.secondsPerDay + minute * 60
        return wall - CentralEuropeanTime.offset(at: wall - CentralEuropeanTime.secondsPerHour)
    }
}
