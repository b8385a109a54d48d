import EngineAPI
import OperatingSystem
import TerminalUI

/// What happened, newest first, one line each: time (with the day, where that is not today), subject, outcome, and the reason as far as
/// there is room.
struct EventsPanel: Widget {
    /// Oldest first.
    let events: [Event]
    let state: EventsState
    let isFocused: Bool
    let environment: ViewEnvironment

    private var symbols: Symbols { environment.symbols }

    func render(into frame: inout Frame, in rect: Rect) {
        let trailing = state.offset > 0 ? "\(state.offset) newer" : ""
        Panel(title: "History", trailing: trailing, isFocused: isFocused, symbols: symbols)
            .render(into: &frame, in: rect)
        let interior = Panel.interior(of: rect)
        let shown = events.reversed().dropFirst(state.offset).prefix(interior.rows)
        let times = shown.map { environment.clock($0.time) }
        let width = times.map(\.count).max() ?? 0
        var row = 0
        for (event, time) in zip(shown, times) {
            guard row < interior.rows else { break }
            row += render(event, at: padded(time, width), into: &frame, in: interior, row: row)
        }
        if events.isEmpty {
            TextLine(" nothing yet", .muted, symbols: symbols).render(into: &frame, in: interior)
        }
    }

    /// Draws an event and returns how many rows it took: a failure gets as many as its reason needs, at most four.
    private func render(_ event: Event, at time: String, into frame: inout Frame, in interior: Rect, row: Int) -> Int {
        var head = Line(" " + time, .muted)
        head = head.adding(" " + padded(event.subject.shortWord, 6), .plain)
        head = head.adding(padded(event.outcome, event.outcome.count < 7 ? 7 : 0) + " ", style(of: event.severity))
        let detail = event.detail { environment.clock($0) }
        let room = interior.columns - head.width
        guard event.severity == .bad || event.severity == .warning, displayWidth(of: detail) > room else {
            TextLine(head.adding(whole(detail, in: room)), symbols: symbols).render(into: &frame, in: interior.line(row))
            return 1
        }
        TextLine(head, symbols: symbols).render(into: &frame, in: interior.line(row))
        let lines = wrapped(detail, to: max(1, interior.columns - 10)).prefix(4)
        for (index, text) in lines.enumerated() {
            TextLine("          " + text, .plain, symbols: symbols).render(into: &frame, in: interior.line(row + 1 + index))
        }
        return 1 + lines.count
    }

    /// Without the words at the end that have no room, since half a number would be another one; two words stay at least, since one
    /// alone, such as `until`, would say nothing.
    private func whole(_ detail: String, in columns: Int) -> String {
        guard displayWidth(of: detail) > columns, let blank = detail.lastIndex(of: " "), detail[..<blank].contains(" ") else {
            return detail
        }
        return whole(String(detail[..<blank]), in: columns)
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func style(of severity: Event.Severity) -> Style {
        switch severity {
        case .good: .good
        case .neutral: .accent
        case .warning: .warning
        case .bad: .bad
        }
    }
}

extension Event.Subject {
    /// A word for a column of five letters.
    fileprivate var shortWord: String {
        switch self {
        case .token, .data: rawValue
        case .energy: "rooms"
        case .exporter: "http"
        }
    }
}
