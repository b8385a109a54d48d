import EngineAPI
import TerminalUI

extension DashboardState {
    /// Takes what the terminal tells, and says what is to be done about it.
    mutating func handle(_ event: InputEvent) -> Effect? {
        switch event {
        case .key(let key): return asked(handle(key))
        case .paste(let text): paste(text)
        case .mouse(let mouse): return asked(handle(mouse))
        case .resize(let size): resize(to: size)
        case .resumed: return .redraw
        case .hangUp: return .quit
        }
        return nil
    }

    /// The effect; but where quitting would lose the token, once more is asked for. A request for a token that is under way is
    /// waited for, so that nothing is lost by it. An engine in another process goes on without this screen.
    private mutating func asked(_ effect: Effect?) -> Effect? {
        guard effect == .quit, snapshot.connection == .inProcess, !snapshot.token.isSaved, message?.isQuitQuestion != true
        else { return effect }
        say(.quitQuestion(losing: .tokenInMemory))
        return nil
    }

    /// Gives a key to what lies on top.
    mutating func handle(_ key: Key) -> Effect? {
        let response: KeyResponse
        if var help {
            response = help.handle(key, on: size, symbols: symbols)
            self.help = help
        } else {
            switch overlay {
            case .none where readings.filter.isTyping:
                response = readings.handleWhileTyping(key, in: layout.readingsPlace)
            case .none:
                response = KeyBinding.action(of: key, in: bindings).map { .passed($0) } ?? .taken()
            case .log(var state):
                response = state.handle(key, in: log, on: size)
                overlay = .log(state)
            case .module(var state):
                response = state.handle(key, on: size, last: lastModuleOffset)
                if !state.hasChartFocus { chart.removeCursor() }
                overlay = .module(state)
            case .signIn(var state):
                response = state.handle(key, symbols: symbols)
                overlay = .signIn(state)
            }
        }
        switch response {
        case .taken(let effect): return effect
        case .passed(let action): return perform(action)
        }
    }

    /// A paste elsewhere than into a field is left alone: its letters must not be taken for keys.
    private mutating func paste(_ text: String) {
        switch overlay {
        case .none where readings.filter.isTyping: readings.paste(text, in: layout.readingsPlace)
        case .signIn: changeSignIn { $0.paste(text) }
        case .none, .log, .module: break
        }
    }

    private mutating func resize(to size: Size) {
        self.size = size
        focus.resize(to: size, rows: tableRows)
        readings.keepSelectionVisible(in: layout.readingsPlace)
    }

    /// The keys of what lies on top.
    var bindings: [KeyBinding] {
        guard help == nil else { return KeyBinding.help }
        switch overlay {
        case .none: return readings.filter.isTyping ? KeyBinding.filter : (hasChartFocus ? KeyBinding.chart : []) + KeyBinding.main
        case .log: return KeyBinding.log
        case .module: return (hasChartFocus ? KeyBinding.chart : []) + KeyBinding.module
        case .signIn: return KeyBinding.signIn
        }
    }
}
