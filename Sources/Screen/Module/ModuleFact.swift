import TerminalUI

/// A line of what is known of a module.
enum ModuleFact: Sendable, Hashable {
    /// Begins a part.
    case heading(String, note: String)
    case value(name: String, Line)
    /// A long value behind a short name.
    case row(name: String, Line)
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
        case .blank:
            break
        }
    }

    private func render(_ name: String, _ value: Line, columns: Int, into frame: inout Frame, in rect: Rect, symbols: Symbols) {
        let parts = rect.splitColumns([.length(min(columns, rect.columns / 2)), .fill(1)])
        TextLine(name, .muted, symbols: symbols).render(into: &frame, in: parts[0])
        TextLine(value, symbols: symbols).render(into: &frame, in: parts[1])
    }
}
