package import FoundationEssentials
import Glibc

/// Times in the form of RFC 3339, as Go writes them: up to nine fractional digits and any offset from UTC.
///
/// `Date.ISO8601FormatStyle` refuses some of what Go writes (nine digits beside an offset, year 1), hence this reader.
package enum RFC3339 {
    /// Reads a time such as `2023-07-16T20:32:06.400559267+02:00`; `nil` where the text is no such time.
    ///
    /// - Parameter text: The whole text; blanks around it are not accepted.
    package static func date(_ text: String) -> Date? {
        var reader = DigitReader(text.utf8)
        guard let year = reader.number(digits: 4), reader.skip("-"),
            let month = reader.number(digits: 2), reader.skip("-"),
            let day = reader.number(digits: 2), let start = CalendarDay.secondsSince1970(year: year, month: month, day: day),
            reader.skip("T") || reader.skip("t"),
            let hour = reader.number(digits: 2), hour < 24, reader.skip(":"),
            let minute = reader.number(digits: 2), minute < 60, reader.skip(":"),
            let second = reader.number(digits: 2), second <= 60,
            let fraction = reader.fraction(),
            let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        return Date(timeIntervalSince1970: Double(start + hour * 3600 + minute * 60 + second - offset) + fraction)
    }

    /// Writes a time in UTC with as many fractional digits, at most six, as it has: `2026-11-23T20:17:52.302198Z`.
    ///
    /// A year outside 1 to 9999 has no RFC 3339 form; the nearest time that has one is written instead.
    package static func text(_ date: Date) -> String {
        let range = -62_135_596_800.0...253_402_300_799.0
        let since1970 = min(max(date.timeIntervalSince1970, range.lowerBound), range.upperBound)
        let microseconds = Int64((since1970 * 1_000_000).rounded())
        // Never below zero, also before 1970.
        let fraction = (microseconds % 1_000_000 + 1_000_000) % 1_000_000
        var parts = tm()
        var time = time_t((microseconds - fraction) / 1_000_000)
        gmtime_r(&time, &parts)
        let day = "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))"
        let clock = "\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))"
        return "\(day)T\(clock)\(fractionText(fraction))Z"
    }

    private static func fractionText(_ microseconds: Int64) -> String {
        guard microseconds > 0 else { return "" }
        var digits = Substring(padded(Int32(microseconds), 6))
        while digits.last == "0" { digits.removeLast() }
        return ".\(digits)"
    }

    private static func padded(_ number: Int32, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

}

/// Reads the fixed fields of a time from the left.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String.UTF8View) {
        rest = text[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest = rest.dropFirst()
        return true
    }

    mutating func number(digits count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(isDigit) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    }

    /// The fraction of a second; zero where there is none, `nil` where a point has no digits or more than nine.
    mutating func fraction() -> Double? {
        guard skip(".") else { return 0 }
        let digits = rest.prefix(while: isDigit)
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        return digits.reversed().reduce(0) { ($0 + Double($1) - 48) / 10 }
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let sign: Int
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = number(digits: 2), hours < 24, skip(":"), let minutes = number(digits: 2), minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte)
    }
}
