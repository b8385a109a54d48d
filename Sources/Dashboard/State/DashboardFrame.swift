import FoundationEssentials
public import TerminalUI

extension DashboardState {
    /// The picture of the state at its size. The same state gives the same frame, always.
    public var frame: Frame {
        var frame = Frame(size: size)
        guard !isTooSmall else {
            drawTooSmall(into: &frame)
            return frame
        }
        let layout = layout
        HeaderLine(state: self).render(into: &frame, in: layout.header)
        TokenPanel(state: self).render(into: &frame, in: layout.token)
        if let history = layout.history { EventsPanel(state: self).render(into: &frame, in: history) }
        if let readings = layout.readings { ReadingsPanel(state: self).render(into: &frame, in: readings) }
        if let summary = layout.summary { drawSummary(into: &frame, in: summary) }
        drawOverlay(into: &frame, layout: layout)
        return frame
    }

    /// How often, in seconds, time alone draws the readings and the history anew: their ages step no faster.
    private static let restingStep = 5

    /// The frame when nothing but time went on since another one: only what counts by the second is drawn, for most of the seconds.
    func frame(after previous: Frame?) -> Frame {
        guard var frame = previous, frame.size == size, !isTooSmall, help == nil, !overlay.hidesMainView,
            Int(now.timeIntervalSince1970) % Self.restingStep != 0
        else { return self.frame }
        let layout = layout
        for rect in [layout.header, layout.token, layout.footer] { frame.fill(rect) }
        HeaderLine(state: self).render(into: &frame, in: layout.header)
        TokenPanel(state: self).render(into: &frame, in: layout.token)
        drawFooter(into: &frame, in: layout.footer)
        return frame
    }

    private var isTooSmall: Bool {
        size.columns < MainLayout.smallest.columns || size.rows < MainLayout.smallest.rows
    }

    private func drawOverlay(into frame: inout Frame, layout: MainLayout) {
        let body = Rect(column: 0, row: 1, columns: size.columns, rows: size.rows - 2)
        drawFooter(into: &frame, in: layout.footer)
        if help != nil || overlay.hidesMainView { frame.fill(body) }
        if let help {
            HelpView(title: help.title, sections: help.sections, offset: help.offset, symbols: symbols).render(into: &frame, in: body)
            return
        }
        switch overlay {
        case .none: break
        case .log(let scroll): LogView(scroll: scroll, log: log, time: time, now: now, symbols: symbols).render(into: &frame, in: body)
        case .module(let offset):
            // The readings may have come without it meanwhile.
            if let module = selectedDevice { ModuleView(module: module, offset: offset, state: self).render(into: &frame, in: body) }
        case .signIn(let form): SignInView(form: form, state: self).render(into: &frame, in: body)
        }
    }

    /// The keys of what lies on top.
    var bindings: [KeyBinding] {
        guard help == nil else { return KeyBinding.help }
        switch overlay {
        case .none: return filter.isTyping ? KeyBinding.filter : KeyBinding.main
        case .log: return KeyBinding.log
        case .module: return KeyBinding.module
        case .signIn: return KeyBinding.signIn
        }
    }

    /// The keys, or for a few seconds what the last one led to.
    private func drawFooter(into frame: inout Frame, in rect: Rect) {
        if let message {
            TextLine(" " + message.text, message.style.bold(), symbols: symbols).render(into: &frame, in: rect)
        } else {
            KeyBinding.keyBar(bindings).render(into: &frame, in: rect)
        }
    }

    /// What there is beside the token, and the key that shows it.
    private func drawSummary(into frame: inout Frame, in rect: Rect) {
        let words = ReadingsPanel(state: self).summary
        TextLine(" " + (words.isEmpty ? "no readings yet" : words), .muted, symbols: symbols).render(into: &frame, in: rect)
        let key = Line("Tab", .keyName).adding(" shows ")
        if displayWidth(of: words) + 3 + key.width <= rect.columns {
            TextLine(key, alignment: .right, symbols: symbols).render(into: &frame, in: rect)
        }
    }

    private func drawTooSmall(into frame: inout Frame) {
        let smallest = MainLayout.smallest
        let text = "Needs \(smallest.columns)x\(smallest.rows), is \(size.columns)x\(size.rows)"
        Paragraph(text, .warning).render(into: &frame, in: frame.bounds)
    }
}
