import Exporter
import FoundationEssentials
import System
import TerminalUI

/// What the sign-in says, from top to bottom.
struct SignInTexts {
    /// What the code beside the texts stands for.
    enum Code {
        case phone
        case netatmo
    }

    /// Something over the width of the texts.
    struct Block {
        let rows: Int
        /// Where the screen is low, what matters least goes first; `nil` stays.
        let importance: Int?
        let draw: (inout Frame, Rect) -> Void
    }

    let form: SignInForm
    let state: DashboardState
    let code: Code?

    private var symbols: Symbols { state.symbols }

    /// The address over the whole width, so that it is in one piece for a click or a selection.
    func address(columns: Int) -> Block {
        text(form.offer?.localURL.reveal() ?? "one moment\(symbols.ellipsis)", Style.accent.underline(), columns: columns)
    }

    /// That a sign-in would be refused, why, and what to do, over the whole width; `nil` where nothing stands in its way.
    func warning(columns: Int) -> Block? {
        state.snapshot.token.signInWarning.map { text("\(symbols.warning) \($0)", .warning, columns: columns) }
    }

    /// What stands below the address, beside the code.
    func blocks(columns: Int) -> [Block] {
        let paragraphs: [Block?] = [
            text(opening, columns: columns, importance: 4),
            blank,
            scan.map { text($0, columns: columns, importance: code == nil ? 1 : 5) },
            scan == nil ? nil : blank,
            tunnel.map { text($0, .muted, columns: columns, importance: 1) },
            tunnel == nil ? nil : blank,
            netatmoPage(columns: columns),
            blank,
            text("Or paste a refresh token from dev.netatmo.com.", columns: columns, importance: 2),
            field,
            blank,
            status(columns),
        ]
        return paragraphs.compactMap(\.self)
    }

    private var opening: String {
        form.isReachable
            ? "Open this address in a browser, on any machine (c copies it)."
            : "Open this address in a browser on this machine (o opens one, c copies it)."
    }

    /// What to do with the code, or why there is none.
    private var scan: String? {
        switch (code, form.offer?.phone) {
        case (_, nil): nil
        case (.phone?, .complete?): "With a phone: scan the code and sign in there."
        case (.phone?, _): "With a phone in this network: scan the code. The page that it ends on does not load: paste its address here."
        case (.netatmo?, _): "With a phone: the code is NetAtmo's page. The page that it ends on does not load: paste its address here."
        case (nil, _) where form.isExpired(at: state.now): nil
        case (nil, _) where symbols.isASCII: nil
        case (nil, .unreachable?): "No code for a phone: only this machine reaches this exporter, and NetAtmo's page takes a larger screen."
        case (nil, _): "With a phone: a larger screen shows a code to scan."
        }
    }

    private var tunnel: String? {
        guard !form.isReachable else { return nil }
        return "From another machine: ssh -L \(port):127.0.0.1:\(port) HOST, then open the same address there. ? tells the steps."
    }

    private func netatmoPage(columns: Int) -> Block? {
        guard let address = form.offer?.netatmoURL.reveal() else { return nil }
        let words = Paragraph("Or open NetAtmo's page in any browser (n copies it), and paste here the address that it ends on:")
        let link = Paragraph(address, .accent)
        let wordRows = words.rows(at: columns)
        return Block(rows: wordRows + link.rows(at: columns), importance: 3) { frame, rect in
            let parts = rect.splitRows([.length(wordRows), .fill(1)])
            words.render(into: &frame, in: parts[0])
            link.render(into: &frame, in: parts[1])
        }
    }

    private var port: Int { state.snapshot.exporter.port }

    private func text(_ text: String, _ style: Style = .plain, columns: Int, importance: Int? = nil) -> Block {
        let paragraph = Paragraph(text, style)
        return Block(rows: paragraph.rows(at: columns), importance: importance) { frame, rect in
            paragraph.render(into: &frame, in: rect)
        }
    }

    private var blank: Block {
        Block(rows: 1, importance: 0) { _, _ in }
    }

    /// What stands before the paste field.
    static let fieldLabel = "Paste: "

    private var field: Block {
        Block(rows: 1, importance: nil) { [form, symbols] frame, rect in
            let label = Line(form.isTyping ? "\(symbols.marker) " : "  ", .accent).adding(Self.fieldLabel, .plain)
            frame.write(label, at: rect.origin, limit: rect.columns)
            let place = Rect(column: rect.column + label.width, row: rect.row, columns: rect.columns - label.width, rows: 1)
            let placeholder = form.isTyping ? "paste, then Enter" : "paste here, or Tab and type"
            TextFieldView(form.field, placeholder: placeholder, isFocused: form.isTyping, symbols: symbols).render(into: &frame, in: place)
        }
    }

    private func status(_ columns: Int) -> Block {
        let status = self.status
        return text("\(status.mark) \(status.words)", status.style, columns: columns)
    }

    private var status: (mark: String, words: String, style: Style) {
        switch form.outcome {
        case .problem(let problem)?: return (symbols.cross, problem, .bad)
        case .note(let note)? where !isDecided: return (symbols.bullet, note, .accent)
        default: break
        }
        switch state.snapshot.signIn {
        case .idle, .offered:
            return (symbols.hollowBullet, form.isExpired(at: state.now) ? "too late for these addresses" : "waiting for a browser", .muted)
        case .waitingForNetatmo(let since):
            let age = DurationText.age(of: since, at: state.now)
            return (symbols.bullet, "a browser was sent to NetAtmo \(age) ago: waiting for the answer", .accent)
        case .exchanging: return (symbols.bullet, "getting the token", .accent)
        case .succeeded(let until):
            return (symbols.check, "signed in: the token works until \(state.time.clock(until, now: state.now)). Esc goes back.", .good)
        case .failed(let reason): return (symbols.cross, reason, .bad)
        }
    }

    private var isDecided: Bool {
        switch state.snapshot.signIn {
        case .succeeded, .failed, .waitingForNetatmo, .exchanging: true
        case .idle, .offered: false
        }
    }
}
