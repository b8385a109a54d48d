import FoundationEssentials

/// How long the header `Retry-After` asks to wait (RFC 9110, section 10.2.3): a number of seconds, or a time.
enum RetryAfter {
    /// The longest wait that is honoured, in seconds.
    private static let longest = 3600

    /// The wait, from nothing up to an hour; `nil` where the header says neither a number of seconds nor a time.
    ///
    /// - Parameters:
    ///   - text: The value of `Retry-After`.
    ///   - date: The value of `Date`: a time is later than that by the server's own clock, however wrong ours may be.
    ///   - now: The time here, for an answer without `Date`.
    static func duration(_ text: String, answeredAt date: String?, now: Date) -> Duration? {
        if let seconds = seconds(text) { return .seconds(seconds) }
        let here = Int(now.timeIntervalSince1970.rounded())
        guard let until = HTTPTime(text, now: here) else { return nil }
        let answered = date.flatMap { HTTPTime($0, now: here) }?.second ?? here
        return .seconds(min(max(until.second - answered, 0), longest))
    }

    /// A whole number of seconds in digits alone. One that no integer holds is longer than an hour in any case.
    private static func seconds(_ text: String) -> Int? {
        let digits = text.utf8.drop { $0 == UInt8(ascii: " ") }.reversed().drop { $0 == UInt8(ascii: " ") }
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reversed().reduce(0) { min($0 * 10 + Int($1 - 0x30), longest) }
    }
}
