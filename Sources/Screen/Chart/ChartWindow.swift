import FoundationEssentials
import OperatingSystem
import TerminalUI

/// The time that a chart shows. It moves on by a dot's width, or a bar's, so that a chart at rest is not drawn anew each second.
struct ChartWindow: Sendable, Hashable {
    /// Seconds since 1970.
    let start: Double
    let end: Double

    /// The window of a line.
    init(span: ChartSpan, now: Date, columns: Int) {
        let step = max(1, (span.seconds / Double(max(1, columns * 2))).rounded())
        end = (now.timeIntervalSince1970 / step).rounded(.up) * step
        start = end - span.seconds
    }

    /// The window of bars, which end with a full hour of the wall's clock, or a full third one.
    init(barsOf span: ChartSpan, now: Date, time: LocalTime) {
        let width = span.barHours * 3600
        end = now.timeIntervalSince1970.rounded(.down) + Double(width - time.secondsOfDay(now) % width)
        start = end - span.seconds
    }

    var range: ClosedRange<Double> { start...end }

    /// Labels at round hours, as many as have room; a day begins with its name.
    func labels(columns: Int, time: LocalTime) -> [ChartLabel] {
        let steps = [900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200, 86_400]
        let step = steps.first { (end - start) / Double($0) * Double(Self.labelColumns) <= Double(columns) } ?? 86_400
        return stride(from: (start / 900).rounded(.up) * 900, through: end, by: 900).compactMap { seconds in
            let date = Date(timeIntervalSince1970: seconds)
            let secondsOfDay = time.secondsOfDay(date)
            guard secondsOfDay % step == 0 else { return nil }
            let isNewDay = secondsOfDay == 0 && end - start >= ChartSpan.day.seconds
            return ChartLabel(x: seconds, text: isNewDay ? time.weekday(date) : time.shortClock(date))
        }
    }

    /// A label and the blanks that set it apart.
    private static let labelColumns = 8
}
