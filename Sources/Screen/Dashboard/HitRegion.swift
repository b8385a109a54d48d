import FoundationEssentials
import Homes
import TerminalUI

/// What a place on the screen stands for, as a click sees it.
enum HitRegion: Sendable, Hashable {
    /// A key in the row at the foot.
    case key(Key)
    /// A device's row in the table of the readings.
    case reading(row: Int)
    /// Anything else in a panel of the main view.
    case panel(PanelName)
    /// A module's chart, and the time below the pointer; `nil` beside what is drawn.
    case chart(moduleID: String, Measure, time: Date?)
    case pasteField
}
