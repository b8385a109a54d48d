/// The clock on the wall in Bergen, Geilo and Paris: Central European time, with summer time by the rule of EU directive 2000/84/EC.
///
/// Written out because FoundationEssentials alone knows no named time zones.
enum CentralEuropeanTime {
    static let secondsPerHour = 3600
    static let secondsPerDay = 86_400

    /// Seconds east of Greenwich: 3600, or 7200 from 01:00 UTC on March's last Sunday to 01:00 UTC on October's.
    static func offset(at time: Int) -> Int {
        // About the year: near its turn it may be the next one or the last, which makes no difference in winter.
        let year = time.floorDivided(by: Self.secondsPerMeanYear)
        let summer = Self.summers.indices.contains(year) ? Self.summers[year] : Self.summer(ofYear: 1970 + year)
        return summer.contains(time) ? 2 * Self.secondsPerHour : Self.secondsPerHour
    }

    /// Summer time of the years from 1970 on, since years of values ask for it again and again.
    private static let summers = (1970..<2100).map(Self.summer(ofYear:))
    private static let secondsPerMeanYear = 31_556_952

    private static func summer(ofYear year: Int) -> Range<Int> {
        let begin = Self.lastSunday(year: year, month: 3) * Self.secondsPerDay + Self.secondsPerHour
        let end = Self.lastSunday(year: year, month: 10) * Self.secondsPerDay + Self.secondsPerHour
        return begin..<end
    }

    /// The day that a time lies in, counted from 1 January 1970.
    static func day(containing time: Int) -> Int {
        (time + Self.offset(at: time)).floorDivided(by: Self.secondsPerDay)
    }

    /// The midnight that begins a day, counted from 1 January 1970.
    static func midnight(ofDay day: Int) -> Int {
        // The clocks change at 01:00 UTC: at 22:30 of the evening before the offset is midnight's.
        day * Self.secondsPerDay - Self.offset(at: day * Self.secondsPerDay - 5400)
    }

    /// The local midnight that began the day which `time` lies in.
    static func startOfDay(containing time: Int) -> Int {
        Self.midnight(ofDay: Self.day(containing: time))
    }

    /// What the clock on the wall shows, in hours: `0..<24`.
    static func hourOfDay(at time: Int) -> Double {
        Double((time + Self.offset(at: time)).floorRemainder(by: Self.secondsPerDay)) / Double(Self.secondsPerHour)
    }

    static func isWeekend(at time: Int) -> Bool {
        // 1 January 1970 was a Thursday, so day 2 was a Saturday.
        (Self.day(containing: time) - 2).floorRemainder(by: 7) < 2
    }

    /// How far the year has come: 0 at the start of January, just below 1 at the end of December (in the mean, leap years apart).
    static func yearFraction(at time: Int) -> Double {
        let year = Self.secondsPerMeanYear
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
