import FoundationEssentials
import Homes
import OperatingSystem

/// A day of a home's schedule as a line of coloured zones with a mark at now.
struct ScheduleBar: Sendable {
    let parts: [HeatingSchedule.DayPart]
    /// Of whose setpoints it tells.
    let roomID: String
    /// Minutes since midnight.
    let minute: Int
    let units: Units

    private static let (height, top) = (52.0, 4.0)
    private static let barHeight = 26.0

    /// - Parameters:
    ///   - now: Its day is the one that is shown.
    ///   - time: The clock of the home.
    init(_ schedule: HeatingSchedule, roomID: String, now: Date, time: LocalTime, units: Units) {
        let minuteOfWeek = time.minuteOfWeek(now)
        parts = schedule.parts(ofDay: minuteOfWeek / HeatingSchedule.minutesPerDay)
        self.roomID = roomID
        minute = minuteOfWeek % HeatingSchedule.minutesPerDay
        self.units = units
    }

    /// `nil` where the plan names no zone.
    var html: HTML? {
        guard !parts.isEmpty else { return nil }
        let sentence = "Today: " + stretches.map(words).joined(separator: "; ")
        let hours = stride(from: 0, through: 24, by: 6).map { hour -> HTML in
            let anchor: HTML = hour == 0 ? "start" : hour == 24 ? "end" : "middle"
            return
                "<text class=\"time\" text-anchor=\"\(anchor)\" x=\"\(Double(hour) / 24 * 100)%\" y=\"\(Self.height - 5)\">\(HeatingSchedule.clock(hour * 60))</text>"
        }
        let x: HTML = "\(percent(minute))%"
        return """
            <svg class="plot schedule" role="img" aria-label="\(sentence)" width="100%" height="\(Self.height)"><title>\(sentence)</title>\
            \(stretches.map(drawing))<line class="now" x1="\(x)" x2="\(x)" y1="0" y2="\(Self.top * 2 + Self.barHeight)"/>\(hours)</svg>
            """
    }

    /// Each part with its end.
    private var stretches: [(part: HeatingSchedule.DayPart, end: Int)] {
        zip(parts, parts.dropFirst().map(\.minute) + [HeatingSchedule.minutesPerDay]).map { ($0, $1) }
    }

    private func percent(_ minute: Int) -> Double { Double(minute) / Double(HeatingSchedule.minutesPerDay) * 100 }

    private func drawing(_ part: HeatingSchedule.DayPart, end: Int) -> HTML {
        let (left, width) = (percent(part.minute), percent(end) - percent(part.minute))
        let box: HTML = "x=\"\(left)%\" width=\"\(width)%\" y=\"\(Self.top)\" height=\"\(Self.barHeight)\""
        // In a box of its own, so that a long name is cut off at its end.
        let name: HTML = width < 8 ? "" : "<text x=\"5\" y=\"17\">\(part.zone.title)</text>"
        return """
            <svg \(box)><rect class="zone \(part.zone.kind.style)" width="100%" height="100%"><title>\(words(part, end: end))</title></rect>\
            \(name)</svg>
            """
    }

    /// `06:00 to 22:00 Day, 21.0 °C`
    private func words(_ part: HeatingSchedule.DayPart, end: Int) -> String {
        "\(HeatingSchedule.clock(part.minute)) to \(HeatingSchedule.clock(end)) \(part.zone.title)"
            + (setpoint(of: part.zone).map { ", \($0)" } ?? "")
    }

    private func setpoint(of zone: HeatingSchedule.Zone) -> String? {
        zone.setpoints[roomID].map { setpoint in
            let text = ReadingText(setpoint, of: .setpoint, in: units)
            return "\(text.text) \(text.unit)"
        }
    }
}

extension HeatingSchedule.Zone.Kind {
    /// The class of its colour.
    fileprivate var style: HTML {
        switch self {
        case .day: "day"
        case .night: "night"
        case .away: "away"
        case .frostGuard: "frost-guard"
        case .eco: "eco"
        case .comfort: "comfort"
        case .custom, .other: "custom"
        }
    }
}
