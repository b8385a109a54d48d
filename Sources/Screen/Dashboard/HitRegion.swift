import TerminalUI

/// What a place on the screen stands for, as a click sees it.
enum HitRegion: Sendable, Hashable {
    /// A key in the row at the foot.
    case key(Key)
    /// A device's row in the table of the readings.
    case reading(row: Int)
    /// Anything else in a panel of the main view.
    case panel(PanelName)
    case pasteField
}
