import Homes

/// One of the charts that show: a measure of a module over a span.
struct ChartCell: Sendable {
    let module: Device
    let measure: Measure
    let span: HistorySpan
}

/// What the charts beside each other on a wide screen have in common.
enum ChartArrangement: String, Sendable, Hashable {
    /// All measures of the selected module.
    case measures
    /// One measure of all modules of its home.
    case modules

    var other: ChartArrangement { self == .measures ? .modules : .measures }
}

extension ChartState {
    /// The charts that show beside each other, the chosen one among them, and how many there would be with more room.
    ///
    /// - Parameters:
    ///   - home: The modules of the home that the module is in.
    ///   - capacity: How many have room.
    func cells(
        of module: Device, in home: [Device], capacity: Int, arrangement: ChartArrangement
    ) -> (shown: [ChartCell], count: Int) {
        guard let chosen = measure(of: module) else { return ([], 0) }
        switch arrangement {
        case .measures:
            let own = module.chartMeasures.map { ChartCell(module: module, measure: $0, span: span) }
            // How much the boiler burned for it stands beside a room.
            let boilers = module.kind == .room ? home.filter { $0.kind == .boiler } : []
            let cells = own + boilers.map { ChartCell(module: $0, measure: .boilerMinutes, span: span) }
            let place = module.chartMeasures.firstIndex(of: chosen) ?? 0
            return (page(of: cells, around: place, capacity: capacity) + companions(of: cells, capacity: capacity), cells.count)
        case .modules:
            let cells = home.filter { $0.chartMeasures.contains(chosen) }.map { ChartCell(module: $0, measure: chosen, span: span) }
            let place = cells.firstIndex { $0.module.id == module.id } ?? 0
            return (page(of: cells, around: place, capacity: capacity), cells.count)
        }
    }

    /// As many as have room, page by page, so that the charts stay where they are while the selection goes through them.
    private func page(of cells: [ChartCell], around place: Int, capacity: Int) -> [ChartCell] {
        guard cells.count > capacity, capacity > 0 else { return cells }
        let first = min(place / capacity * capacity, cells.count - capacity)
        return Array(cells[first..<first + capacity])
    }

    /// What fills the room beside one or two charts: the same over other spans, each at a scale of its own.
    private func companions(of cells: [ChartCell], capacity: Int) -> [ChartCell] {
        guard (1...2).contains(cells.count) else { return [] }
        let others = [HistorySpan.day, .week, .month, .year].filter { $0.scale != span.scale }
        let count = max(0, min(capacity, 4) / cells.count - 1)
        return others.prefix(count).flatMap { span in cells.map { ChartCell(module: $0.module, measure: $0.measure, span: span) } }
    }
}
