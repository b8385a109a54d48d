import EngineAPI
import FoundationEssentials
import OperatingSystem
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
        /// Whether it is the paste field, which a click gives the keys.
        var isField = false
        let draw: (inout Frame, Rect) -> Void
    }

    let state: SignInState
    let token: TokenStatus
    /// How far the engine is with it.
    let progress: SignInStatus
    let port: Int
    let code: Code?
    let environment: ViewEnvironment

    private var symbols: Symbols { environment.symbols }

    /// The address over the whole width, so that it is in one piece for a click or a selection.
    func address(columns: Int) -> Block {
        text(state.offer?.localURL.reveal() ?? "one moment\(symbols.ellipsis)", Style.accent.underline(), columns: columns)
    }

    /// That a sign-in would be refused, why, and what to do, over the whole width; `nil` where nothing stands in its way.
    func warning(columns: Int) -> Block? {
        token.signInWarning.map { text("\(symbols.warning) \($0)", .warning, columns: columns) }
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
        state.isReachable
            ? "Open this address in a browser, on any machine (c copies it)."
            : "Open this address in a browser on this machine (o opens one, c copies it)."
    }

    /// What to do with the code, or why there is none.
    private var scan: String? {
        switch (code, state.offer?.phone) {
        case (_, nil): nil
        case (.phone?, .complete?): "With a phone: scan the code and sign in there."
        case (.phone?, _): "With a phone in this network: scan the code. The page that it ends on does not load: paste its address here."
        case (.netatmo?, _): "With a phone: the code is NetAtmo's page. The page that it ends on does not load: paste its address here."
        case (nil, _) where state.isExpired(at: environment.now): nil
        case (nil, _) where symbols.isASCII: nil
        case (nil, .unreachable?): "No code for a phone: only this machine reaches this exporter, and NetAtmo's page takes a larger screen."
        case (nil, _): "With a phone: a larger screen shows a code to scan."
        }
    }

    private var tunnel: String? {
        guard !state.isReachable else { return nil }
        return "From another machine: ssh -L \(port):127.0.0.1:\(port) HOST, then open the same address there. ? tells the steps."
    }

    private func netatmoPage(columns: Int) -> Block? {
        guard let address = state.offer?.netatmoURL.reveal() else { return nil }
        let words = Paragraph("Or open NetAtmo's page in any browser (n copies it), and paste here the address that it ends on:")
        let link = Paragraph(address, .accent)
        let wordRows = words.rows(at: columns)
        return Block(rows: wordRows + link.rows(at: columns), importance: 3) { frame, rect in
            let parts = rect.splitRows([.length(wordRows), .fill(1)])
            words.render(into: &frame, in: parts[0])
            link.render(into: &frame, in: parts[1])
        }
    }

    private func text(_ text: String, _ style: Style = .plain, columns: Int, importance: Int? = nil) -> Block {
        let paragraph = Paragraph(text, style)
        return Block(rows: paragraph.rows(at: columns), importance: importance) { frame, rect in
            paragraph.render(into: &frame, in: rect)
        }
    }

    private var blank: Block { Block(rows: 1, importance: 0) { _, _ in } }

    /// What stands before the paste field.
    private static let fieldLabel = "Paste: "

    private var field: Block {
        Block(rows: 1, importance: nil, isField: true) { [state, symbols] frame, rect in
            let label = Line(state.isTyping ? "\(symbols.marker) " : "  ", .accent).adding(Self.fieldLabel, .plain)
            frame.write(label, at: rect.origin, limit: rect.columns)
            let place = Rect(column: rect.column + label.width, row: rect.row, columns: rect.columns - label.width, rows: 1)
            let placeholder = state.isTyping ? "paste, then Enter" : "paste here, or Tab and type"
            TextFieldView(state.field, placeholder: placeholder, isFocused: state.isTyping, symbols: symbols).render(
                into: &frame, in: place)
        }
    }

    private func status(_ columns: Int) -> Block {
        let status = self.status
        return text("\(status.mark) \(status.words)", status.style, columns: columns)
    }

    private var status: (mark: String, words: String, style: Style) {
        switch state.outcome {
        case .problem(let problem)?: return (symbols.cross, problem, .bad)
        case .note(let note)? where !isDecided: return (symbols.bullet, note, .accent)
        default: break
        }
        switch progress {
        case .idle, .offered:
            return (
                symbols.hollowBullet, state.isExpired(at: environment.now) ? "too late for these addresses" : "waiting for a browser",
                .muted
            )
        case .waitingForNetatmo(let since):
            let age = DurationText.age(of: since, at: environment.now)
            return (symbols.bullet, "a browser was sent to NetAtmo \(age) ago: waiting for the answer", .accent)
        case .exchanging: return (symbols.bullet, "getting the token", .accent)
        case .succeeded(let until):
            return (symbols.check, "signed in: the token works until \(environment.clock(until)). Esc goes back.", .good)
        case .failed(let reason): return (symbols.cross, reason, .bad)
        }
    }

    private var isDecided: Bool {
        switch progress {
        case .succeeded, .failed, .waitingForNetatmo, .exchanging: true
        case .idle, .offered: false
        }
    }
}
