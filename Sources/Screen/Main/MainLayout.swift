import TerminalUI

/// Where the panels of the main view are. Smaller screens lose panels one at a time, the token last of all; those that are lost can be
/// shown alone, below the token's state in one row.
struct MainLayout: Sendable, Hashable {
    /// The smallest screen that shows anything but a line that asks for more room.
    static let smallest = Size(columns: 40, rows: 10)
    /// From this size on the screen shows more beside each other, not the same wider.
    static let wide = Size(columns: 140, rows: 40)

    let header: Rect
    let token: Rect
    let events: Rect?
    let readings: Rect?
    /// The charts: below the others on a wide screen, else in the panel of the readings, where that has room.
    let charts: Rect?
    /// Whether the charts have a panel of their own, with room for several side by side.
    let isWide: Bool
    /// A row that says what there would be to see, where neither the events nor the readings have a place.
    let summary: Rect?
    let footer: Rect

    /// The rows of the token panel, its border included.
    private static let tokenRows = 8
    /// The fewest rows of the events on a wide screen.
    private static let eventsRows = 8
    /// With room for a countdown that is read from across the room, and for where the token is kept.
    private static let roomyTokenRows = 17

    /// `nil` parts have no room; a size below ``smallest`` gets no layout worth drawing.
    ///
    /// - Parameters:
    ///   - rows: What the table of the readings has to show.
    ///   - alone: A panel to show alone, where it has no place beside the token.
    init(size: Size, rows tableRows: TableRows = TableRows(), alone: PanelName? = nil) {
        let rows = Rect(size: size).splitRows([.length(1), .fill(1), .length(1)])
        header = rows[0]
        footer = rows[2]
        let body = rows[1]
        isWide = size.columns >= Self.wide.columns && size.rows >= Self.wide.rows
        var places = isWide ? Self.wide(body, rowCount: tableRows.all) : Self.places(in: body)
        if let alone, alone != .token, places[alone] == nil {
            let parts = body.splitRows([.length(1), .fill(1)])
            places = [.token: parts[0], alone: parts[1]]
        }
        token = places[.token] ?? body
        (events, readings) = (places[.events], places[.readings])
        let place = readings.map { [isWide] in ReadingsPlace(rect: $0, holdsChart: !isWide) }
        charts = places[.charts] ?? place.flatMap { $0.layout(rowCount: tableRows.shown).chart }
        summary = places.count == 1 && token.endRow < body.endRow ? body.line(token.rows) : nil
    }

    private static func places(in body: Rect) -> [PanelName: Rect] {
        guard body.rows >= 14 else { return stacked(body) }
        return body.columns >= 100 ? sideBySide(body) : body.columns >= 76 ? readingsBelow(body) : stacked(body)
    }

    /// Wide and high: the token over the events at the left and the readings at the right have what they need, and the charts below
    /// them the rest.
    private static func wide(_ body: Rect, rowCount: Int) -> [PanelName: Rect] {
        let least = tokenRows + eventsRows
        // The border of the table and its headings.
        let rows = min(max(rowCount + 3, least), max(least, body.rows * 11 / 20))
        let parts = body.splitRows([.length(rows), .fill(1)])
        let columns = parts[0].splitColumns([.length(body.columns >= 180 ? 54 : 41), .fill(1)])
        let left = columns[0].splitRows([.length(rows >= roomyTokenRows + eventsRows ? roomyTokenRows : tokenRows), .fill(1)])
        return [.token: left[0], .events: left[1], .readings: columns[1], .charts: parts[1]]
    }

    /// Large: the token over the events at the left, the readings at the right.
    private static func sideBySide(_ body: Rect) -> [PanelName: Rect] {
        let columns = body.splitColumns([.length(body.columns >= 160 ? 54 : 41), .fill(1)])
        // The events keep as much as the token.
        let left = columns[0].splitRows([.length(body.rows >= 2 * roomyTokenRows ? roomyTokenRows : tokenRows), .fill(1)])
        return [.token: left[0], .events: left[1], .readings: columns[1]]
    }

    /// Medium: the token and the events side by side, the readings below.
    private static func readingsBelow(_ body: Rect) -> [PanelName: Rect] {
        let rows = body.splitRows([.length(tokenRows), .fill(1)])
        let top = rows[0].splitColumns([.length(41), .fill(1)])
        return [.token: top[0], .events: top[1], .readings: rows[1]]
    }

    /// Narrow or low: one below the other, as far as there is room.
    private static func stacked(_ body: Rect) -> [PanelName: Rect] {
        if body.rows >= tokenRows + 12 {
            let rows = body.splitRows([.length(tokenRows), .fill(1), .length(6)])
            return [.token: rows[0], .events: rows[2], .readings: rows[1]]
        }
        if body.rows >= tokenRows + 4 {
            let rows = body.splitRows([.length(tokenRows), .fill(1)])
            return [.token: rows[0], .readings: rows[1]]
        }
        return [.token: body.splitRows([.length(min(body.rows, tokenRows)), .fill(1)])[0]]
    }

    func rect(of panel: PanelName) -> Rect? {
        switch panel {
        case .token: token
        case .events: events
        case .readings: readings
        case .charts: charts
        }
    }

    /// The panels on the screen that can have the focus.
    var panels: [PanelName] { PanelName.allCases.filter { $0 != .token && rect(of: $0) != nil } }

    /// The panel at a place on the screen that can have the focus; `nil` where there is none.
    func panel(at point: Point) -> PanelName? {
        // The charts may be a part of the readings.
        panels.last { rect(of: $0)?.contains(point) == true }
    }

    /// What Tab goes through on a screen: the panels, and where some have no place the token too, which gives way to them.
    static func stops(on size: Size, rows: TableRows) -> [PanelName] {
        let shown = MainLayout(size: size, rows: rows).panels
        guard !shown.contains(.events) || !shown.contains(.readings) else { return shown }
        return [.token, .events, .readings] + shown.filter { $0 == .charts }
    }

    /// The readings, and whether they hold the chart.
    var readingsPlace: ReadingsPlace? { readings.map { ReadingsPlace(rect: $0, holdsChart: !isWide) } }
}
