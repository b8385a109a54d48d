import Homes
import TerminalUI

/// The charts of a wide screen beside each other.
struct ChartsPanel: Widget {
    let module: Device?
    /// The modules of its home.
    let home: [Device]
    let chart: ChartState
    let isFocused: Bool
    let environment: ViewEnvironment

    private var symbols: Symbols { environment.symbols }

    /// The charts and their places.
    static func cells(of module: Device, in home: [Device], chart: ChartState, place: Rect) -> [(cell: ChartCell, place: Rect)] {
        let area = area(in: place)
        let cells = chart.cells(of: module, in: home, capacity: ChartGrid.capacity(in: area.size), arrangement: chart.arrangement).shown
        return Array(zip(cells, ChartGrid(count: cells.count, in: area).places)).map { (cell: $0, place: $1) }
    }

    private static func area(in place: Rect) -> Rect { Panel.interior(of: place).inset(columns: 1, rows: 0) }

    func render(into frame: inout Frame, in rect: Rect) {
        guard let module else {
            Panel(title: "Charts", isFocused: isFocused, symbols: symbols).render(into: &frame, in: rect)
            return
        }
        Panel(title: title(module), trailing: trailing(module, in: rect), isFocused: isFocused, symbols: symbols)
            .render(into: &frame, in: rect)
        let cells = Self.cells(of: module, in: home, chart: chart, place: rect)
        if cells.isEmpty { Paragraph("Nothing that a chart could show", .muted).render(into: &frame, in: Self.area(in: rect)) }
        for (cell, place) in cells {
            ChartCellView(
                cell: cell, isChosen: cells.count > 1 && isChosen(cell, module), name: name(of: cell), chart: chart,
                environment: environment
            )
            .render(into: &frame, in: place)
        }
    }

    private func title(_ module: Device) -> String {
        switch chart.arrangement {
        case .measures: return [module.title, chart.span.name].joined(separator: " \(symbols.separator) ")
        case .modules:
            let measure = chart.measure(of: module).map { $0.chartName(symbols) } ?? ""
            return [measure, chart.span.name].joined(separator: " \(symbols.separator) ")
        }
    }

    private func trailing(_ module: Device, in rect: Rect) -> String {
        let capacity = ChartGrid.capacity(in: Self.area(in: rect).size)
        let cells = chart.cells(of: module, in: home, capacity: capacity, arrangement: chart.arrangement)
        let count = cells.count > cells.shown.count ? "\(cells.shown.count) of \(cells.count) \(symbols.separator) " : ""
        return count + (chart.arrangement == .measures ? "c all modules" : "c one module")
    }

    private func isChosen(_ cell: ChartCell, _ module: Device) -> Bool {
        cell.module.id == module.id && cell.measure == chart.measure(of: module) && cell.span == chart.span
    }

    private func name(of cell: ChartCell) -> String {
        guard chart.arrangement == .modules else { return cell.measure.chartName(symbols) }
        return cell.module.kind == .room ? "\(cell.module.title), room" : cell.module.title
    }
}

extension Measure {
    /// Above a chart.
    func chartName(_ symbols: Symbols) -> String { self == .co2 ? symbols.co2 : title }
}
