import Homes

/// What NetAtmo keeps of a room: the temperature at all scales with its extremes from a day on, the setpoint in steps below a day.
enum RoomColumns {
    static func all(of room: HistorySubject) -> [HistoryColumn] {
        let extremes: [(MeasureHistory.Detail, String)] = [
            (.least, "min_temp"), (.greatest, "max_temp"), (.leastTime, "date_min_temp"), (.greatestTime, "date_max_temp"),
        ]
        let details = room.keptMeasures.contains { room.hasExtremes(of: $0) } ? extremes : []
        return values(of: room) + details.map { HistoryColumn(measure: .temperature, detail: $0.0, type: $0.1) }
    }

    /// The values alone.
    static func values(of room: HistorySubject) -> [HistoryColumn] {
        room.keptMeasures.map { HistoryColumn(measure: $0, detail: nil, type: $0 == .setpoint ? "sp_temperature" : "temperature") }
    }
}

/// What NetAtmo keeps of a boiler: for how many seconds of each step it burned.
enum BoilerColumns {
    static func values(of boiler: HistorySubject) -> [HistoryColumn] {
        let type = boiler.scale.isOfCalendar ? "sum_boiler_on" : "boileron"
        return [HistoryColumn(measure: .boilerMinutes, detail: nil, type: type)]
    }
}
