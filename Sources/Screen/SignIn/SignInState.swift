import EngineAPI
import FoundationEssentials
import OperatingSystem
import TerminalUI

/// The sign-in as the user sees it.
struct SignInState: Sendable {
    /// The addresses to open, once the engine gave them out.
    private(set) var offer: SignInOffer?
    /// The phone's address as a code; `nil` where no phone reaches this exporter.
    private(set) var phoneCode: QRCode?
    /// NetAtmo's page as a code, which is larger.
    private(set) var netatmoCode: QRCode?
    /// What is being pasted; never shown.
    private(set) var field = TextField(isSecret: true, limit: 8192)
    /// Whether keys go to the paste field.
    var isTyping = false
    /// What became of the last step taken here.
    private(set) var outcome: Outcome?
    /// Why the addresses are of no use any more though they are not too old; `nil` as long as they are.
    var ending: Ending?

    enum Ending: String, Sendable, Hashable {
        /// A user signed in, or was refused, since they were given out.
        case used
        /// The engine that gave them out has ended.
        case void
    }

    enum Outcome: Sendable, Hashable {
        case note(String)
        case problem(String)
    }

    /// Whether the addresses are of no use: too old, used, or void.
    func isExpired(at now: Date) -> Bool {
        ending != nil || offer.map { $0.expires <= now } ?? false
    }

    /// Whether a browser on any machine ends where this exporter is reached, so that nothing has to be pasted.
    var isReachable: Bool {
        if case .complete? = offer?.phone { true } else { false }
    }
}

// MARK: - What it takes

extension SignInState {
    /// Takes what came of an effect; what is not about a sign-in changes nothing.
    mutating func take(_ result: EffectResult) {
        switch result {
        case .signInOffer(let offer):
            take(offer)
            if offer == nil { outcome = .problem("the exporter does not answer yet: press Esc, then a again") }
        case .signIn(.success): outcome = .note("signed in")
        case .signIn(.failure(let error)):
            outcome = .problem("\(error)")
            if error.spendsAddresses { ending = .used }
        case .browser(.success): outcome = .note("a browser was opened")
        case .browser(.failure(let error)): outcome = .problem("\(error)")
        case .copied(let address, true):
            outcome = .note("\(address.name) went to the terminal's clipboard; ? says what to do where it is not there")
        case .copied(_, false):
            outcome = .problem("this terminal has no clipboard to reach: hold Shift and select the address with the mouse")
        case .fetch, .renewal, .history, .keptHistories: break
        }
    }

    /// Takes the addresses, and makes the codes, so that not each frame has to.
    mutating func take(_ offer: SignInOffer?) {
        self.offer = offer
        ending = nil
        phoneCode =
            switch offer?.phone {
            case .complete(let address)?, .toBePasted(let address)?: QRCode(address.reveal())
            case .unreachable?, nil: nil
            }
        netatmoCode = (offer?.netatmoURL.reveal()).flatMap(QRCode.init)
    }

    mutating func paste(_ text: String) {
        field.insert(text)
        isTyping = true
        outcome = nil
    }
}

extension SignInError {
    /// Whether what was pasted was NetAtmo's answer to the sign-in that the addresses began, which is good once.
    fileprivate var spendsAddresses: Bool {
        switch self {
        case .denied, .refusedCode: true
        default: false
        }
    }
}

// MARK: - Keys

extension SignInState {
    mutating func handle(_ key: Key, symbols: Symbols) -> KeyResponse {
        if isTyping, field.handle(key) { return .taken() }
        switch KeyBinding.action(of: key, in: KeyBinding.signIn) {
        case .nextPanel: isTyping.toggle()
        case .submit: return .taken(submit(symbols))
        case .openBrowser where !isTyping: return .taken(offer.map { .openBrowser(url: $0.browserURL) })
        case .copyAddress where !isTyping:
            return .taken(offer.map { .copy(SignInAddress(name: "the address", address: $0.localURL)) })
        case .copyNetatmoAddress where !isTyping:
            return .taken(offer.map { .copy(SignInAddress(name: "the address of NetAtmo's page", address: $0.netatmoURL)) })
        case .signIn where !isTyping:
            outcome = nil
            return .taken(.offerSignIn)
        case .quit where !isTyping: return .passed(.quit)
        case .back: return .passed(.back)
        case .help: return .passed(.help)
        case .redraw: return .passed(.redraw)
        case .suspend: return .passed(.suspend)
        default: break
        }
        return .taken()
    }

    private mutating func submit(_ symbols: Symbols) -> Effect? {
        guard let text = Secret(field.text) else {
            outcome = .problem("nothing was pasted yet")
            isTyping = true
            return nil
        }
        field.clear()
        outcome = .note("asking NetAtmo\(symbols.ellipsis)")
        return .signIn(pasting: text)
    }
}
