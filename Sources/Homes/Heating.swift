package import FoundationEssentials

/// What heats, beside the numbers that it is measured in.
package enum Heating: Sendable, Hashable {
    case room(Room)
    case boiler(Boiler)

    /// Why a room's setpoint is what it is, and what goes on there.
    package struct Room: Sendable, Hashable {
        package let mode: SetpointMode?
        /// Until when the setpoint holds; `nil` for no end.
        package let end: Date?
        /// Whether it heats ahead of a change of the schedule.
        package let isAnticipating: Bool
        package let isWindowOpen: Bool

        package init(mode: SetpointMode?, end: Date? = nil, isAnticipating: Bool = false, isWindowOpen: Bool = false) {
            self.mode = mode
            self.end = end
            self.isAnticipating = isAnticipating
            self.isWindowOpen = isWindowOpen
        }
    }

    package struct Boiler: Sendable, Hashable {
        package let isOn: Bool
        package let hasComfortBoost: Bool
        /// The relay that switches it, which its past is asked by.
        package let relayID: String

        package init(isOn: Bool, hasComfortBoost: Bool = false, relayID: String) {
            self.isOn = isOn
            self.hasComfortBoost = hasComfortBoost
            self.relayID = relayID
        }
    }
}

extension Readings {
    /// What a room's heating does; `nil` of anything else.
    package var roomHeating: Heating.Room? {
        if case .room(let room) = heating { room } else { nil }
    }

    /// What a boiler does; `nil` of anything else.
    package var boiler: Heating.Boiler? {
        if case .boiler(let boiler) = heating { boiler } else { nil }
    }
}
