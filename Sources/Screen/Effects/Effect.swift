import FoundationEssentials
import Homes
import OperatingSystem

/// What a key asks of the world outside of the state.
enum Effect: Sendable, Hashable {
    case fetch
    case renew
    case history(HistorySubject)
    /// Asks for what the engine has kept of all modules.
    case keptHistories
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

/// An address of the sign-in, to be copied.
struct SignInAddress: Sendable, Hashable {
    /// What it is, for the user.
    let name: String
    let address: Secret
}
