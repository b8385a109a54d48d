import Exporter
import System
import TerminalUI

extension DashboardState {
    /// What a key does while signing in.
    mutating func handle(_ key: Key, in form: SignInForm) -> Effect? {
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
        case .copyAddress where !form.isTyping:
            return form.offer.map { .copy(SignInAddress(name: "the address", address: $0.localURL)) }
        case .copyNetatmoAddress where !form.isTyping:
            return form.offer.map { .copy(SignInAddress(name: "the address of NetAtmo's page", address: $0.netatmoURL)) }
        case .signIn where !form.isTyping:
            form.outcome = nil
            overlay = .signIn(form)
            return .offerSignIn
        case .help: help = Help(title: "Signing in", sections: HelpSection.signIn(port: snapshot.exporter.port))
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
        form.outcome = .note("asking NetAtmo\(symbols.ellipsis)")
        return .signIn(pasting: text)
    }

    /// Takes what was pasted.
    mutating func paste(_ text: String) {
        if case .none = overlay, filter.isTyping { return pasteIntoFilter(text) }
        // A paste elsewhere is left alone: its letters must not be taken for keys.
        guard case .signIn(var form) = overlay else { return }
        form.field.insert(text)
        form.isTyping = true
        form.outcome = nil
        overlay = .signIn(form)
    }
}
