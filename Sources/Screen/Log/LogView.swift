import EngineAPI
import FoundationEssentials
import OperatingSystem
import TerminalUI

/// The log over the whole screen: newest at the bottom, one row a line. What does not fit is cut with a mark and read by
/// scrolling sideways.
struct LogView: Widget {
    let state: LogState
    let log: LogTail
    let environment: ViewEnvironment

    private var symbols: Symbols { environment.symbols }

    /// The cells before a message: a time of day and a level.
    private static let headColumns = 17
    /// `17:18:05`; a line of another day has a longer time.
    private static let clockColumns = 8

    static func visibleLines(on screen: Size) -> Int { max(0, screen.rows - 4) }

    static func messageColumns(on screen: Size) -> Int { max(0, screen.columns - 4 - headColumns) }

    func render(into frame: inout Frame, in rect: Rect) {
        let interior = Panel.interior(of: rect).inset(columns: 1, rows: 0)
        let first = state.firstIndex(in: log, visible: interior.rows)
        let newer = log.lines.count - first - interior.rows
        let trailing = newer > 0 ? "\(newer) newer" : ""
        let title = title(columns: rect.columns - 4 - (newer > 0 ? trailing.count + 3 : 0))
        Panel(title: title, trailing: Line(trailing, .muted), isFocused: true, symbols: symbols).render(into: &frame, in: rect)
        guard !log.lines.isEmpty else {
            TextLine("nothing logged yet", .muted, symbols: symbols).render(into: &frame, in: interior)
            return
        }
        let shown = log.lines.dropFirst(first).prefix(interior.rows).map { (line: $0, clock: environment.clock($0.time)) }
        let columns = shown.map(\.clock.count).max() ?? Self.clockColumns
        for (row, (line, clock)) in shown.enumerated() {
            let gap = String(repeating: " ", count: columns - clock.count + 1)
            render(line, at: clock + gap, into: &frame, in: interior.line(row))
        }
    }

    private func render(_ line: LogLine, at clock: String, into frame: inout Frame, in rect: Rect) {
        let level = line.level.rawValue
        let gap = String(repeating: " ", count: max(1, 8 - level.count))
        let head = Line(clock, .muted).adding(level + gap, style(of: line.level))
        frame.write(head, at: rect.origin, limit: rect.columns)
        let room = Rect(column: rect.column + head.width, row: rect.row, columns: rect.columns - head.width, rows: 1)
        let isMuted = line.level == .debug || line.level == .trace
        let message = environment.time.localised(line.message, now: environment.now)
        TextLine(shown(message), isMuted ? .muted : .plain, symbols: symbols).render(into: &frame, in: room)
    }

    /// The message from the column on that it is scrolled to, with a mark for what was left out.
    private func shown(_ message: String) -> String {
        guard state.column > 0 else { return message }
        let rest = end(of: message, after: state.column + displayWidth(of: symbols.ellipsis), symbols: symbols)
        return rest.isEmpty && displayWidth(of: message) <= state.column ? "" : symbols.ellipsis + rest
    }

    private func style(of level: LogLine.Level) -> Style {
        switch level {
        case .fatal, .error: .bad
        case .warning: .warning
        case .info: .plain
        case .debug, .trace: .muted
        }
    }

    /// Where the log goes. Of a long path the end is kept, of a long reason the start.
    private func title(columns: Int) -> Line {
        let name = Line("Log", Style.accent.bold())
        switch log.file {
        case .none: return name
        case .writing(let path):
            let excess = displayWidth(of: path) - (columns - name.width - 1)
            let shown = excess > 0 ? symbols.ellipsis + end(of: path, after: excess + 1, symbols: symbols) : path
            return name.adding(" " + shown, .muted)
        case .failing(_, let reason):
            return name.adding(" not written: \(reason)", .bad)
        }
    }
}
