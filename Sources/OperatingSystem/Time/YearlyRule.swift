/// When the clocks of a zone are put on and back each year, as `TZ` has it (POSIX, "Environment Variables"): `CET-1CEST,M3.5.0,M10.5.0/3`.
struct YearlyRule: Sendable {
    /// A weekday of a month, and how far into that day by the clocks of before, in seconds.
    fileprivate struct Change: Sendable {
        let month: Int
        /// 1 to 4, or 5 for the last.
        let week: Int
        /// 0 is Sunday.
        let weekday: Int
        let seconds: Int
    }

    private let standard: Int
    private let summer: (offset: Int, start: Change, end: Change)?

    /// - Parameter text: `nil` where it is of another form.
    init?(_ text: some Sequence<UInt8>) {
        var scanner = RuleScanner(text)
        guard scanner.takeName(), let west = scanner.takeTime() else { return nil }
        standard = -west
        guard !scanner.isAtEnd else {
            summer = nil
            return
        }
        guard scanner.takeName() else { return nil }
        // An hour on where nothing is said.
        let offset = scanner.takeTime().map { -$0 } ?? -west + 3600
        guard let start = Change(&scanner), let end = Change(&scanner), scanner.isAtEnd else { return nil }
        summer = (offset, start, end)
    }

    /// How far the clocks are ahead of UTC, in seconds.
    ///
    /// - Parameter time: Seconds since 1970.
    func offset(at time: Int64) -> Int {
        guard let summer else { return standard }
        let year = CalendarDay.year(ofSecondsSince1970: time + Int64(standard))
        guard let start = summer.start.time(in: year), let end = summer.end.time(in: year) else { return standard }
        let (begins, ends) = (start - Int64(standard), end - Int64(summer.offset))
        // South of the equator the summer goes over the end of the year.
        let isSummer = begins < ends ? begins <= time && time < ends : time < ends || begins <= time
        return isSummer ? summer.offset : standard
    }
}

extension YearlyRule.Change {
    /// `,M3.5.0/2`
    fileprivate init?(_ scanner: inout RuleScanner) {
        guard scanner.take(","), scanner.take("M"), let month = scanner.takeNumber(), 1...12 ~= month, scanner.take("."),
            let week = scanner.takeNumber(), 1...5 ~= week, scanner.take("."), let weekday = scanner.takeNumber(), 0...6 ~= weekday
        else { return nil }
        (self.month, self.week, self.weekday) = (month, week, weekday)
        guard scanner.take("/") else {
            seconds = 7200
            return
        }
        guard let time = scanner.takeTime() else { return nil }
        seconds = time
    }

    /// When it is, in seconds since 1970 by the clocks on the wall.
    fileprivate func time(in year: Int) -> Int64? {
        guard let first = CalendarDay.secondsSince1970(year: year, month: month, day: 1),
            let next = month == 12
                ? CalendarDay.secondsSince1970(year: year + 1, month: 1, day: 1)
                : CalendarDay.secondsSince1970(year: year, month: month + 1, day: 1)
        else { return nil }
        let day = Int64(86_400)
        // The first of January 1970 was a Thursday.
        let weekdayOfFirst = ((Int64(first) / day + 4) % 7 + 7) % 7
        var date = Int64(first) + ((Int64(weekday) - weekdayOfFirst + 7) % 7 + Int64(week - 1) * 7) * day
        while date >= Int64(next) { date -= 7 * day }
        return date + Int64(seconds)
    }
}

/// Reads a rule from its begin on.
struct RuleScanner {
    private var rest: ArraySlice<UInt8>

    init(_ text: some Sequence<UInt8>) {
        rest = Array(text)[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// Letters, or what stands between `<` and `>`.
    mutating func takeName() -> Bool {
        if take("<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
            rest = rest[(end + 1)...]
            return true
        }
        let name = rest.prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0 & 0xDF) }
        rest = rest.dropFirst(name.count)
        return name.count >= 3
    }

    mutating func takeNumber() -> Int? {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard 1...3 ~= digits.count else { return nil }
        rest = rest.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// `-1`, `5:30`, `3:00:00` in seconds.
    mutating func takeTime() -> Int? {
        let start = rest
        let sign = take("-") ? -1 : take("+") ? 1 : 1
        guard let hours = takeNumber(), hours <= 167 else {
            rest = start
            return nil
        }
        var seconds = hours * 3600
        for unit in [60, 1] {
            guard take(":") else { break }
            guard let number = takeNumber(), number < 60 else { return nil }
            seconds += number * unit
        }
        return sign * seconds
    }
}
