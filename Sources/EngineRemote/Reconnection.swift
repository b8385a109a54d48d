import EngineAPI
import FoundationEssentials

/// What a front end does about its connection to an engine: a state machine that decides, and does nothing itself.
struct Reconnection: Sendable {
    private enum State: Sendable {
        /// There was no connection yet.
        case new
        case attached(EngineDescription)
        /// It is lost since then; so many tries to have it back have failed.
        case lost(EngineDescription, since: Date, tries: Int)
    }

    /// What happened.
    enum Happening: Sendable {
        /// The engine said who it is.
        case attached(EngineDescription)
        /// There is no connection, or it ended.
        case failed(EngineConnectionError)
    }

    /// What is to be done.
    enum Step: Sendable, Hashable {
        /// The state goes on being read.
        case follow
        /// What there is is shown as of a lost connection, and after so many seconds it is tried again.
        case tryAgain(after: TimeInterval, showing: EngineConnection)
        /// There is nothing to go on with: nothing was shown yet.
        case giveUp(EngineConnectionError)
    }

    /// The longest time between two tries: the screen is to be back within 2 s of the engine's new start.
    static let longestWait: TimeInterval = 1
    private static let firstWait: TimeInterval = 0.25

    private var state = State.new

    mutating func take(_ happening: Happening, at now: Date) -> Step {
        switch (happening, state) {
        case (.attached(let engine), _):
            state = .attached(engine)
            return .follow
        case (.failed(let error), .new):
            return .giveUp(error)
        case (.failed(let error), .attached(let engine)):
            // One that hangs has been lost since its last word.
            let silence: TimeInterval = if case .silent(let seconds) = error { TimeInterval(seconds) } else { 0 }
            return lose(engine, since: now.addingTimeInterval(-silence), tries: 0, error)
        case (.failed(let error), .lost(let engine, let since, let tries)):
            // By a clock that was set back it is lost since now, not since some time to come.
            return lose(engine, since: min(since, now), tries: tries + 1, error)
        }
    }

    private mutating func lose(_ engine: EngineDescription, since: Date, tries: Int, _ error: EngineConnectionError) -> Step {
        state = .lost(engine, since: since, tries: tries)
        let wait = min(Self.longestWait, Self.firstWait * Double(1 << min(tries, 8)))
        return .tryAgain(after: wait, showing: .lost(engine, since: since, error))
    }
}
