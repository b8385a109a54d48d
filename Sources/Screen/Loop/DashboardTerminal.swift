package import TerminalUI

/// What the dashboard needs of a terminal. The seam where a test stands in for one.
@MainActor
package protocol DashboardTerminal: AnyObject {
    var size: Size { get }
    var symbols: Symbols { get }
    /// What is not as it should be with this terminal, in one line.
    var notice: String? { get }
    /// What the user does, all at once that came since the last look; as long as that is not taken, no more is read. To be called once.
    func events() -> AsyncStream<[InputEvent]>
    func draw(_ frame: Frame)
    /// Forgets what is on the screen and shows the last frame anew.
    func redrawEverything()
    /// Draws in other colours from the next frame on, which is drawn as a whole.
    func setTheme(_ theme: Theme)
    /// Sets the title of the window, where there is one.
    func setTitle(_ title: String)
    /// Puts a text on the clipboard of the user's terminal; false where it can't be done.
    func copy(_ text: String) -> Bool
    /// Calls the user, who may be looking elsewhere.
    func alert(_ text: String)
    /// Gives the terminal back for good.
    func close()
    /// Gives the terminal back and stops the process until the shell lets it go on.
    func suspend()
}
