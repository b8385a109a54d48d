import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem
import TerminalUI

/// What is said at the foot of the screen for a few seconds, in place of the keys.
struct MessageState: Sendable, Hashable {
    /// What a message is about.
    enum Content: Sendable, Hashable {
        /// What a key led to, or what happened.
        case note(String, Style)
        /// Whether to quit all the same, though that loses something: the next wish to quit is granted.
        case quitQuestion(losing: Loss)
    }

    /// What quitting would lose.
    enum Loss: Sendable, Hashable {
        /// The token could not be saved.
        case tokenInMemory
    }

    let content: Content
    /// When it goes away.
    let until: Date

    /// How long a message shows, in seconds.
    private static let duration: TimeInterval = 5

    /// A message that begins to show now.
    init(_ content: Content, at now: Date) {
        self.content = content
        until = now.addingTimeInterval(Self.duration)
    }

    /// Whether it asks if the user wants to quit.
    var isQuitQuestion: Bool {
        if case .quitQuestion = content { true } else { false }
    }

    /// The words.
    var text: String {
        switch content {
        case .note(let text, _): text
        case .quitQuestion(.tokenInMemory): "The token is in memory alone, and quitting loses it: q again quits"
        }
    }

    /// Their style.
    var style: Style {
        switch content {
        case .note(_, let style): style
        case .quitQuestion: .bad
        }
    }
}

extension MessageState.Content {
    /// What the engine said to the wish for a fetch.
    init(_ reply: FetchReply, _ environment: ViewEnvironment) {
        self =
            switch reply {
            case .started: .note("Fetching the readings", .accent)
            case .alreadyUnderWay: .note("A fetch is under way already", .accent)
            case .heldBack(let until):
                .note("Held back, NetAtmo allows no more for now: the next fetch comes at \(environment.time.clock(until))", .warning)
            case .noToken: .note("No token to fetch with: press a to sign in", .warning)
            case .unreachable: .unreachable
            }
    }

    /// What the engine said to the wish for a renewal.
    init(_ reply: RenewalReply, _ environment: ViewEnvironment) {
        self =
            switch reply {
            case .started: .note("Renewing the token", .accent)
            case .alreadyUnderWay: .note("A renewal is under way already", .accent)
            case .heldBack(let until):
                .note("Held back, NetAtmo allows no more for now: the next renewal from \(environment.time.clock(until)) on", .warning)
            case .notSavable(let error): .note("No renewal, a new token could not be saved: \(error.reason)", .bad)
            case .nothingToRenew: .note("No refresh token to renew with: press a to sign in", .warning)
            case .unreachable: .unreachable
            }
    }

    /// What is no longer true once the engine's process answers again.
    static let unreachable = Self.note("The service does not answer: press the key again once it runs", .warning)
    /// What a key asked for takes its time.
    static let waiting = Self.note("Asked for; the service has not answered yet", .warning)

    /// A failure, where the screen has no room for the panel that tells it.
    init(failure event: Event, _ environment: ViewEnvironment) {
        self = .note("\(event.subject.rawValue) \(event.outcome), " + event.detail { environment.clock($0) }, .bad)
    }
}
