import TerminalUI

/// The keys, from the tables that they are bound by.
struct HelpView: Widget {
    let offset: Int
    let symbols: Symbols

    func render(into frame: inout Frame, in rect: Rect) {
        let lines = self.lines
        let size = Size(columns: min(rect.columns, 76), rows: min(rect.rows, lines.count + 2))
        let panel = rect.centred(size)
        let visible = max(0, panel.rows - 2)
        let first = min(offset, max(0, lines.count - visible))
        let trailing = lines.count > visible ? "\(symbols.up)\(symbols.down) scroll" : "Esc back"
        Panel(title: "Keys", trailing: trailing, isFocused: true, symbols: symbols).render(into: &frame, in: panel)
        let interior = Panel.interior(of: panel).inset(columns: 1, rows: 0)
        for (row, line) in lines.dropFirst(first).prefix(visible).enumerated() {
            TextLine(line, symbols: symbols).render(into: &frame, in: interior.line(row))
        }
    }

    /// How many lines it has in all.
    static let lineCount = HelpView(offset: 0, symbols: .ascii).lines.count

    private var lines: [Line] {
        section("Everywhere", KeyBinding.main) + [""] + section("While typing a filter", KeyBinding.filter) + [""]
            + section("In the log", KeyBinding.log) + [""]
            + section("In a module", KeyBinding.module) + [""]
            + section("While signing in", KeyBinding.signIn)
    }

    private func section(_ title: String, _ bindings: [KeyBinding]) -> [Line] {
        [Line(title, Style.title.bold())]
            + bindings.filter { !$0.help.isEmpty }.map { binding in
                let name = symbols.isASCII ? binding.asciiName : binding.name
                let gap = String(repeating: " ", count: max(1, 10 - displayWidth(of: name)))
                return Line("  \(name)\(gap)", .keyName).adding(binding.help)
            }
    }
}

extension KeyBinding {
    /// The name in words where the arrows can't be shown.
    fileprivate var asciiName: String {
        ["↑": "Up", "↓": "Down", "←": "Left", "→": "Right"].reduce(name) { $0.replacing($1.key, with: $1.value) }
    }
}

extension Rect {
    /// A rectangle of that size in the middle of this one.
    func centred(_ size: Size) -> Rect {
        Rect(
            column: column + max(0, columns - size.columns) / 2, row: row + max(0, rows - size.rows) / 2,
            columns: min(size.columns, columns), rows: min(size.rows, rows)
        )
    }
}
