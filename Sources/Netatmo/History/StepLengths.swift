import Homes

/// How long the steps of an answer are.
///
/// Each by the time to the next one, where that can be one step of its scale: a month has 28 days or 31, and a day 23 hours or 25, so that
/// the nominal length would be a tenth off. Where the next one does not follow, as before an outage or at the end, it is the nominal
/// length, and of the step that was under way as much as there had been of it.
struct StepLengths {
    let scale: HistoryScale
    /// When the steps begin, rising, in seconds since 1970.
    let times: [Double]
    /// When NetAtmo told, in seconds since 1970; `nil` where it does not say.
    let toldAt: Double?

    /// The shortest part of a step, in seconds, that is believed: the clocks of both may be a little apart.
    private static let shortest = 60.0

    /// In seconds.
    subscript(index: Int) -> Double {
        let begin = times[index]
        if index + 1 < times.count, lengths.contains(times[index + 1] - begin) { return times[index + 1] - begin }
        guard let toldAt, toldAt > begin else { return scale.step }
        return min(scale.step, max(Self.shortest, toldAt - begin))
    }

    /// How long a step can be.
    private var lengths: ClosedRange<Double> {
        switch scale {
        case .measurement, .halfHour, .hour, .threeHours: scale.step...scale.step
        // The clocks go forward and back.
        case .day, .week: scale.step - 3600...scale.step + 3600
        case .month: 28 * 86_400 - 3600...31 * 86_400 + 3600
        }
    }
}
