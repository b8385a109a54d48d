/// The steps that a scale divides time into, each with a number.
struct StepGrid: Sendable {
    let scale: MeasureRequest.Scale
    /// Seconds between two measurements.
    let interval: Int
    /// Seconds after its tick at which the unit measures: its steps of equal length begin as much later.
    let phase: Int

    private var length: Int { max(scale.seconds ?? interval, interval) }

    /// The step that a time lies in.
    func index(containing time: Int) -> Int {
        guard scale.isOfCalendar else { return (time - phase).floorDivided(by: length) }
        let day = CentralEuropeanTime.day(containing: time)
        switch scale {
        // Day 4 was a Monday.
        case .week: return (day - 4).floorDivided(by: 7)
        case .month:
            let date = CivilDate(daysSince1970: day)
            return date.year * 12 + date.month - 1
        default: return day
        }
    }

    /// The first step that doesn't begin before a time.
    func index(notBefore time: Int) -> Int {
        let index = index(containing: time)
        return begin(of: index) < time ? index + 1 : index
    }

    /// When a step begins, Unix seconds.
    func begin(of index: Int) -> Int {
        guard scale.isOfCalendar else { return index * length + phase }
        return CentralEuropeanTime.midnight(ofDay: firstDay(of: index))
    }

    func range(of index: Int) -> Range<Int> {
        begin(of: index)..<begin(of: index + 1)
    }

    /// The days of a step of the calendar.
    func days(of index: Int) -> Range<Int> {
        firstDay(of: index)..<firstDay(of: index + 1)
    }

    private func firstDay(of index: Int) -> Int {
        switch scale {
        case .week: return index * 7 + 4
        case .month:
            return CivilDate(year: index.floorDivided(by: 12), month: index.floorRemainder(by: 12) + 1, day: 1).daysSince1970
        default: return index
        }
    }
}
