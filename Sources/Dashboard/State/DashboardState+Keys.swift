import Exporter
import Netatmo
import TerminalUI

extension DashboardState {
    /// Takes what the terminal tells, and says what is to be done about it.
    mutating func handle(_ event: InputEvent) -> Effect? {
        switch event {
        case .key(let key): return handle(key)
        case .paste(let text):
            paste(text)
            return nil
        case .mouse(let mouse):
            handle(mouse)
            return nil
        case .resize(let size):
            self.size = size
            return nil
        case .resumed: return .redraw
        case .hangUp: return .quit
        }
    }

    private mutating func handle(_ key: Key) -> Effect? {
        switch overlay {
        case .none: return perform(KeyBinding.action(of: key, in: KeyBinding.main))
        case .help(let offset): return handle(key, inHelpAt: offset)
        case .log: return handleInLog(key)
        case .signIn(let form): return handle(key, in: form)
        }
    }

    private mutating func perform(_ action: Action?) -> Effect? {
        switch action {
        case .signIn:
            overlay = .signIn(SignInForm())
            return .offerSignIn
        case .log: overlay = .log(LogScroll())
        case .help: overlay = .help(offset: 0)
        case .nextPanel: moveFocus(by: 1)
        case .previousPanel: moveFocus(by: -1)
        case .move(let movement): move(movement)
        case .back: message = nil
        case .fetch: return .fetch
        case .renew: return .renew
        case .redraw: return .redraw
        case .suspend: return .suspend
        case .quit: return .quit
        case .openBrowser, .submit, .scrollLeft, .scrollRight, nil: break
        }
        return nil
    }

    private mutating func handle(_ key: Key, inHelpAt offset: Int) -> Effect? {
        let last = max(0, HelpView.lineCount - (size.rows - 4))
        switch KeyBinding.action(of: key, in: KeyBinding.main) {
        case .move(let movement): overlay = .help(offset: movement.applied(to: offset, page: 10, last: last))
        case .back, .help: overlay = .none
        case .redraw: return .redraw
        case .suspend: return .suspend
        case .quit: return .quit
        default: break
        }
        return nil
    }

    private mutating func handleInLog(_ key: Key) -> Effect? {
        switch KeyBinding.action(of: key, in: KeyBinding.log) {
        case .move(let movement): moveInLog(movement)
        case .scrollLeft: moveSidewaysInLog(by: -1)
        case .scrollRight: moveSidewaysInLog(by: 1)
        case .back: overlay = .none
        case .redraw: return .redraw
        case .suspend: return .suspend
        case .quit: return .quit
        default: break
        }
        return nil
    }

    private mutating func moveInLog(_ movement: Movement, by lines: Int = 1) {
        guard case .log(var scroll) = overlay else { return }
        scroll.move(movement, by: lines, in: log, visible: LogView.visibleLines(on: size))
        overlay = .log(scroll)
    }

    private mutating func moveSidewaysInLog(by steps: Int) {
        guard case .log(var scroll) = overlay else { return }
        let widest = log.lines.map { displayWidth(of: $0.message) }.max() ?? 0
        scroll.moveSideways(by: steps, widest: widest, room: LogView.messageColumns(on: size))
        overlay = .log(scroll)
    }

    private mutating func handle(_ key: Key, in form: SignInForm) -> Effect? {
        var form = form
        if form.isTyping, form.field.handle(key) {
            overlay = .signIn(form)
            return nil
        }
        switch KeyBinding.action(of: key, in: KeyBinding.signIn) {
        case .back:
            overlay = .none
            return nil
        case .nextPanel: form.isTyping.toggle()
        case .submit: return submit(form)
        case .openBrowser where !form.isTyping:
            guard let offer = form.offer else { return nil }
            return .openBrowser(url: offer.browserURL)
        case .redraw: return .redraw
        case .suspend: return .suspend
        case .quit where !form.isTyping: return .quit
        default: break
        }
        overlay = .signIn(form)
        return nil
    }

    private mutating func submit(_ form: SignInForm) -> Effect? {
        var form = form
        defer { overlay = .signIn(form) }
        guard let text = Secret(form.field.text) else {
            form.outcome = .problem("nothing was pasted yet")
            form.isTyping = true
            return nil
        }
        form.field.clear()
        form.outcome = .note("asking NetAtmo…")
        return .signIn(pasting: text)
    }

    private mutating func paste(_ text: String) {
        // A paste elsewhere is left alone: its letters must not be taken for keys.
        guard case .signIn(var form) = overlay else { return }
        form.field.insert(text)
        form.isTyping = true
        form.outcome = nil
        overlay = .signIn(form)
    }

    private mutating func handle(_ mouse: MouseEvent) {
        switch overlay {
        case .none: handleInMainView(mouse)
        case .log where mouse.kind == .wheelUp: moveInLog(.up, by: Self.wheelLines)
        case .log where mouse.kind == .wheelDown: moveInLog(.down, by: Self.wheelLines)
        case .help, .log, .signIn: break
        }
    }

    /// How far a notch of the wheel scrolls the log.
    private static let wheelLines = 3

    private mutating func handleInMainView(_ mouse: MouseEvent) {
        let layout = MainLayout(size: size)
        guard let panel = PanelName.allCases.first(where: { layout.rect(of: $0)?.contains(mouse.position) == true }) else { return }
        switch mouse.kind {
        case .press: focus = panel
        case .wheelUp: move(.up, in: panel)
        case .wheelDown: move(.down, in: panel)
        }
    }
}

// MARK: - Moving

extension DashboardState {
    private mutating func moveFocus(by step: Int) {
        let panels = MainLayout(size: size).panels
        guard !panels.isEmpty else { return }
        let index = panels.firstIndex(of: focus) ?? 0
        focus = panels[(index + step + panels.count) % panels.count]
    }

    private mutating func move(_ movement: Movement) {
        move(movement, in: focus)
    }

    private mutating func move(_ movement: Movement, in panel: PanelName) {
        let layout = MainLayout(size: size)
        let page = max(1, (layout.rect(of: panel)?.rows ?? 3) - 3)
        switch panel {
        case .readings:
            selectedModule = movement.applied(to: selectedModule, page: page, last: max(0, modules.count - 1))
            keepSelectionVisible()
        case .history:
            historyOffset = movement.applied(to: historyOffset, page: page, last: max(0, snapshot.events.count - page - 1))
        case .token:
            break
        }
    }

    /// Scrolls the readings so that the selected module shows.
    mutating func keepSelectionVisible() {
        selectedModule = min(max(0, selectedModule), max(0, modules.count - 1))
        let table = ReadingsTable(state: self)
        let visible = ReadingsPanel.visibleRows(in: MainLayout(size: size), rowCount: table.rows.count)
        readingsOffset = Table.offset(
            keeping: table.row(ofModule: selectedModule), visible: visible, of: table.rows.count, current: readingsOffset
        )
        // The heading above the first module comes along.
        if readingsOffset == 1 { readingsOffset = 0 }
    }
}

extension Movement {
    /// Where the movement leads from an index.
    func applied(to index: Int, page: Int, last: Int) -> Int {
        let target =
            switch self {
            case .up: index - 1
            case .down: index + 1
            case .pageUp: index - page
            case .pageDown: index + page
            case .first: 0
            case .last: last
            }
        return min(max(0, target), max(0, last))
    }
}
