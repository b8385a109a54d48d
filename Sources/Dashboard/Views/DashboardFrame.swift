public import TerminalUI

extension DashboardState {
    /// The picture of the state at its size. The same state gives the same frame, always.
    public var frame: Frame {
        var frame = Frame(size: size)
        guard size.columns >= MainLayout.smallest.columns, size.rows >= MainLayout.smallest.rows else {
            drawTooSmall(into: &frame)
            return frame
        }
        let layout = MainLayout(size: size)
        HeaderLine(state: self).render(into: &frame, in: layout.header)
        TokenPanel(state: self).render(into: &frame, in: layout.token)
        if let history = layout.history { HistoryPanel(state: self).render(into: &frame, in: history) }
        if let readings = layout.readings { ReadingsPanel(state: self).render(into: &frame, in: readings) }
        drawOverlay(into: &frame, layout: layout)
        return frame
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
        case .log(let scroll): LogView(scroll: scroll, log: log, time: time, symbols: symbols).render(into: &frame, in: body)
        case .module(let offset):
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

    private func drawTooSmall(into frame: inout Frame) {
        let smallest = MainLayout.smallest
        let text = "Needs \(smallest.columns)x\(smallest.rows), is \(size.columns)x\(size.rows)"
        Paragraph(text, .warning).render(into: &frame, in: frame.bounds)
    }
}
