/// Why the terminal cannot be used.
package enum TerminalError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Stream: String, Sendable {
        case input, output
    }

    /// This standard stream is a file, a pipe or closed.
    case notATerminal(Stream)
    /// The terminal of this name has no way to place text on its screen.
    case unusable(terminal: String)
    case alreadyOpen
    /// ncurses could not be started for the terminal of this name.
    case failed(terminal: String)

    /// One line for the user.
    package var description: String {
        switch self {
        case .notATerminal(let stream): "standard \(stream.rawValue) is not a terminal"
        case .unusable(let terminal): "a terminal of type '\(terminal)' cannot show a screen; set TERM to what the terminal is"
        case .alreadyOpen: "the terminal is in use by this program already"
        case .failed(let terminal): "cannot use the terminal as '\(terminal)'"
        }
    }
}
