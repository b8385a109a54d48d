import FoundationEssentials
import Homes
import OperatingSystem

/// A chart as SVG: places to the right in parts of its width, which is that of the page, places down in pixels, so that text and lines
/// keep their size on a phone.
struct ChartDrawing: Sendable {
    let content: ChartContent
    /// Tells the chart apart from the others of its page.
    let number: Int
    /// In pixels, all of it.
    let height: Double
    /// Whether a value can be read where the pointer is.
    let isDetailed: Bool

    /// For the labels of the topmost value and of the times.
    private static let (above, below) = (14.0, 18.0)
    private static let arrowsHeight = 18.0
    /// From one value to the next, in pixels.
    private static let tickDistance = 34.0

    private var measure: Measure { content.measure }
    private var units: Units { content.units }
    private var bottom: Double { height - Self.below - (measure == .windStrength ? Self.arrowsHeight : 0) }
    private var gradient: HTML { "chart-\(number)" }

    /// `nil` without a value.
    var svg: HTML? {
        guard content.hasValues else { return nil }
        let sentence = content.sentence
        return """
            <svg class="plot" role="img" aria-label="\(sentence)" width="100%" height="\(height)"><title>\(sentence)</title>\
            \(measure == .rain ? bars : curve)</svg>
            """
    }

    private func shown(_ value: Double, of measure: Measure) -> Double { units.value(value, of: measure) }

    // MARK: A curve

    private func line(of measure: Measure) -> ChartLine {
        let scale = content.span.scale
        return ChartLine(
            content.points(of: measure), on: content.axis, step: scale == .measurement ? 0 : scale.step, longestGap: content.longestGap
        ) { shown($0, of: measure) }
    }

    /// `nil` where there is none.
    private var setpoint: ChartLine? {
        content.setpoints.contains { $0.value != nil } ? line(of: .setpoint) : nil
    }

    /// A line that stays at a value until there is another one.
    private func steps(of line: ChartLine, on axis: ValueAxis) -> [HTML] {
        line.pieces.map { piece in
            var points: [ChartPoint] = []
            for place in piece {
                if let last = points.last { points.append(ChartPoint(x: place.x, y: last.y)) }
                points.append(ChartPoint(x: place.x, y: y(place.value, axis)))
            }
            return "<path class=\"setpoint\" d=\"\(path: points.count == 1 ? points + points : points)\"/>"
        }
    }

    private var curve: HTML {
        let line = line(of: measure)
        let gusts = measure == .windStrength ? self.line(of: .gustStrength) : nil
        let setpoint = setpoint
        let values = line.values + (gusts?.values ?? []) + (setpoint?.values ?? [])
        let axis = valueAxis(of: values)
        let time = content.axis
        return """
            \(grid(axis, time))\(thresholds(axis))\
            <svg class="curves" viewBox="0 0 1000 \(height)" preserveAspectRatio="none" width="100%" height="\(height)">\(definition(axis))\
            \(areas(of: line, on: axis))\(bands(of: line, on: axis))\
            \(gusts.map { strokes(of: $0, on: axis, class: "gusts", stroke: nil) } ?? [])\
            \(setpoint.map { steps(of: $0, on: axis) } ?? [])\
            \(strokes(of: line, on: axis, class: "line", stroke: "url(#\(gradient))"))</svg>\
            \(arrows)\(labels(axis, time))\(isDetailed ? readingsOfCurve(time) : [])
            """
    }

    private func y(_ value: Double, _ axis: ValueAxis) -> Double {
        bottom - axis.fraction(of: value) * (bottom - Self.above)
    }

    private func areas(of line: ChartLine, on axis: ValueAxis) -> [HTML] {
        line.pieces.filter { $0.count > 1 }.map { piece in
            let top = piece.map { ChartPoint(x: $0.x, y: y($0.value, axis)) }
            let ends = [ChartPoint(x: piece[piece.count - 1].x, y: bottom), ChartPoint(x: piece[0].x, y: bottom)]
            return "<path class=\"area\" fill=\"url(#\(gradient))\" d=\"\(path: top + ends)Z\"/>"
        }
    }

    /// From the lowest to the highest of each step.
    private func bands(of line: ChartLine, on axis: ValueAxis) -> [HTML] {
        line.pieces.flatMap { piece in piece.split { $0.band == nil } }.filter { $0.count > 1 }.map { piece in
            let bands = piece.compactMap { place in place.band.map { (place.x, $0) } }
            let top = bands.map { ChartPoint(x: $0.0, y: y($0.1.upperBound, axis)) }
            let back = bands.reversed().map { ChartPoint(x: $0.0, y: y($0.1.lowerBound, axis)) }
            return "<path class=\"band\" fill=\"url(#\(gradient))\" d=\"\(path: top + back)Z\"/>"
        }
    }

    /// A value between two gaps is a dot: a line without a length with round ends.
    private func strokes(of line: ChartLine, on axis: ValueAxis, class name: String, stroke: HTML?) -> [HTML] {
        line.pieces.map { piece in
            let points = piece.map { ChartPoint(x: $0.x, y: y($0.value, axis)) }
            let drawn = points.count == 1 ? points + points : points
            let colour: HTML? = stroke.map { " stroke=\"\($0)\"" }
            return "<path class=\"\(name)\(points.count == 1 ? " dot" : "")\"\(colour) d=\"\(path: drawn)\"/>"
        }
    }

    // MARK: Bars

    private var bars: HTML {
        let (bars, sums, time) = (content.bars, content.sums, content.axis)
        let axis = valueAxis(of: sums.compactMap { $0.sum.map { shown($0, of: .rain) } })
        let drawn = sums.enumerated().compactMap { index, bar -> HTML? in
            guard let sum = bar.sum else { return nil }
            let (left, right) = (time.x(of: bars.edges[index]), time.x(of: bars.edges[index + 1]))
            let top = y(shown(sum, of: .rain), axis)
            let words = "\(bars.name(of: index, content.time)): \(content.text(sum, of: .rain))"
            let part: HTML = "x=\"\((left + (right - left) * 0.12) / 10)%\" width=\"\((right - left) * 0.076)%\""
            let column: HTML = "<rect class=\"bar\" fill=\"url(#\(gradient))\" \(part) y=\"\(top)\" height=\"\(bottom - top)\"/>"
            guard isDetailed else { return sum > 0 ? column : nil }
            let place: HTML = "<rect class=\"reading\" x=\"\(left / 10)%\" width=\"\((right - left) / 10)%\" y=\"0\" height=\"\(bottom)\">"
            return "\(sum > 0 ? column : "")\(place)<title>\(words)</title></rect>"
        }
        return "<defs>\(gradientElement(axis))</defs>\(grid(axis, time))\(drawn)\(sumLabels(bars, sums, axis))\(labels(axis, time))"
    }

    /// The sums above the bars: the greatest first, and of others those that don't run into one.
    private func sumLabels(_ bars: RainBars, _ sums: [(start: Double, sum: Double?)], _ axis: ValueAxis) -> [HTML] {
        let distance = isDetailed ? 60.0 : 90.0
        // Where the values of the axis stand there is no room.
        var taken = [isDetailed ? -20.0 : 0.0]
        return sums.enumerated().sorted { ($0.element.sum ?? 0) > ($1.element.sum ?? 0) }.compactMap { index, bar -> HTML? in
            guard let sum = bar.sum, sum > 0 else { return nil }
            let middle = content.axis.x(of: (bars.edges[index] + bars.edges[index + 1]) / 2)
            guard taken.allSatisfy({ abs($0 - middle) >= distance }) else { return nil }
            taken.append(middle)
            let text = ReadingText(sum, of: .rain, in: units).text
            return
                "<text class=\"sum\" text-anchor=\"\(anchor(middle))\" x=\"\(middle / 10)%\" y=\"\(y(shown(sum, of: .rain), axis) - 3)\">\(text)</text>"
        }
    }

    private func anchor(_ x: Double) -> HTML { x < 40 ? "start" : x > 960 ? "end" : "middle" }

    // MARK: The axes

    private func valueAxis(of values: [Double]) -> ValueAxis {
        var (low, high) = (values.min() ?? 0, values.max() ?? 0)
        let least = abs(shown(measure.leastSpan, of: measure) - shown(0, of: measure))
        if measure.isFromZero {
            (low, high) = (0, max(high, least))
        } else {
            let middle = (low + high) / 2
            (low, high) = (min(low, middle - least / 2), max(high, middle + least / 2))
        }
        // The threshold that has to be heeded first is always in sight.
        if let first = measure.levels.first { high = max(high, first) }
        if measure == .humidity { (low, high) = (max(0, low), min(100, max(high, low + 1))) }
        let finest = (0..<units.decimals(of: measure)).reduce(1.0) { step, _ in step / 10 }
        return ValueAxis(
            covering: low...max(low, high), steps: Int(((bottom - Self.above) / Self.tickDistance).rounded()), leastStep: finest)
    }

    private func grid(_ axis: ValueAxis, _ time: TimeAxis) -> HTML {
        let rows = axis.ticks.map { tick -> HTML in
            "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"\(y(tick, axis))\" y2=\"\(y(tick, axis))\"/>"
        }
        let divisions = time.marks.filter(\.isDivision).map { mark -> HTML in
            let x: HTML = "\(time.x(of: mark.time) / 10)%"
            return "<line class=\"division\" x1=\"\(x)\" x2=\"\(x)\" y1=\"\(Self.above - 6)\" y2=\"\(bottom)\"/>"
        }
        return "<g>\(rows)\(divisions)</g>"
    }

    /// The lines above which there is too much of it.
    private func thresholds(_ axis: ValueAxis) -> [HTML] {
        zip(measure.levels, ["warning", "bad"] as [HTML]).filter { (axis.lowest...axis.highest).contains($0.0) }.map { value, role in
            "<line class=\"threshold \(role)\" x1=\"0\" x2=\"100%\" y1=\"\(y(value, axis))\" y2=\"\(y(value, axis))\"/>"
        }
    }

    private func labels(_ axis: ValueAxis, _ time: TimeAxis) -> HTML {
        let unit = units.symbol(of: measure)
        let values = axis.ticks.map { tick -> HTML in
            let isTop = tick == axis.ticks.last
            let text = axis.text(of: tick) + (isTop && !unit.isEmpty ? " \(unit)" : "")
            return "<text class=\"value\" x=\"2\" y=\"\(y(tick, axis) - 3)\">\(text)</text>"
        }
        let times = time.marks.compactMap { mark -> HTML? in
            guard let text = mark.text else { return nil }
            let x = time.x(of: mark.time)
            return "<text class=\"time\" text-anchor=\"\(anchor(x))\" x=\"\(x / 10)%\" y=\"\(height - 5)\">\(text)</text>"
        }
        return "<g>\(values)\(times)</g>"
    }

    // MARK: Colours

    private func definition(_ axis: ValueAxis) -> HTML { "<defs>\(gradientElement(axis))</defs>" }

    /// From the bottom to the top, so that a colour means the same value wherever it stands.
    private func gradientElement(_ axis: ValueAxis) -> HTML {
        let colours = ChartColours.gradient(of: measure) { offset in
            units.metricValue(axis.lowest + offset * (axis.highest - axis.lowest), of: measure)
        }
        let stops = colours.map { stop -> HTML in
            "<stop offset=\"\(stop.offset * 100)%\" stop-color=\"\(stop.colour)\"/>"
        }
        return """
            <linearGradient id="\(gradient)" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="\(bottom)" y2="\(Self.above)">\(stops)\
            </linearGradient>
            """
    }

    // MARK: Wind

    /// They point to where the wind blows.
    private var arrows: [HTML] {
        guard measure == .windStrength else { return [] }
        let directions = ChartArrows.directions(
            strengths: content.points(of: .windStrength), angles: content.points(of: .windAngle), on: content.axis)
        return directions.map { direction in
            let place: HTML = "x=\"\(direction.x / 10)%\" y=\"\(bottom + Self.arrowsHeight / 2 + 1)\""
            return """
                <svg class="arrow" \(place) overflow="visible"><path transform="rotate(\(direction.degrees + 180))" d="M0 6V-6M-3 -2.5L0 -6L3 -2.5"/></svg>
                """
        }
    }

    // MARK: Reading values

    private static let readings = 48

    /// Stretches of the curve that tell what was measured in them.
    private func readingsOfCurve(_ time: TimeAxis) -> [HTML] {
        let main = stretches(of: measure, time)
        let gusts = measure == .windStrength ? stretches(of: .gustStrength, time) : [:]
        let setpoints = content.setpoints.isEmpty ? [:] : stretches(of: .setpoint, time)
        return main.sorted { $0.key < $1.key }.map { index, points in
            let width = 100 / Double(Self.readings)
            let scale = content.span.scale
            let when = points.first.map { scale.moment($0.time, now: content.now, time: content.time) } ?? ""
            let gust = gusts[index]?.lazy.compactMap(\.greatest).max().map { ", gusts \(content.text($0, of: .gustStrength))" } ?? ""
            let setpoint = (setpoints[index]?.last?.value).map { ", setpoint \(content.text($0, of: .setpoint))" } ?? ""
            let words = "\(when): \(range(of: points))\(gust)\(setpoint)"
            return """
                <rect class="reading" x="\(Double(index) * width)%" width="\(width)%" y="0" height="\(bottom)"><title>\(words)</title></rect>
                """
        }
    }

    private func stretches(of measure: Measure, _ time: TimeAxis) -> [Int: [MeasureHistory.Point]] {
        Dictionary(grouping: content.points(of: measure).filter { $0.value != nil }) { point in
            min(Self.readings - 1, max(0, Int(time.x(of: point.time.timeIntervalSince1970) / 1000 * Double(Self.readings))))
        }
    }

    /// `20.4 to 21.0 °C`
    private func range(of points: [MeasureHistory.Point]) -> String {
        guard let least = points.lazy.compactMap(\.least).min(), let greatest = points.lazy.compactMap(\.greatest).max() else { return "" }
        let (low, high) = (ReadingText(least, of: measure, in: units), content.text(greatest, of: measure))
        return low.text == ReadingText(greatest, of: measure, in: units).text ? high : "\(low.text) to \(high)"
    }
}
