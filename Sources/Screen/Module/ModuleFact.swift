import TerminalUI

/// A line of what is known of a module.
enum ModuleFact: Sendable, Hashable {
    /// Begins a part.
    case heading(String, note: String)
    case value(name: String, Line)
    case blank

    /// The cells that the names take, with the blank behind them.
    static let nameColumns = 17

    func render(into frame: inout Frame, in rect: Rect, symbols: Symbols) {
        switch self {
        case .heading(let title, let note):
            TextLine(Line(title, Style.title.bold()).adding(note.isEmpty ? "" : "  \(note)", .muted), symbols: symbols)
                .render(into: &frame, in: rect)
        case .value(let name, let value):
            let columns = min(Self.nameColumns, rect.columns / 2)
            let parts = rect.splitColumns([.length(columns), .fill(1)])
            TextLine(name, .muted, symbols: symbols).render(into: &frame, in: parts[0])
            TextLine(value, symbols: symbols).render(into: &frame, in: parts[1])
        case .blank:
            break
        }
    }
}
