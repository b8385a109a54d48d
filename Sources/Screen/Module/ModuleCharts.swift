import Homes
import TerminalUI

/// The charts of a module beside and below each other: as many as have room, the chosen one among them.
struct ModuleCharts: Widget {
    let module: Device
    /// The modules of its home.
    let home: [Device]
    let chart: ChartState
    let isFocused: Bool
    let environment: ViewEnvironment

    /// The fewest rows of one, its title included.
    static let leastRows = 7

    /// The charts and their places, each with its title line.
    func places(in rect: Rect) -> [(cell: ChartCell, place: Rect)] {
        let capacity = ChartGrid.capacity(in: rect.size)
        let cells = chart.cells(of: module, in: home, capacity: capacity, arrangement: .measures).shown
        return Array(zip(cells, ChartGrid(count: cells.count, in: rect).places)).map { (cell: $0, place: $1) }
    }

    func render(into frame: inout Frame, in rect: Rect) {
        let chosen = chart.measure(of: module)
        for (cell, place) in places(in: rect) {
            let isChosen =
                cell.module.id == module.id && cell.measure == chosen && cell.span == chart.span
                && (module.chartMeasures.count > 1 || isFocused)
            ChartCellView(
                cell: cell, isChosen: isChosen, isAlone: true, name: cell.measure.chartName(environment.symbols), chart: chart,
                environment: environment
            )
            .render(into: &frame, in: place)
        }
    }
}
