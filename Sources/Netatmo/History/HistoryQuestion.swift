import FoundationEssentials
import Homes

/// Which past NetAtmo is asked for, as a path and the fields of a form.
struct HistoryQuestion {
    let subject: HistorySubject
    let columns: [HistoryColumn]
    let start: Date
    /// `nil` for now.
    let end: Date?

    var path: String {
        switch subject.kind {
        case .device: "/api/getmeasure"
        case .room: "/api/getroommeasure"
        }
    }

    var form: [(name: String, value: String)] {
        let until = end.map { [("date_end", Self.seconds($0))] } ?? []
        let scale = subject.askedScale
        return owner + [
            ("scale", scale.rawValue), ("type", columns.map(\.type).joined(separator: ",")), ("date_begin", Self.seconds(start)),
        ] + until + [
            ("limit", String(MeasureAnswer.limit)),
            // Days follow the clock of their place: with a time for each none is reckoned from a step of 24 hours.
            ("optimize", scale.isOfCalendar ? "false" : "true"), ("real_time", "true"),
        ]
    }

    /// Whose past it is.
    private var owner: [(name: String, value: String)] {
        let names = subject.kind == .room ? (of: "home_id", part: "room_id") : (of: "device_id", part: "module_id")
        return [(names.of, subject.deviceID)] + (subject.moduleID.map { [(names.part, $0)] } ?? [])
    }

    private static func seconds(_ time: Date) -> String {
        String(Int64(min(max(0, time.timeIntervalSince1970), 4e9)))
    }
}
