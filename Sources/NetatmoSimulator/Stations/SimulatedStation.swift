/// A base station with its modules.
struct SimulatedStation: Sendable {
    /// Whose station it is.
    enum Ownership: Sendable {
        case own
        /// Another user's, kept as a favourite: NetAtmo tells little of it.
        case favorite
    }

    let id: String
    let site: Site
    let homeID: String
    let homeName: String
    /// NetAtmo is giving this up; newer stations have none.
    let stationName: String?
    let moduleName: String?
    let room: RoomProfile?
    let ownership: Ownership
    /// `wifi_status`: 56 good, 71 average, 86 bad.
    let wifi: Int
    let firmware: Int
    /// When it was set up, Unix seconds.
    let setUp: Int
    /// When nothing of it came, as in an outage of its network, in rising order.
    var silences: [Silence] = []
    let modules: [SimulatedModule]
}

/// A time before the simulator started in which nothing came.
struct Silence: Sendable {
    /// From the day's begin (UTC) on which the simulator started back to the silence's begin, in seconds.
    let secondsBeforeDay: Int
    let length: Int

    /// In Unix seconds.
    func range(before started: Int) -> Range<Int> {
        let begin = started.floorDivided(by: CentralEuropeanTime.secondsPerDay) * CentralEuropeanTime.secondsPerDay - secondsBeforeDay
        return begin..<begin + length
    }
}

/// A module that talks to its base by radio.
struct SimulatedModule: Sendable {
    enum Reach: Sendable {
        case reachable
        /// Out of reach since some seconds before the simulator started.
        case lost(secondsBeforeStart: Int)
    }

    let id: String
    let kind: ModuleKind
    let name: String?
    /// For indoor modules.
    var room: RoomProfile?
    /// Percent.
    let battery: Int
    /// `rf_status`: 60 full, 70 high, 80 medium, 90 low.
    let radio: Int
    var firmware = 53
    let setUp: Int
    var reach = Reach.reachable
    /// As of a battery that was empty; earlier than those of its station.
    var silences: [Silence] = []
}
