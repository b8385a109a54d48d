/// Reads durations in Go's form: `8m`, `1h30m`, `500ms`, `1.5h`.
enum GoDuration {
    /// What a duration should look like, for an error message.
    static let expectation = "a duration such as 8m, 1h30m or 500ms"

    /// What a duration should be where a text is one too long for Go; `nil` where it is another one, or none.
    static func bound(tooLong text: String) -> String? {
        guard let seconds = seconds(text), seconds.magnitude > longest else { return nil }
        return "a duration of at most 2562047h, Go's longest (292 years)"
    }

    /// The duration; `nil` where the text is none, or one too long for Go: more than some 292 years.
    static func parse(_ text: String) -> Duration? {
        guard let seconds = seconds(text), seconds.magnitude <= longest else { return nil }
        return .seconds(seconds)
    }

    /// In seconds, however long it is; `nil` where the text is no duration.
    private static func seconds(_ text: String) -> Double? {
        var rest = text[...]
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
        if rest == "0" { return 0 }
        guard !rest.isEmpty else { return nil }
        var seconds = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let number = Double(digits), digits != "." else { return nil }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { !($0.isNumber || $0 == ".") }
            guard let length = units[String(unit)] else { return nil }
            rest = rest.dropFirst(unit.count)
            seconds += number * length
        }
        return isNegative ? -seconds : seconds
    }

    /// As many seconds as Go counts nanoseconds in 63 bits.
    private static let longest = 9_223_372_036.0

    /// Go's units, in seconds; both ways to write micro.
    private static let units: [String: Double] = [
        "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600,
    ]
}
