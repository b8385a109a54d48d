import FoundationEssentials

/// Unix times as whole seconds, which is what NetAtmo speaks.
enum UnixTime {
    /// Far beyond any clock, and far from where arithmetic on seconds could overflow: about the year 33,000.
    private static let limit = 1e12

    /// The whole second that a date lies in. Dates beyond ±10¹² s count as that bound, and one that is no number as 0.
    static func seconds(of date: Date) -> Int {
        let seconds = date.timeIntervalSince1970
        guard !seconds.isNaN else { return 0 }
        return Int(min(max(seconds, -Self.limit), Self.limit).rounded(.down))
    }
}

extension Duration {
    /// Whole seconds, at least one: the grain of every lifetime and interval here.
    var wholeSeconds: Int {
        // A billion seconds (31 years) is "for ever" here and keeps sums of times in range.
        Int(min(max(components.seconds, 1), 1_000_000_000))
    }
}
