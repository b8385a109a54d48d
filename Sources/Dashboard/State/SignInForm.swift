import Exporter
import Netatmo
import TerminalUI

/// The sign-in as the user sees it.
struct SignInForm: Sendable {
    /// The addresses to open, once the engine gave them out.
    var offer: ExporterEngine.SignInOffer?
    /// What is being pasted; never shown.
    var field = TextField(isSecret: true, limit: 8192)
    /// Whether keys go to the paste field.
    var isTyping = false
    /// What became of the last step taken here.
    var outcome: Outcome?

    /// What became of a step.
    enum Outcome: Sendable, Hashable {
        case note(String)
        case problem(String)
    }
}
