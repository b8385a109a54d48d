/// Curves over time with the area below them, or bars, over an axis with round values on rows that are equally far apart.
///
/// It gives up what it has no room for: first the labels below the horizontal axis, then the axes.
package struct Chart: Widget {
    /// What is drawn; a later one over an earlier one.
    package var series: [ChartSeries]
    /// The values at the left and the right edge.
    package var x: ClosedRange<Double>
    /// The values that are to be seen; the vertical axis begins and ends at round ones around them.
    package var y: ClosedRange<Double>
    /// What the vertical axis counts; said once, above its labels.
    package var unit = ""
    /// The least difference of two labels of the vertical axis.
    package var leastStep = 0.0
    /// The value of the horizontal axis, where it is given: 0 for what can't be less.
    package var baseline: Double?
    /// What stands below the horizontal axis, from left to right. A label that would touch another is left out.
    package var xLabels: [ChartLabel] = []
    /// What stands below the right end of the horizontal axis, whatever the labels beside it are.
    package var endLabel = ""
    /// Where faint lines go from top to bottom, for instance at each midnight.
    package var marks: [Double] = []
    /// Values that a faint line across marks.
    package var levels: [ChartLevel] = []
    /// Directions of a wind, as a row of arrows below the plot: see ``ChartDirections``.
    package var directions: [ChartDirection] = []
    /// How the decimals of the sums above bars are written; nil leaves them out.
    package var sumDecimals: Int?
    /// A place along the horizontal axis that is looked at: a line from top to bottom, with a mark on each curve.
    package var cursor: Double?
    /// How the lines look at a value that needs a look; nil leaves them as they are.
    package var highlight: (Double) -> Style? = { _ in nil }
    /// The colour of a value, where the terminal has enough of them.
    package var tint: (Double) -> Tint? = { _ in nil }
    let symbols: Symbols

    package init(series: [ChartSeries], x: ClosedRange<Double>, y: ClosedRange<Double>, symbols: Symbols) {
        self.series = series
        self.x = x
        self.y = y
        self.symbols = symbols
    }

    /// Draws the chart. Without a point nothing is drawn but the axes.
    package func render(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let layout = ChartLayout(of: self, in: rect)
        ChartAxes(chart: self, layout: layout).render(into: &frame)
        renderSeries(scale: layout.scale, into: &frame)
        ChartMarks(chart: self, axis: layout.axis, scale: layout.scale).render(into: &frame)
        if let place = layout.directions {
            ChartDirections(directions, symbols: symbols).render(scale: layout.scale, into: &frame, in: place)
        }
    }

    /// Where the cursor would be for a click at a place of the screen; nil outside of the plot.
    package func x(at point: Point, in rect: Rect) -> Double? {
        let plot = ChartLayout(of: self, in: rect).scale.plot
        guard plot.contains(point), plot.columns > 0 else { return nil }
        return x.lowerBound + (Double(point.column - plot.column) + 0.5) / Double(plot.columns) * (x.upperBound - x.lowerBound)
    }

    private func renderSeries(scale: ChartScale, into frame: inout Frame) {
        for series in series {
            let style = { (value: Double) in self.style(of: value, in: series) }
            switch series.shape {
            case .bars(let width):
                ChartBars(series: series, width: width, sumDecimals: sumDecimals, unit: unit, symbols: symbols)
                    .render(scale: scale, into: &frame, style: style)
            case .steps:
                ChartSteps(series: series, symbols: symbols).render(scale: scale, into: &frame)
            case .line, .area:
                ChartCurve(series: series, symbols: symbols).render(scale: scale, into: &frame, style: style)
            }
        }
    }

    private func style(of value: Double, in series: ChartSeries) -> Style {
        (highlight(value) ?? series.style).tinted(tint(value))
    }
}

/// Where the parts of a chart are.
struct ChartLayout {
    /// The vertical axis; nil where it has no room.
    let axis: ValueAxis?
    /// The cells of its labels and of its line, left of the plot.
    let axisColumns: Int
    let scale: ChartScale
    /// Where the horizontal axis is; nil where it has no room.
    let axisRow: Rect?
    let labelRow: Rect?
    let directions: Rect?

    /// The fewest columns of a plot with labels beside it.
    private static let leastColumns = 8

    init(of chart: Chart, in rect: Rect) {
        let hasAxis = rect.rows >= 3
        let hasLabels = rect.rows >= 6 && !(chart.xLabels.isEmpty && chart.endLabel.isEmpty)
        let hasDirections = rect.rows >= 8 && !chart.directions.isEmpty
        let plotRows = rect.rows - [hasAxis, hasLabels, hasDirections].filter(\.self).count
        let hasSums = chart.sumDecimals != nil && plotRows >= 4
        let axis = ValueAxis(
            covering: chart.y, rows: plotRows, leastStep: chart.leastStep, baseline: chart.baseline, headroom: hasSums ? 1 : 0)
        let labelColumns = axis.map { axis in
            let texts = axis.ticks.map { Ticks.decimal($0.value, places: axis.decimals, symbols: chart.symbols) }
            return (texts + [chart.unit]).map { displayWidth(of: $0) }.max() ?? 0
        }
        let hasColumns = hasAxis && labelColumns.map { rect.columns >= $0 + 1 + Self.leastColumns } ?? false
        let left = hasColumns ? (labelColumns ?? 0) + 1 : 0
        let plot = Rect(column: rect.column + left, row: rect.row, columns: rect.columns - left, rows: plotRows)
        self.axis = hasColumns ? axis : nil
        axisColumns = left
        scale = ChartScale(x: chart.x, axis: hasAxis ? axis : nil, range: chart.y, plot: plot)
        var rows = (plot.endRow..<rect.endRow).map { Rect(column: plot.column, row: $0, columns: plot.columns, rows: 1) }
        axisRow = hasAxis ? rows.removeFirst() : nil
        directions = hasDirections ? rows.removeFirst() : nil
        labelRow = hasLabels ? rows.removeFirst() : nil
    }
}
