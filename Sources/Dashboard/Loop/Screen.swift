public import TerminalUI

/// What the dashboard needs of a terminal. The seam where a test stands in for one.
@MainActor
public protocol Screen: AnyObject {
    /// The size now.
    var size: Size { get }
    /// The glyphs that it can show.
    var symbols: Symbols { get }
    /// What is not as it should be with this terminal, in one line.
    var notice: String? { get }
    /// What the user does. To be called once.
    func events() -> AsyncStream<InputEvent>
    /// Shows a frame.
    func draw(_ frame: Frame)
    /// Forgets what is on the screen and shows the last frame anew.
    func redrawEverything()
    /// Gives the terminal back for good.
    func close()
    /// Gives the terminal back and stops the process until the shell lets it go on.
    func suspend()
}
