extension HeatingSchedule {
    /// A part of a day in which one zone is in force.
    package struct DayPart: Sendable, Hashable {
        /// Minutes since midnight by the clock of the home, 0 to 1,439.
        package let minute: Int
        package let zone: Zone

        package init(minute: Int, zone: Zone) {
            self.minute = minute
            self.zone = zone
        }
    }

    package static let minutesPerDay = 1440

    /// A minute of the day as clocks show it: `06:30`.
    package static func clock(_ minute: Int) -> String {
        [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }

    /// The zones of a day, one after the other from midnight on; a change to the zone that is in force already is none. Empty where the
    /// plan names none.
    ///
    /// - Parameter weekday: Days since Monday, 0 to 6.
    package func parts(ofDay weekday: Int) -> [DayPart] {
        let start = weekday * Self.minutesPerDay
        let minutes = [start] + changes.map(\.minute).filter { start < $0 && $0 < start + Self.minutesPerDay }
        return minutes.reduce(into: []) { parts, minute in
            guard let zone = zone(atMinute: minute), zone.id != parts.last?.zone.id else { return }
            parts.append(DayPart(minute: minute - start, zone: zone))
        }
    }
}
