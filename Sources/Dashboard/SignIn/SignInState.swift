import Exporter
import FoundationEssentials
import Netatmo
import TerminalUI

/// The sign-in as the user sees it.
struct SignInForm: Sendable {
    /// The addresses to open, once the engine gave them out.
    private(set) var offer: SignInOffer?
    /// The phone's address as a code; `nil` where no phone reaches this exporter.
    private(set) var phoneCode: QRCode?
    /// NetAtmo's page as a code, which is larger.
    private(set) var netatmoCode: QRCode?
    /// What is being pasted; never shown.
    var field = TextField(isSecret: true, limit: 8192)
    /// Whether keys go to the paste field.
    var isTyping = false
    /// What became of the last step taken here.
    var outcome: Outcome?
    /// Whether somebody signed in since the addresses were given out: then they are of no use any more.
    private(set) var isOver = false

    /// What became of a step.
    enum Outcome: Sendable, Hashable {
        case note(String)
        case problem(String)
    }

    /// Takes the addresses, and makes the codes, so that not each frame has to.
    mutating func take(_ offer: SignInOffer?) {
        self.offer = offer
        isOver = false
        phoneCode =
            switch offer?.phone {
            case .complete(let address)?, .toBePasted(let address)?: QRCode(address.reveal())
            case .unreachable?, nil: nil
            }
        netatmoCode = (offer?.netatmoURL.reveal()).flatMap(QRCode.init)
    }

    /// Takes note that somebody signed in.
    mutating func end() {
        isOver = true
    }

    /// Whether the addresses are of no use: too old, or given out before somebody signed in.
    func isExpired(at now: Date) -> Bool {
        isOver || offer.map { $0.expires <= now } ?? false
    }

    /// Whether a browser on any machine ends where this exporter is reached, so that nothing has to be pasted.
    var isReachable: Bool {
        if case .complete? = offer?.phone { true } else { false }
    }
}
