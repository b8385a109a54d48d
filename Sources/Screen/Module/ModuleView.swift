import Homes
import TerminalUI

/// One module in full: what is known of it, and its charts beside it, below it, or further down where the screen is low.
struct ModuleView: Widget {
    let module: Device
    let state: ModuleState
    let station: Station?
    /// Its home, where NetAtmo Energy tells of it.
    let home: EnergyHome?
    /// All modules of its home.
    let neighbours: [Device]
    let chart: ChartState
    let environment: ViewEnvironment

    private var symbols: Symbols { environment.symbols }

    func render(into frame: inout Frame, in rect: Rect) {
        let layout = ModuleLayout(rect: rect, facts: facts, hasCharts: !module.chartMeasures.isEmpty)
        Panel(
            title: title, trailing: layout.lastOffset > 0 ? "PgDn PgUp scroll" : "",
            isFocused: true, symbols: symbols
        )
        .render(into: &frame, in: rect)
        let charts = charts
        if let place = layout.charts { charts.render(into: &frame, in: place) }
        frame.draw(page(layout, charts), from: min(state.offset, layout.lastOffset), in: layout.page)
    }

    private var title: String {
        module.title == module.kind.words ? module.title : "\(module.title) \(symbols.separator) \(module.kind.words)"
    }

    /// The charts that have a place beside or below the facts, and these places.
    func chartPlaces(in rect: Rect) -> [(cell: ChartCell, place: Rect)] {
        let layout = ModuleLayout(rect: rect, facts: facts, hasCharts: !module.chartMeasures.isEmpty)
        return layout.charts.map(charts.places) ?? []
    }

    private var charts: ModuleCharts {
        ModuleCharts(module: module, home: neighbours, chart: chart, isFocused: state.hasChartFocus, environment: environment)
    }

    /// How far the facts can be scrolled in a place.
    func lastOffset(in rect: Rect) -> Int {
        ModuleLayout(rect: rect, facts: facts, hasCharts: !module.chartMeasures.isEmpty).lastOffset
    }

    private var facts: ModuleFacts { ModuleFacts(module: module, station: station, home: home, chart: chart, environment: environment) }

    /// The facts, and the charts at their end where they have no place beside or below them.
    private func page(_ layout: ModuleLayout, _ charts: ModuleCharts) -> Frame {
        var page = Frame(size: Size(columns: layout.page.columns, rows: layout.pageRows))
        let columns = page.bounds.splitColumns(layout.columns.map { _ in .fill(1) })
        for (facts, column) in zip(layout.columns, columns) {
            for (row, fact) in facts.enumerated() { fact.render(into: &page, in: column.line(row), symbols: symbols) }
        }
        if let place = layout.chartsOnPage { charts.render(into: &page, in: place) }
        return page
    }
}

/// Where the facts and the charts of a module are.
struct ModuleLayout {
    /// The facts as they stand side by side.
    let columns: [[ModuleFact]]
    /// Where the facts show, all or a part of them.
    let page: Rect
    /// Where the charts show beside or below the facts.
    let charts: Rect?
    /// Where they are on the page otherwise.
    let chartsOnPage: Rect?

    /// What the facts take of a wide screen.
    private static let factColumns = 52
    /// What two columns of facts take.
    private static let twoColumns = 72

    init(rect: Rect, facts: ModuleFacts, hasCharts: Bool) {
        let interior = Panel.interior(of: rect).inset(columns: 1, rows: 0)
        let isWide = interior.columns >= Self.factColumns + 40 && interior.rows >= ModuleCharts.leastRows
        columns = facts.columns(!isWide && interior.columns >= Self.twoColumns ? 2 : 1)
        let rows = columns.map(\.count).max() ?? 0
        if isWide {
            let parts = interior.splitColumns([.length(Self.factColumns), .length(2), .fill(1)])
            (page, charts, chartsOnPage) = (parts[0], hasCharts ? parts[2] : nil, nil)
        } else if hasCharts, interior.rows >= rows + ModuleCharts.leastRows {
            // A blank line between them where there is room.
            let parts = interior.splitRows([.length(min(rows + 1, interior.rows - ModuleCharts.leastRows)), .fill(1)])
            (page, charts, chartsOnPage) = (parts[0], parts[1], nil)
        } else {
            (page, charts) = (interior, nil)
            let place = Rect(column: 0, row: rows + 1, columns: interior.columns, rows: ModuleCharts.leastRows)
            chartsOnPage = hasCharts ? place : nil
        }
    }

    /// How many rows the page has in full.
    var pageRows: Int { chartsOnPage?.endRow ?? columns.map(\.count).max() ?? 0 }

    /// The first row that shows when the page is scrolled to its end.
    var lastOffset: Int { max(0, pageRows - page.rows) }
}
