import TerminalUI

/// A line of what is known of a module.
enum ModuleFact: Sendable, Hashable {
    /// Begins a part.
    case heading(String, note: String)
    case value(name: String, Line)
    /// A long value behind a short name.
    case row(name: String, Line)
    /// A day in its parts.
    case timeline([Timeline.Part])
    /// The hours below it, and how much of the day has gone by, from 0 to 1.
    case hours(now: Double)
    case blank

    /// The cells that the names take, with the blank behind them.
    static let nameColumns = 17
    private static let shortNameColumns = 12

    func render(into frame: inout Frame, in rect: Rect, symbols: Symbols) {
        switch self {
        case .heading(let title, let note):
            TextLine(Line(title, Style.title.bold()).adding(note.isEmpty ? "" : "  \(note)", .muted), symbols: symbols)
                .render(into: &frame, in: rect)
        case .value(let name, let value):
            render(name, value, columns: Self.nameColumns, into: &frame, in: rect, symbols: symbols)
        case .row(let name, let value):
            render(name, value, columns: Self.shortNameColumns, into: &frame, in: rect, symbols: symbols)
        case .timeline(let parts):
            Timeline(parts, symbols: symbols).render(into: &frame, in: Self.timelinePlace(in: rect))
        case .hours(let now):
            renderHours(now: now, into: &frame, in: Self.timelinePlace(in: rect), symbols: symbols)
        case .blank:
            break
        }
    }

    /// Away from what stands beside it.
    private static func timelinePlace(in rect: Rect) -> Rect {
        Rect(column: rect.column, row: rect.row, columns: max(0, rect.columns - 2), rows: rect.rows)
    }

    private func renderHours(now: Double, into frame: inout Frame, in rect: Rect, symbols: Symbols) {
        let mark = rect.column + min(rect.columns - 1, Timeline.column(of: now, columns: rect.columns))
        for hour in stride(from: 0, through: 18, by: 6) {
            let (column, label) = (rect.column + Timeline.column(of: Double(hour) / 24, columns: rect.columns), "\(hour)")
            // A label is whole, or not there.
            guard !(column..<column + label.count).contains(mark) else { continue }
            frame.write(label, at: Point(column: column, row: rect.row), style: .muted, limit: rect.endColumn - column)
        }
        frame.write(symbols.up, at: Point(column: mark, row: rect.row), style: Style.accent.bold())
    }

    private func render(_ name: String, _ value: Line, columns: Int, into frame: inout Frame, in rect: Rect, symbols: Symbols) {
        let parts = rect.splitColumns([.length(min(columns, rect.columns / 2)), .fill(1)])
        TextLine(name, .muted, symbols: symbols).render(into: &frame, in: parts[0])
        TextLine(value, symbols: symbols).render(into: &frame, in: parts[1])
    }
}
