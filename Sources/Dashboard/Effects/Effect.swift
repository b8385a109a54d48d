import Exporter
import FoundationEssentials
import Netatmo
import TerminalUI

/// What a key asks of the world outside of the state.
enum Effect: Sendable, Hashable {
    case fetch
    case renew
    /// Asks for a module's history.
    case history(HistorySubject)
    /// Looks at the time again then.
    case look(at: Date)
    case offerSignIn
    case signIn(pasting: Secret)
    case openBrowser(url: String)
    case copy(SignInAddress)
    case redraw
    case suspend
    case quit
}

/// What came of an effect.
enum EffectResult: Sendable {
    case fetch(FetchReply)
    case renewal(RenewalReply)
    case history(Result<MeasureHistory, HistoryError>, of: HistorySubject)
    case signInOffer(SignInOffer?)
    case signIn(Result<Void, SignInError>)
    case browser(Result<Void, BrowserError>)
    case copied(SignInAddress, Bool)
}

/// An address of the sign-in, to be copied.
struct SignInAddress: Sendable, Hashable {
    /// What it is, for the user.
    let name: String
    let address: Secret
}

/// Why no browser was opened.
public enum BrowserError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no display, as over SSH.
    case noDisplay
    /// The program that opens browsers could not be run.
    case cannotRun(String)

    /// One line for the user.
    public var description: String {
        switch self {
        case .noDisplay: "no display here to open a browser on: open the address in a browser of your own"
        case .cannotRun(let reason): "can't run xdg-open (\(reason)): open the address in a browser of your own"
        }
    }
}
