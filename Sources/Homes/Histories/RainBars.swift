package import FoundationEssentials
package import OperatingSystem

/// The times that the bars of a rain chart stand for: hours, three hours, days, months or years of the clock on the wall.
package struct RainBars: Sendable, Hashable {
    /// Where each bar begins, and the end of the last one; seconds since 1970.
    package let edges: [Double]

    /// - Parameter first: The first time that is known, where the span has no length of its own.
    package init(of span: HistorySpan, now: Date, time: LocalTime, since first: Date? = nil) {
        switch span {
        case .threeHours, .twelveHours, .day, .threeDays:
            let width = span == .threeDays ? 10_800 : 3600
            let end = now.timeIntervalSince1970.rounded(.down) + Double(width - time.secondsOfDay(now) % width)
            let count = Int((span.seconds ?? 0) / Double(width))
            edges = (0...count).map { end - Double((count - $0) * width) }
        case .week, .month:
            let count = span == .week ? 7 : 31
            edges = (0...count).map { time.startOfDay($0 + 1 - count, after: now).timeIntervalSince1970 }
        case .year: edges = Self.months(12, before: now, time)
        case .all:
            let count = first.map { Int((now.timeIntervalSince($0) / HistoryScale.month.step).rounded(.up)) + 1 } ?? 12
            edges =
                count <= Self.mostMonths ? Self.months(max(12, count), before: now, time) : Self.years(count / 12 + 1, before: now, time)
        }
    }

    /// With more of them bars stand for years.
    private static let mostMonths = 48

    private static func months(_ count: Int, before now: Date, _ time: LocalTime) -> [Double] {
        var edges = [time.startOfMonth(1, after: now)]
        for _ in 0..<count { edges.append(time.startOfMonth(-1, after: edges[edges.count - 1])) }
        return edges.reversed().map(\.timeIntervalSince1970)
    }

    private static func years(_ count: Int, before now: Date, _ time: LocalTime) -> [Double] {
        let end = time.startOfMonth(13 - time.calendarDate(now).month, after: now)
        return (0...count).reversed().map { time.startOfMonth(-12 * $0, after: end).timeIntervalSince1970 }
    }

    /// How long a bar is at most, in seconds.
    package var width: Double { zip(edges.dropFirst(), edges).map { $0 - $1 }.max() ?? 3600 }

    /// Sums of the points within the bars; `nil` for a bar of the past without a point.
    ///
    /// - Parameter scale: Of the points, whose times are the ends of measurements, but within their steps.
    package func sums(of points: [MeasureHistory.Point], at scale: HistoryScale) -> [(start: Double, sum: Double?)] {
        var sums = [Double?](repeating: nil, count: max(0, edges.count - 1))
        var bar = 0
        for point in points {
            guard let value = point.value else { continue }
            // What was measured on the hour is of the time before it.
            let time = point.time.timeIntervalSince1970 + (scale == .measurement ? -1 : 1)
            guard let first = edges.first, time >= first else { continue }
            while bar + 1 < edges.count, edges[bar + 1] <= time { bar += 1 }
            guard sums.indices.contains(bar) else { break }
            sums[bar] = (sums[bar] ?? 0) + value
        }
        return zip(edges, sums).map { ($0, $1) }
    }
}

extension RainBars {
    /// The time of a bar in words: `Tue 17:00 to 18:00`, `Tue 24 Nov`, `Nov 2026`, `2026`.
    package func name(of index: Int, _ time: LocalTime) -> String {
        let start = Date(timeIntervalSince1970: edges[index])
        let end = Date(timeIntervalSince1970: edges[index + 1])
        return switch end.timeIntervalSince(start) {
        case ..<80_000: "\(time.weekday(start)) \(time.shortClock(start)) to \(time.shortClock(end))"
        case ..<100_000: "\(time.weekday(start)) \(time.dayAndMonth(start))"
        case ..<(40 * 86_400): time.monthAndYear(start)
        default: "\(time.calendarDate(start).year)"
        }
    }
}
