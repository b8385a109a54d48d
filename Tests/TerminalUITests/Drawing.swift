import TerminalUI

/// What a widget draws on an empty frame, as lines of text.
func drawing(_ widget: some Widget, _ columns: Int, _ rows: Int) -> String {
    frame(of: widget, columns, rows).lines.joined(separator: "\n")
}

/// What a widget draws on an empty frame.
func frame(of widget: some Widget, _ columns: Int, _ rows: Int) -> Frame {
    var frame = Frame(size: Size(columns: columns, rows: rows))
    widget.render(into: &frame, in: frame.bounds)
    return frame
}

extension Frame {
    /// The text that is drawn in this role, row by row.
    func text(in role: Role) -> String {
        runs(changedFrom: nil).filter { $0.style.role == role }.map(\.text).joined(separator: "|")
    }
}
