import Homes

/// A schedule as `homesdata` describes it.
struct ScheduleAnswer: Decodable {
    /// More than anybody has; NetAtmo's own app takes ten.
    static let mostSchedules = 32
    private static let mostZones = 64
    private static let mostRooms = 256
    /// A change every ten minutes of a week.
    private static let mostChanges = 1008

    /// `nil` for one that does not heat or cool, such as a price list of electricity.
    let schedule: HeatingSchedule?

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        guard let id = container.numberOrID("id"), ["therm", "cooling", nil].contains(container.text("type")) else {
            schedule = nil
            return
        }
        schedule = HeatingSchedule(
            id: id, name: container.name("name"), isSelected: container.flagOrWord("selected") ?? false,
            awaySetpoint: container.temperature("away_temp"), frostGuardSetpoint: container.temperature("hg_temp"),
            zones: container.elements("zones", as: ZoneAnswer.self, limit: Self.mostZones).map(\.zone),
            changes: container.elements("timetable", as: ChangeAnswer.self, limit: Self.mostChanges).map(\.change))
    }

    private struct ZoneAnswer: Decodable {
        let zone: HeatingSchedule.Zone

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: AnyKey.self)
            guard let id = container.integer("id") else {
                throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no id"))
            }
            let rooms = container.elements("rooms", as: SetpointAnswer.self, limit: ScheduleAnswer.mostRooms)
            zone = HeatingSchedule.Zone(
                id: id, name: container.name("name"), kind: HeatingSchedule.Zone.Kind(rawValue: container.integer("type") ?? -1),
                setpoints: Dictionary(rooms.compactMap { room in room.setpoint.map { (room.id, $0) } }) { first, _ in first })
        }
    }

    private struct SetpointAnswer: Decodable {
        let id: String
        let setpoint: Double?

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: AnyKey.self)
            guard let id = container.numberOrID("id") else {
                throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no id"))
            }
            self.id = id
            // The second is the name of older schedules.
            setpoint = container.temperature("therm_setpoint_temperature") ?? container.temperature("temp")
        }
    }

    private struct ChangeAnswer: Decodable {
        let change: HeatingSchedule.Change

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: AnyKey.self)
            guard let zone = container.integer("zone_id"), let minute = container.integer("m_offset"),
                (0..<HeatingSchedule.minutesPerWeek).contains(minute)
            else { throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no zone_id, or no minute of a week")) }
            change = HeatingSchedule.Change(minute: minute, zoneID: zone)
        }
    }
}
