import Exporter
import TerminalUI

extension DashboardState {
    /// Takes what the terminal tells, and says what is to be done about it.
    mutating func handle(_ event: InputEvent) -> Effect? {
        switch event {
        case .key(let key):
            return asked(handle(key))
        case .paste(let text):
            paste(text)
            return nil
        case .mouse(let mouse): return asked(handle(mouse))
        case .resize(let size):
            self.size = size
            if let panelAlone { show(panelAlone) }
            keepSelectionVisible()
            return nil
        case .resumed: return .redraw
        case .hangUp: return .quit
        }
    }

    /// The effect; but where quitting would lose the token, once more is asked for. A request for a token that is under way is
    /// waited for, so that nothing is lost by it.
    private mutating func asked(_ effect: Effect?) -> Effect? {
        let warning = "The token is in memory alone, and quitting loses it: q again quits"
        guard effect == .quit, !snapshot.token.isSaved, message?.text != warning else { return effect }
        say(warning, .bad)
        return nil
    }

    /// What a key does in what lies on top.
    mutating func handle(_ key: Key) -> Effect? {
        guard help == nil else { return handleInHelp(key) }
        switch overlay {
        case .none where filter.isTyping: return handleInFilter(key)
        case .none: return perform(KeyBinding.action(of: key, in: KeyBinding.main))
        case .log: return handleInLog(key)
        case .module(let offset): return handle(key, inModuleAt: offset)
        case .signIn(let form): return handle(key, in: form)
        }
    }
}
