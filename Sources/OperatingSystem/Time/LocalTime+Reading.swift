package import FoundationEssentials

extension LocalTime {
    /// A time of the zone's clocks as the user writes it: `2023-01-01`, its midnight, `2023-01-01T08:30`, `2023-01-01 08:30:15`, or with
    /// an offset as RFC 3339 has it; `nil` where the text is none of these. Of an hour that comes twice it is one of both, and of one
    /// that is left out it is an hour beside it.
    package func date(reading text: String) -> Date? {
        if let date = RFC3339.date(text) { return date }
        let isDay = text.utf8.count == 10
        let whole = isDay ? text + "T00:00:00" : text.utf8.count == 16 ? text + ":00" : text
        // By the clocks of UTC at first.
        guard whole.utf8.count == 19, let wall = RFC3339.date(whole.replacing(" ", with: "T") + "Z") else { return nil }
        var date = wall
        // Off by as much as the clocks are away from UTC; once more for where they were put on or back between.
        for _ in 0..<2 { date = date.addingTimeInterval(wall.timeIntervalSince(clocks(at: date))) }
        return isDay ? startOfDay(date.addingTimeInterval(43_200)) : date
    }

    /// What the clocks show, as if it were UTC.
    private func clocks(at date: Date) -> Date {
        let day = calendarDate(date)
        let midnight = CalendarDay.secondsSince1970(year: day.year, month: day.month, day: day.day) ?? 0
        return Date(timeIntervalSince1970: Double(midnight + secondsOfDay(date)))
    }
}
