/// What a room is told to have at a moment.
struct Setpoint: Equatable, Sendable {
    enum Mode: String, Encodable, Sendable {
        case schedule, manual, away
    }

    var mode: Mode
    /// °C.
    var temperature: Double
    /// Since when, Unix seconds.
    var begin: Int
    /// Until when, where that is known.
    var end: Int?
}

/// When somebody is at home, and the heating follows the schedule.
enum Presence: Sendable {
    case always
    /// From a minute of the week to a later one, counted from Monday 00:00; away at all other times.
    case weekly(Range<Int>)
}

/// A room's setpoints at all times: a pure function of time, so that history and present agree.
struct HeatingPlan: Sendable {
    struct Change: Sendable {
        /// Minutes since Monday 00:00.
        let offset: Int
        /// °C.
        let temperature: Double
    }

    /// Somebody turns the wheel every day, for some hours.
    struct Manual: Sendable {
        /// Minutes of the day.
        let minutes: Range<Int>
        /// °C.
        let temperature: Double
    }

    /// How long before a warmer time the heating begins, minutes.
    private static let lead = 30

    /// In rising order, the first at 0.
    let course: [Change]
    let presence: Presence
    /// °C.
    let awayTemperature: Double
    let manual: [Manual]
    /// When the room is aired every day, minutes of the day.
    let window: Range<Int>?

    func setpoint(at time: Int) -> Setpoint {
        let minute = LocalWeek.minute(at: time)
        if let manual = manual(at: minute) {
            let day = CentralEuropeanTime.day(containing: time)
            return Setpoint(
                mode: .manual, temperature: manual.temperature, begin: LocalWeek.instant(day: day, minute: manual.minutes.lowerBound),
                end: LocalWeek.instant(day: day, minute: manual.minutes.upperBound)
            )
        }
        let monday = LocalWeek.monday(before: time)
        if let away = Self.absence(of: presence, at: minute) {
            return Setpoint(
                mode: .away, temperature: awayTemperature, begin: LocalWeek.instant(day: monday, minute: away.lowerBound),
                end: LocalWeek.instant(day: monday, minute: away.upperBound)
            )
        }
        let change = scheduled(at: minute)
        return Setpoint(mode: .schedule, temperature: change.temperature, begin: LocalWeek.instant(day: monday, minute: change.offset))
    }

    /// Whether the room is heated for a warmer time that is about to begin.
    func anticipates(at time: Int) -> Bool {
        let minute = LocalWeek.minute(at: time)
        guard manual(at: minute) == nil, Self.absence(of: presence, at: minute) == nil else { return false }
        return ahead(of: minute) > scheduled(at: minute).temperature
    }

    /// What the heating works towards, °C: the setpoint, or the warmer one that is about to begin.
    func aim(at time: Int) -> Double {
        let minute = LocalWeek.minute(at: time)
        if let manual = manual(at: minute) { return manual.temperature }
        if Self.absence(of: presence, at: minute) != nil { return awayTemperature }
        return max(scheduled(at: minute).temperature, ahead(of: minute))
    }

    func isWindowOpen(at time: Int) -> Bool {
        window?.contains(LocalWeek.minute(at: time) % LocalWeek.minutesPerDay) ?? false
    }

    /// The time around a minute of the week in which nobody is at home, in minutes from that week's Monday 00:00; it may begin before the
    /// week or end after it.
    static func absence(of presence: Presence, at minute: Int) -> Range<Int>? {
        guard case .weekly(let there) = presence, !there.contains(minute) else { return nil }
        return minute < there.lowerBound
            ? there.upperBound - LocalWeek.minutes..<there.lowerBound
            : there.upperBound..<there.lowerBound + LocalWeek.minutes
    }

    private func manual(at minute: Int) -> Manual? {
        manual.first { $0.minutes.contains(minute % LocalWeek.minutesPerDay) }
    }

    private func scheduled(at minute: Int) -> Change {
        course.last { $0.offset <= minute } ?? Change(offset: 0, temperature: awayTemperature)
    }

    /// What the schedule wants some time later, °C.
    private func ahead(of minute: Int) -> Double {
        scheduled(at: (minute + Self.lead) % LocalWeek.minutes).temperature
    }
}
