/// A home with heating.
struct SimulatedHome: Sendable {
    let id: String
    let name: String
    let site: Site
    /// When its heating was set up, Unix seconds.
    let setUp: Int
    let presence: Presence
    let rooms: [SimulatedRoom]
    /// The relay first.
    let devices: [EnergyDevice]
    let schedules: [HeatingSchedule]
    /// What else NetAtmo lists in the same home, none of which heats.
    var others: [OtherDevice] = []

    /// The schedule in force.
    var schedule: HeatingSchedule? { schedules.first(where: \.isSelected) }

    func plan(of room: SimulatedRoom) -> HeatingPlan {
        HeatingPlan(
            course: schedule?.course(ofRoom: room.id) ?? [], presence: presence, awayTemperature: schedule?.awayTemperature ?? 12,
            manual: room.manual, window: room.window
        )
    }

    /// Whether anybody is at home, which is what `therm_mode` tells.
    func isAway(at time: Int) -> Bool {
        HeatingPlan.absence(of: presence, at: LocalWeek.minute(at: time)) != nil
    }
}

/// A room that is heated.
struct SimulatedRoom: Sendable {
    /// Digits.
    let id: String
    let name: String
    /// NetAtmo's word: `livingroom`, `bedroom` and so on.
    let type: String
    /// Rooms of one home and one model share a course of temperatures.
    let model: String
    /// How fast it cools: hours until two thirds of the warmth are gone.
    var lossHours = 12.0
    /// How fast it warms at full power, K/h.
    var heating = 3.5
    var manual: [HeatingPlan.Manual] = []
    /// When it is aired every day, minutes of the day.
    var window: Range<Int>?
    /// Tenths of a °C that it differs from the others of its model.
    var shift = 0
}

/// A device of a home that has no part in its heating: a weather station, a camera, a plug.
struct OtherDevice: Sendable {
    let id: String
    let type: String
    var name: String?
    var bridge: String?
    let setUp: Int
}

extension SimulatedHome {
    /// When a room's devices were heard last, `nil` where one of them is in reach.
    func lastContact(withRoom id: String, started: Int) -> Int? {
        let here = devices.filter { $0.room == id }
        guard here.allSatisfy({ $0.lostBeforeStart != nil }) else { return nil }
        return here.compactMap { $0.lostBeforeStart.map { started - $0 } }.max()
    }
}
