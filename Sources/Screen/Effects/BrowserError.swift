/// Why no browser was opened.
package enum BrowserError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no display, as over SSH.
    case noDisplay
    /// The program that opens browsers could not be run.
    case cannotRun(String)

    /// One line for the user.
    package var description: String {
        switch self {
        case .noDisplay: "no display here to open a browser on: open the address in a browser of your own"
        case .cannotRun(let reason): "can't run xdg-open (\(reason)): open the address in a browser of your own"
        }
    }
}
