/// A week's plan of a home: which zone is in force from when on.
package struct HeatingSchedule: Sendable, Hashable {
    /// Temperatures of the rooms that hold together, such as those of the night.
    package struct Zone: Sendable, Hashable {
        package enum Kind: Sendable, Hashable {
            case day, night, away, frostGuard, custom, eco, comfort
            case other(Int)
        }

        package let id: Int
        package let name: String?
        package let kind: Kind
        /// Setpoints in °C, by the ids of rooms.
        package let setpoints: [String: Double]

        package init(id: Int, name: String?, kind: Kind, setpoints: [String: Double] = [:]) {
            self.id = id
            self.name = name
            self.kind = kind
            self.setpoints = setpoints
        }
    }

    /// From when on a zone is in force.
    package struct Change: Sendable, Hashable {
        /// Minutes since Monday 00:00 by the clock of the home, 0 to 10,079.
        package let minute: Int
        package let zoneID: Int

        package init(minute: Int, zoneID: Int) {
            self.minute = minute
            self.zoneID = zoneID
        }
    }

    package static let minutesPerWeek = 10_080

    package let id: String
    package let name: String?
    package let isSelected: Bool
    /// The setpoint while nobody is at home, in °C.
    package let awaySetpoint: Double?
    package let frostGuardSetpoint: Double?
    package let zones: [Zone]
    /// By rising minute, each minute once.
    package let changes: [Change]

    package init(
        id: String, name: String?, isSelected: Bool, awaySetpoint: Double? = nil, frostGuardSetpoint: Double? = nil, zones: [Zone],
        changes: [Change]
    ) {
        self.id = id
        self.name = name
        self.isSelected = isSelected
        self.awaySetpoint = awaySetpoint
        self.frostGuardSetpoint = frostGuardSetpoint
        self.zones = zones
        // Of two at one minute, the later one in the list is in force.
        self.changes = Dictionary(changes.map { ($0.minute, $0) }) { $1 }.values.sorted { $0.minute < $1.minute }
    }

    /// The zone in force at a minute of the week; before Monday's first change it is Sunday's last. `nil` where the plan names none.
    package func zone(atMinute minute: Int) -> Zone? {
        guard let change = changes.last(where: { $0.minute <= minute }) ?? changes.last else { return nil }
        return zones.first { $0.id == change.zoneID }
    }
}

extension HeatingSchedule.Zone.Kind: RawRepresentable {
    /// NetAtmo's number.
    package var rawValue: Int {
        switch self {
        case .day: 0
        case .night: 1
        case .away: 2
        case .frostGuard: 3
        case .custom: 4
        case .eco: 5
        case .comfort: 8
        case .other(let number): number
        }
    }

    package init(rawValue: Int) {
        self = [.day, .night, .away, .frostGuard, .custom, .eco, .comfort].first { $0.rawValue == rawValue } ?? .other(rawValue)
    }
}
