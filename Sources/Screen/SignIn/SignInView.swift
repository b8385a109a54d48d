import EngineAPI
import FoundationEssentials
import OperatingSystem
import TerminalUI

/// The sign-in: which address to open, as text and as a code for a phone, a field for what was pasted, and how far it is.
struct SignInView: Widget {
    let state: SignInState
    let token: TokenStatus
    /// How far the engine is with it.
    let progress: SignInStatus
    let port: Int
    let environment: ViewEnvironment

    private var symbols: Symbols { environment.symbols }

    func render(into frame: inout Frame, in rect: Rect) {
        let layout = layout(in: rect)
        Panel(title: Line("Sign in to NetAtmo", Style.accent.bold()), trailing: timeLeft, isFocused: true, symbols: symbols)
            .render(into: &frame, in: layout.panel)
        for (block, place) in layout.blocks { block.draw(&frame, place) }
        if let (code, place) = layout.code { code.render(into: &frame, in: place) }
    }

    func layout(in rect: Rect) -> SignInLayout {
        SignInLayout(rect: rect, code: code) { code in
            SignInTexts(state: state, token: token, progress: progress, port: port, code: code, environment: environment)
        }
    }

    /// The code to show: the short address for a phone where there is one, else NetAtmo's page, which takes a larger screen. ASCII
    /// has no half blocks.
    private var code: (code: QRCode, kind: SignInTexts.Code)? {
        guard !symbols.isASCII, !state.isExpired(at: environment.now) else { return nil }
        return state.phoneCode.map { ($0, .phone) } ?? state.netatmoCode.map { ($0, .netatmo) }
    }

    private var timeLeft: Line {
        guard let offer = state.offer else { return Line("") }
        if let ending = state.ending { return Line("\(ending.rawValue): a gives new ones", .muted) }
        guard !state.isExpired(at: environment.now) else { return Line("expired: a gives new ones", .bad) }
        let isShort = offer.expires.timeIntervalSince(environment.now) < 60
        return Line("\(DurationText.age(of: environment.now, at: offer.expires)) left", isShort ? .warning : .muted)
    }
}
