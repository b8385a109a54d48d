import OperatingSystem

/// A time as HTTP headers have it, in any of the three forms that RFC 9110, section 5.6.7, wants to be understood:
/// `Mon, 23 Nov 2026 17:18:05 GMT`, `Monday, 23-Nov-26 17:18:05 GMT` and `Mon Nov 23 17:18:05 2026`.
///
/// Case, blanks and a day of the week that is not the date's own are let pass; a date or a time of day that is none is not.
struct HTTPTime: Sendable, Hashable {
    /// Seconds since 1970. A leap second counts as the second after it.
    let second: Int

    /// Reads a time; `nil` where the text is none.
    ///
    /// - Parameter now: Seconds since 1970, which tell the century of a year of two digits: no more than 50 years from then.
    init?(_ text: String, now: Int) {
        // Longer than any of the forms; a header may be.
        guard text.utf8.count <= 64 else { return nil }
        let parts = text.lowercased().split { " ,-\t".contains($0) }
        guard let weekday = parts.first, Self.weekdays.contains(where: { weekday.hasPrefix($0) }) else { return nil }
        let fields: (day: Substring, month: Substring, year: Substring, time: Substring)
        switch parts.count {
        case 6 where parts[5] == "gmt" || parts[5] == "utc": fields = (parts[1], parts[2], parts[3], parts[4])
        case 5: fields = (parts[2], parts[1], parts[4], parts[3])
        default: return nil
        }
        guard let year = Self.year(fields.year, now: now),
            let month = Self.months.firstIndex(of: String(fields.month)).map({ $0 + 1 }),
            let day = Self.number(fields.day, digits: 1...2),
            let start = CalendarDay.secondsSince1970(year: year, month: month, day: day),
            let secondOfDay = Self.secondOfDay(fields.time)
        else { return nil }
        second = start + secondOfDay
    }

    private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
        // Int(_:) alone would take a sign.
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }

    private static func year(_ text: Substring, now: Int) -> Int? {
        guard let short = number(text, digits: 2...2) else { return number(text, digits: 4...4) }
        // The year of now, to within a day: nothing here needs it better.
        let current = 1970 + Int((Double(now) / 31_556_952).rounded(.down))
        let year = current - current % 100 + short
        if year > current + 50 { return year - 100 }
        return year < current - 50 ? year + 100 : year
    }

    private static func secondOfDay(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = number(parts[0], digits: 1...2), let minute = number(parts[1], digits: 2...2),
            let second = number(parts[2], digits: 2...2), hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }
}
