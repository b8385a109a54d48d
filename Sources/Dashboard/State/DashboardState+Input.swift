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
            keepSelectionVisible()
            return nil
        case .resumed: return .redraw
        case .hangUp: return .quit
        }
    }

    private mutating func handle(_ key: Key) -> Effect? {
        switch overlay {
        case .none where filter.isTyping: return handleInFilter(key)
        case .none: return perform(KeyBinding.action(of: key, in: KeyBinding.main))
        case .help(let offset): return handle(key, inHelpAt: offset)
        case .log: return handleInLog(key)
        case .module(let offset): return handle(key, inModuleAt: offset)
        case .signIn(let form): return handle(key, in: form)
        }
    }
}
