import Exporter
import FoundationEssentials
import Netatmo
import TerminalUI

/// The sign-in: which address to open, a field for what was pasted, and how far it is.
struct SignInView: Widget {
    let form: SignInForm
    let state: DashboardState

    private var symbols: Symbols { state.symbols }

    func render(into frame: inout Frame, in rect: Rect) {
        let width = min(rect.columns, 100)
        let inner = width - 4
        var blocks = self.blocks(columns: inner)
        // Where the screen is low, the long ways go first; the address, the field and the outcome stay.
        while blocks.map(\.rows).reduce(0, +) > rect.rows - 2, let index = blocks.lastIndex(where: { $0.isOptional }) {
            blocks.remove(at: index)
        }
        let rows = blocks.map(\.rows).reduce(0, +) + 2
        let panel = rect.centred(Size(columns: width, rows: rows))
        Panel(title: "Sign in to NetAtmo", trailing: timeLeft, isFocused: true, symbols: symbols).render(into: &frame, in: panel)
        var area = Panel.interior(of: panel).inset(columns: 1, rows: 0)
        for block in blocks {
            block.render(
                into: &frame, in: Rect(column: area.column, row: area.row, columns: area.columns, rows: min(block.rows, area.rows)))
            area = Rect(column: area.column, row: area.row + block.rows, columns: area.columns, rows: area.rows - block.rows)
        }
    }

    private var timeLeft: String {
        guard let offer = form.offer else { return "" }
        guard offer.expires > state.now else { return "addresses expired: Esc, then a" }
        return "\(DurationText.age(of: state.now, at: offer.expires)) left"
    }

    /// Something drawn over the width of the panel.
    private struct Block {
        let rows: Int
        let isOptional: Bool
        let draw: (inout Frame, Rect) -> Void

        func render(into frame: inout Frame, in rect: Rect) { draw(&frame, rect) }
    }

    private func blocks(columns: Int) -> [Block] {
        [
            text("Open this address in a browser on this machine (o opens one):", columns: columns, isOptional: true),
            text(form.offer?.localURL.reveal() ?? "one moment…", Style.accent.underline(), columns: columns),
            blank,
            text(
                "From another machine: ssh -L \(port):127.0.0.1:\(port) HOST, then open the same address there.", .muted, columns: columns,
                isOptional: true),
            blank,
            text("Or open NetAtmo's page in any browser, and paste here the address that it ends on:", columns: columns, isOptional: true),
            text(form.offer?.netatmoURL.reveal() ?? "", Style.accent, columns: columns, isOptional: true),
            blank,
            text("Or paste a refresh token from dev.netatmo.com.", columns: columns, isOptional: true),
            field,
            blank,
            status(columns),
        ]
    }

    private var port: Int {
        if case .listening(_, let port) = state.snapshot.exporter { port } else { 9210 }
    }

    private func text(_ text: String, _ style: Style = .plain, columns: Int, isOptional: Bool = false) -> Block {
        let paragraph = Paragraph(text, style)
        return Block(rows: text.isEmpty ? 0 : paragraph.rows(at: columns), isOptional: isOptional) { frame, rect in
            paragraph.render(into: &frame, in: rect)
        }
    }

    private var blank: Block {
        Block(rows: 1, isOptional: true) { _, _ in }
    }

    private var field: Block {
        Block(rows: 1, isOptional: false) { [form, symbols] frame, rect in
            let label = Line(form.isTyping ? "\(symbols.marker) " : "  ", .accent).adding("Paste: ", .plain)
            frame.write(label, at: rect.origin, limit: rect.columns)
            let place = Rect(column: rect.column + label.width, row: rect.row, columns: rect.columns - label.width, rows: 1)
            let placeholder = form.isTyping ? "paste, then Enter" : "paste here, or Tab and type"
            TextFieldView(form.field, placeholder: placeholder, isFocused: form.isTyping, symbols: symbols).render(into: &frame, in: place)
        }
    }

    private func status(_ columns: Int) -> Block {
        let (words, style) = statusText
        return text("\(symbols.bullet) \(words)", style, columns: columns)
    }

    private var statusText: (String, Style) {
        switch form.outcome {
        case .problem(let problem)?: return (problem, .bad)
        case .note(let note)? where !isDecided: return (note, .accent)
        default: break
        }
        switch state.snapshot.signIn {
        case .idle: return ("waiting", .muted)
        case .offered: return ("waiting for a browser", .muted)
        case .waitingForNetatmo: return ("a browser was sent to NetAtmo: waiting for the answer", .accent)
        case .exchanging: return ("getting the token", .accent)
        case .succeeded(let until):
            return ("signed in: the token works until \(state.time.clock(until, now: state.now)). Esc goes back.", .good)
        case .failed(let reason): return (reason, .bad)
        }
    }

    private var isDecided: Bool {
        switch state.snapshot.signIn {
        case .succeeded, .failed, .waitingForNetatmo, .exchanging: true
        case .idle, .offered: false
        }
    }
}
