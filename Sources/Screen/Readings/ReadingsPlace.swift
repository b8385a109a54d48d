import TerminalUI

/// Where the readings are on the screen.
struct ReadingsPlace: Sendable, Hashable {
    /// The panel with its border.
    let rect: Rect
    /// Whether the chart of the selected module is to have a part of it, if there is room.
    let holdsChart: Bool

    func layout(rowCount: Int) -> ReadingsLayout {
        ReadingsLayout(place: self, rowCount: rowCount)
    }
}
