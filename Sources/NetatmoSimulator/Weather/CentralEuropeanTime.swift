/// The clock on the wall in Bergen, Geilo and Paris: Central European time, with summer time by the rule of EU directive 2000/84/EC.
///
/// Written out because FoundationEssentials alone knows no named time zones.
enum CentralEuropeanTime {
    static let secondsPerHour = 3600
    static let secondsPerDay = 86_400

    /// Seconds east of Greenwich: 3600, or 7200 from 01:00 UTC on March's last Sunday to 01:00 UTC on October's.
    static func offset(at time: Int) -> Int {
        let year = CivilDate(daysSince1970: time.floorDivided(by: Self.secondsPerDay)).year
        let begin = Self.lastSunday(year: year, month: 3) * Self.secondsPerDay + Self.secondsPerHour
        let end = Self.lastSunday(year: year, month: 10) * Self.secondsPerDay + Self.secondsPerHour
        return (begin..<end).contains(time) ? 2 * Self.secondsPerHour : Self.secondsPerHour
    }

    /// The local midnight that began the day which `time` lies in.
    static func startOfDay(containing time: Int) -> Int {
        let offset = Self.offset(at: time)
        let midnight = (time + offset).floorDivided(by: Self.secondsPerDay) * Self.secondsPerDay
        // On the two days on which the clocks change, midnight still has the offset of the day before.
        return midnight - Self.offset(at: midnight - offset)
    }

    /// What the clock on the wall shows, in hours: `0..<24`.
    static func hourOfDay(at time: Int) -> Double {
        Double((time + Self.offset(at: time)).floorRemainder(by: Self.secondsPerDay)) / Double(Self.secondsPerHour)
    }

    static func isWeekend(at time: Int) -> Bool {
        let day = (time + Self.offset(at: time)).floorDivided(by: Self.secondsPerDay)
        // 1 January 1970 was a Thursday, so day 2 was a Saturday.
        return (day - 2).floorRemainder(by: 7) < 2
    }

    /// How far the year has come: 0 at the start of January, just below 1 at the end of December (in the mean, leap years apart).
    static func yearFraction(at time: Int) -> Double {
        let year = 31_556_952  // seconds of a mean Gregorian year
        let start = 946_684_800  // 1 January 2000, 00:00 UTC
        return Double((time - start).floorRemainder(by: year)) / Double(year)
    }

    /// Days from 1 January 1970 to the last Sunday of a month that has 31 days.
    private static func lastSunday(year: Int, month: Int) -> Int {
        let last = CivilDate(year: year, month: month, day: 31).daysSince1970
        // Day 3 was a Sunday.
        return last - (last - 3).floorRemainder(by: 7)
    }
}
