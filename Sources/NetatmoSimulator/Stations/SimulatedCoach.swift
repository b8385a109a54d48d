/// A home coach: one unit for the air of one room, with nothing behind it.
struct SimulatedCoach: Sendable {
    /// Under which key its name is sent. Both occur, as apps have changed over the years.
    enum Name: Sendable {
        case stationName(String)
        case name(String)
    }

    let id: String
    let site: Site
    let room: RoomProfile
    let name: Name
    /// `wifi_status`: 56 good, 71 average, 86 bad.
    let wifi: Int
    let firmware: Int
    /// When it was set up, Unix seconds.
    let setUp: Int
}
