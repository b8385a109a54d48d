import Glibc

/// Days of the Gregorian calendar, in UTC.
package enum CalendarDay {
    /// When a day begins, in seconds since 1970; `nil` where there is no such day.
    package static func secondsSince1970(year: Int, month: Int, day: Int) -> Int? {
        var parts = tm()
        parts.tm_year = Int32(year - 1900)
        parts.tm_mon = Int32(month - 1)
        parts.tm_mday = Int32(day)
        let seconds = timegm(&parts)
        // What is no day has become one of another month.
        return parts.tm_mon == month - 1 && parts.tm_mday == day ? seconds : nil
    }

    /// The year of a time, by UTC.
    static func year(ofSecondsSince1970 seconds: Int64) -> Int {
        var (seconds, parts) = (time_t(seconds), tm())
        gmtime_r(&seconds, &parts)
        return Int(parts.tm_year) + 1900
    }
}
