package import FoundationEssentials
import Glibc

/// Writes times of day as the user's clocks show them.
///
/// By glibc and its time zone files: FoundationEssentials alone knows no zone but UTC.
package struct LocalTime: Sendable {
    let parts: @Sendable (Date) -> tm
    private let zoneFollower: @Sendable () -> Void

    /// The zone of the process: `TZ`, or the machine's.
    package static let system: LocalTime = {
        tzset()
        return LocalTime(following: tzset) { date in
            var seconds = time_t(clamping: date.timeIntervalSince1970)
            var parts = tm()
            localtime_r(&seconds, &parts)
            return parts
        }
    }()

    /// UTC, whatever the machine's zone is.
    package static let utc = LocalTime(following: {}) { date in
        var seconds = time_t(clamping: date.timeIntervalSince1970)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return parts
    }

    /// - Parameters:
    ///   - followZone: Looks whether the zone has become another one.
    ///   - parts: A time in the zone.
    init(following followZone: @escaping @Sendable () -> Void, _ parts: @escaping @Sendable (Date) -> tm) {
        zoneFollower = followZone
        self.parts = parts
    }

    /// Takes over another zone, where the machine was given one: as long as `TZ` is not set, glibc looks at `/etc/localtime`
    /// again in `tzset` alone. Costs no more than a look at the file.
    package func followZone() {
        zoneFollower()
    }

    /// `17:18:05`
    package func clock(_ date: Date) -> String {
        format("%H:%M:%S", date)
    }

    /// `17:18`
    package func shortClock(_ date: Date) -> String {
        format("%H:%M", date)
    }

    /// `17:18` today; at another day as ``clock(_:now:)``.
    package func shortClock(_ date: Date, now: Date) -> String {
        calendarDate(date) == calendarDate(now) ? shortClock(date) : clock(date, now: now)
    }

    /// `17:18:05`; `Tue 17:18` up to six days before or after today, where a weekday can mean one day alone; `2 Nov 17:18` in the
    /// rest of the year; `2 Nov 2025` in another one. At most 12 cells, and English whatever the locale is.
    package func clock(_ date: Date, now: Date) -> String {
        let (then, today) = (parts(date), parts(now))
        return switch abs(then.day(of: date) - today.day(of: now)) {
        case 0: format("%H:%M:%S", date)
        case 1...6: format("%a %H:%M", date)
        case _ where then.tm_year == today.tm_year: format("%-d %b %H:%M", date)
        default: format("%-d %b %Y", date)
        }
    }

    /// `Mon 23 Nov 17:18:05`
    package func dateAndClock(_ date: Date) -> String {
        format("%a %e %b %H:%M:%S", date)
    }

    /// `Mon 23 Nov 2026`
    package func date(_ date: Date) -> String {
        format("%a %e %b %Y", date)
    }

    /// Seconds since local midnight, by the clock on the wall.
    package func secondsOfDay(_ date: Date) -> Int {
        let parts = parts(date)
        return Int(parts.tm_hour) * 3600 + Int(parts.tm_min) * 60 + Int(parts.tm_sec)
    }

    /// `Mon`
    package func weekday(_ date: Date) -> String {
        format("%a", date)
    }

    /// `23 Nov`
    package func dayAndMonth(_ date: Date) -> String {
        format("%-d %b", date)
    }

    /// `Nov`
    package func month(_ date: Date) -> String {
        format("%b", date)
    }

    /// `Nov 2026`
    package func monthAndYear(_ date: Date) -> String {
        format("%b %Y", date)
    }

    /// The date by the calendar; months count from 1.
    package func calendarDate(_ date: Date) -> (year: Int, month: Int, day: Int) {
        let parts = parts(date)
        return (Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
    }

    /// The midnight before a time, or the first moment of its day where the clocks skip midnight. Days have 23 to 25 hours.
    package func startOfDay(_ date: Date) -> Date {
        let day = calendarDate(date).day
        let guess = date.timeIntervalSince1970.rounded(.down) - Double(secondsOfDay(date))
        // Off by as much as the clocks were put on or back since.
        let rest = secondsOfDay(Date(timeIntervalSince1970: guess))
        let start = Date(timeIntervalSince1970: rest < 43_200 ? guess - Double(rest) : guess + Double(86_400 - rest))
        return calendarDate(start).day == day ? start : start.addingTimeInterval(3600)
    }

    /// The start of the day so many days later, or earlier.
    package func startOfDay(_ days: Int, after date: Date) -> Date {
        // Noon is well away from where the clocks change.
        startOfDay(startOfDay(date).addingTimeInterval(Double(days) * 86_400 + 43_200))
    }

    /// The start of a time's month.
    package func startOfMonth(_ date: Date) -> Date {
        startOfDay(1 - calendarDate(date).day, after: date)
    }

    /// The start of the month so many months later, or earlier.
    package func startOfMonth(_ months: Int, after date: Date) -> Date {
        var start = startOfMonth(date)
        for _ in 0..<abs(months) { start = startOfMonth(start.addingTimeInterval(months < 0 ? -86_400 : 45 * 86_400)) }
        return start
    }

    /// `Mon, 23 Nov 2026 17:18:05 GMT`, as the header `Date` has it (RFC 9110, section 5.6.7). By the C library: FoundationEssentials'
    /// format of it uses a calendar, which takes a millisecond of the start, and Hummingbird's is not public.
    package static func httpDate(_ date: Date) -> String {
        utc.format("%a, %d %b %4Y %H:%M:%S GMT", date)
    }

    private func format(_ format: String, _ date: Date) -> String {
        var parts = parts(date)
        var buffer = [CChar](repeating: 0, count: 64)
        let count = strftime(&buffer, buffer.count, format, &parts)
        return String(characters: buffer[..<count])
    }
}

extension tm {
    /// How many days of the zone's calendar lie between 1970 and the time that it describes.
    fileprivate func day(of date: Date) -> Int {
        Int((Double(time_t(clamping: date.timeIntervalSince1970) + tm_gmtoff) / 86_400).rounded(.down))
    }
}

extension time_t {
    /// A time of a year of at most four digits, whatever the number is.
    init(clamping seconds: Double) {
        self = seconds.isFinite ? time_t(Swift.max(-62_135_596_800, Swift.min(253_402_300_799, seconds.rounded(.down)))) : 0
    }
}
