/// Which temperatures a home wants at which times of the week.
struct HeatingSchedule: Sendable {
    /// What a zone is for, as NetAtmo's number.
    enum ZoneKind: Int, Sendable {
        case day = 0
        case night = 1
        case eco = 5
    }

    struct Zone: Sendable {
        let kind: ZoneKind
        let name: String
        /// °C by the room's ID.
        let temperatures: [String: Double]

        var id: Int { kind.rawValue }
    }

    /// From when on a zone is in force.
    struct Change: Sendable {
        /// Minutes since Monday 00:00, by the wall of the home.
        let offset: Int
        let zone: ZoneKind
    }

    let id: String
    let name: String
    let isSelected: Bool
    /// While nobody is there, °C.
    let awayTemperature: Double
    /// While the heating only keeps frost out, °C.
    let frostGuardTemperature: Double
    let zones: [Zone]
    /// In rising order, the first at 0: there is always one in force.
    let timetable: [Change]
    /// Older schedules tell a zone's temperatures under another name.
    var isOld = false

    /// What a room is to have through the week.
    func course(ofRoom id: String) -> [HeatingPlan.Change] {
        timetable.compactMap { change in
            let zone = zones.first { $0.kind == change.zone }
            return zone?.temperatures[id].map { HeatingPlan.Change(offset: change.offset, temperature: $0) }
        }
    }
}

extension [HeatingSchedule.Change] {
    /// Work from Monday to Friday, and two long mornings. No change lies in the hour that the clocks skip or repeat.
    static let workingWeek: [HeatingSchedule.Change] = {
        var changes = [HeatingSchedule.Change(offset: 0, zone: .night)]
        for day in 0..<7 {
            let times: [(minute: Int, zone: HeatingSchedule.ZoneKind)] =
                day < 5
                ? [(6 * 60, .day), (8 * 60 + 30, .eco), (15 * 60 + 30, .day), (22 * 60 + 30, .night)]
                : [(7 * 60 + 30, .day), (23 * 60, .night)]
            changes += times.map { HeatingSchedule.Change(offset: day * LocalWeek.minutesPerDay + $0.minute, zone: $0.zone) }
        }
        return changes
    }()
}
