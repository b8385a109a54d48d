import TerminalUI

/// Where the panels of the main view are. Smaller screens lose panels one at a time, the token last of all.
struct MainLayout: Sendable, Hashable {
    /// The smallest screen that shows anything but a line that asks for more room.
    static let smallest = Size(columns: 40, rows: 10)

    let header: Rect
    let token: Rect
    let history: Rect?
    let readings: Rect?
    let footer: Rect

    /// The rows of the token panel, its border included.
    private static let tokenRows = 8
    /// With room for a countdown that is read from across the room, and for where the token is kept.
    private static let roomyTokenRows = 17

    /// `nil` parts have no room; a size below ``smallest`` gets no layout worth drawing.
    init(size: Size) {
        let rows = Rect(size: size).splitRows([.length(1), .fill(1), .length(1)])
        header = rows[0]
        footer = rows[2]
        let body = rows[1]
        if body.columns >= 100, body.rows >= 14 {
            (token, history, readings) = Self.sideBySide(body)
        } else if body.columns >= 76, body.rows >= 14 {
            (token, history, readings) = Self.readingsBelow(body)
        } else {
            (token, history, readings) = Self.stacked(body)
        }
    }

    /// Wide: the token over the history at the left, the readings at the right.
    private static func sideBySide(_ body: Rect) -> (Rect, Rect?, Rect?) {
        let columns = body.splitColumns([.length(body.columns >= 160 ? 54 : 41), .fill(1)])
        // The history keeps as much as the token.
        let left = columns[0].splitRows([.length(body.rows >= 2 * roomyTokenRows ? roomyTokenRows : tokenRows), .fill(1)])
        return (left[0], left[1], columns[1])
    }

    /// Medium: the token and the history side by side, the readings below.
    private static func readingsBelow(_ body: Rect) -> (Rect, Rect?, Rect?) {
        let rows = body.splitRows([.length(tokenRows), .fill(1)])
        let top = rows[0].splitColumns([.length(41), .fill(1)])
        return (top[0], top[1], rows[1])
    }

    /// Narrow or low: one below the other, as far as there is room.
    private static func stacked(_ body: Rect) -> (Rect, Rect?, Rect?) {
        if body.rows >= tokenRows + 12 {
            let rows = body.splitRows([.length(tokenRows), .fill(1), .length(6)])
            return (rows[0], rows[2], rows[1])
        }
        if body.rows >= tokenRows + 4 {
            let rows = body.splitRows([.length(tokenRows), .fill(1)])
            return (rows[0], nil, rows[1])
        }
        return (body.splitRows([.length(min(body.rows, tokenRows)), .fill(1)])[0], nil, nil)
    }

    /// The place of a panel, if it has one.
    func rect(of panel: PanelName) -> Rect? {
        switch panel {
        case .token: token
        case .history: history
        case .readings: readings
        }
    }

    /// The panels that can have the focus.
    var panels: [PanelName] {
        PanelName.allCases.filter { $0 != .token && rect(of: $0) != nil }
    }
}
