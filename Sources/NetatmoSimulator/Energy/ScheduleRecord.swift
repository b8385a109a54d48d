/// One of a home's `schedules`.
struct ScheduleRecord: Encodable, Sendable {
    enum CodingKeys: String, CodingKey {
        case id, name, type, selected, zones, timetable
        case awayTemperature = "away_temp"
        case frostGuardTemperature = "hg_temp"
    }

    struct Zone: Encodable, Sendable {
        let id: Int
        let name: String
        let type: Int
        let rooms: [Room]
    }

    struct Room: Encodable, Sendable {
        enum CodingKeys: String, CodingKey {
            case id
            case temperature = "therm_setpoint_temperature"
            case oldTemperature = "temp"
        }

        let id: String
        var temperature: Double?
        /// What schedules of old have in its place.
        var oldTemperature: Double?
    }

    struct Change: Encodable, Sendable {
        enum CodingKeys: String, CodingKey {
            case zoneID = "zone_id"
            case offset = "m_offset"
        }

        let zoneID: Int
        let offset: Int
    }

    let id: String
    let name: String
    let type: String
    /// Present only where true, as NetAtmo has it.
    let selected: Bool?
    let awayTemperature: Double
    let frostGuardTemperature: Double
    let zones: [Zone]
    let timetable: [Change]

    init(_ schedule: HeatingSchedule, rooms: [SimulatedRoom]) {
        id = schedule.id
        name = schedule.name
        type = "therm"
        selected = schedule.isSelected ? true : nil
        awayTemperature = schedule.awayTemperature
        frostGuardTemperature = schedule.frostGuardTemperature
        zones = schedule.zones.map { zone in
            Zone(
                id: zone.id, name: zone.name, type: zone.kind.rawValue,
                rooms: rooms.map { room in
                    let temperature = zone.temperatures[room.id]
                    return Room(
                        id: room.id, temperature: schedule.isOld ? nil : temperature, oldTemperature: schedule.isOld ? temperature : nil)
                }
            )
        }
        timetable = schedule.timetable.map { Change(zoneID: $0.zone.rawValue, offset: $0.offset) }
    }
}
