import Glibc
import TerminalUI
import TestSupport
import Testing

@Suite("Chart")
struct ChartTests {
    private static let points = (0...48).map { index in
        let distance = Double(index - 24)
        return ChartSeries.Point(x: Double(index), y: (20...23).contains(index) ? nil : 15 + distance * distance / 60)
    }
    private static let labels = [0, 12, 24, 36, 48].map { ChartLabel(x: $0, text: "\(Int($0)):00") }

    private func chart(
        _ points: [ChartSeries.Point], _ shape: ChartSeries.Shape = .line, x: ClosedRange<Double>, y: ClosedRange<Double>,
        symbols: Symbols = .unicode
    ) -> Chart {
        Chart(series: [ChartSeries(points: points, shape: shape)], x: x, y: y, symbols: symbols)
    }

    @Test("A curve in braille over round values, interrupted where a value is missing")
    func braille() {
        var chart = chart(Self.points, x: 0...48, y: 15...24.6)
        chart.xLabels = Self.labels
        chart.unit = "°C"
        #expect(
            drawing(chart, 50, 11) == """
                °C│
                25┤⡀                                             ⢀
                  │⠈⢢                                           ⡔⠁
                  │  ⠑⢄                                       ⡠⠊
                  │    ⠑⢄                                   ⡠⠊
                20┤      ⠑⢄                               ⢠⠊
                  │        ⠑⢄                          ⢀⡠⠊⠁
                  │          ⠉⠢⣀                    ⢀⡠⠔⠁
                  │             ⠉⠒⠤⣀⣀⣀    ⢀⣀⣀⣀⣀⣀⣀⡠⠔⠊⠁
                15┴┬───────────┬──────────┬───────────┬──────────┬
                   0:00      12:00      24:00       36:00    48:00
                """)
    }

    @Test("In ASCII the dots are two to a cell")
    func ascii() {
        var chart = chart(Self.points, x: 0...48, y: 15...24.6, symbols: .ascii)
        chart.xLabels = Self.labels
        chart.unit = "C"
        #expect(
            drawing(chart, 50, 11) == """
                 C|
                25+.                                             .
                  | '.                                          :
                  |  '.                                       .'
                  |    '.                                   .'
                20+      '.                               .'
                  |        ''.                         .''
                  |           '.                     .:
                  |             ''....    .........''
                15++-----------+----------+-----------+----------+
                   0:00      12:00      24:00       36:00    48:00
                """)
    }

    @Test("An area reaches from its curve down to the axis, with slanted edges; a gap goes through it")
    func area() {
        let chart = chart(Self.points, .area, x: 0...48, y: 15...24.6)
        #expect(
            drawing(chart, 30, 9) == """
                  │
                  │
                25┤▖
                  │█▖                       ▗█
                  │██▄                     ▃██
                20┤████▖                 ▗████
                  │█████▅▁              ▄█████
                  │███████▅▃▁▁  ▁▁▁▁▁▃▅███████
                15┴───────────────────────────
                """)
    }

    @Test("In ASCII an area is the denser the higher it is, under a line of stars")
    func asciiArea() {
        let chart = chart(Self.points, .area, x: 0...48, y: 15...24.6, symbols: .ascii)
        #expect(
            drawing(chart, 30, 9) == """
                  |
                  |
                25+*                         *
                  |+*                       *+
                  |++**                   **++
                20++++**                 **+++
                  |:::::**             **:::::
                  |:::::::****  ********::::::
                15+---------------------------
                """)
    }

    @Test("Points further apart than the longest gap are not connected")
    func gaps() {
        let points = [ChartSeries.Point(x: 0, y: 0), ChartSeries.Point(x: 10, y: 0)]
        let connected = Chart(series: [ChartSeries(points: points)], x: 0...10, y: 0...1, symbols: .ascii)
        let apart = Chart(series: [ChartSeries(points: points, longestGap: 5)], x: 0...10, y: 0...1, symbols: .ascii)
        #expect(drawing(connected, 10, 1) == "..........")
        #expect(drawing(apart, 10, 1) == ".        .")
    }

    @Test("A line with several points to a column goes through the greatest of each, joined, with the gaps that it has")
    func thinned() {
        // Five to a column; the greatest of each is 9, and a tenth of the time is without.
        let points = (0..<200).filter { !(100..<120).contains($0) }.map { ChartSeries.Point(x: Double($0), y: $0 % 5 == 2 ? 9 : 1) }
        let chart = Chart(series: [ChartSeries(points: points, longestGap: 1.5)], x: 0...199, y: 0...9, symbols: .ascii)
        #expect(drawing(chart, 40, 2) == "''''''''''''''''''''    ''''''''''''''''\n")
    }

    @Test("Bars stand on the axis, each as high as its value; a missing one is marked", arguments: [Symbols.unicode, .ascii])
    func bars(symbols: Symbols) {
        let points = [4, 1, nil, 0, 2.5].enumerated().map { ChartSeries.Point(x: Double($0), y: $1) }
        var chart = chart(points, .bars(width: 1), x: 0...5, y: 0...4, symbols: symbols)
        chart.baseline = 0
        let expected =
            symbols.isASCII
            ? """
             |
            4+==
             |##
            2+##          ##
             |## == -     ##
            0+---------------
            """
            : """
             │
            4┤▄▄
             │██
            2┤██          ██
             │██ ▄▄ –     ██
            0┴───────────────
            """
        #expect(drawing(chart, 17, 6) == expected)
    }

    @Test("The sums of bars stand above them, those of the higher ones first; where none has room, their total stands in the corner")
    func sums() {
        let points = [0.4, 4, 3.9, 0, 2.5].enumerated().map { ChartSeries.Point(x: Double($0), y: $1) }
        var chart = chart(points, .bars(width: 1), x: 0...5, y: 0...4)
        (chart.baseline, chart.sumDecimals, chart.unit) = (0, 1, "mm")
        #expect(
            drawing(chart, 24, 8) == """
                mm│    4.0  3.9
                 4┤    ▄▄▄ ▃▃▃▃
                  │    ███ ████     2.5
                  │    ███ ████     ▂▂▂
                 2┤    ███ ████     ███
                  │0.4 ███ ████     ███
                  │▁▁▁ ███ ████     ███
                 0┴─────────────────────
                """)
        let many = (0..<40).map { ChartSeries.Point(x: Double($0), y: 4) }
        var narrow = self.chart(many, .bars(width: 1), x: 0...40, y: 0...4)
        (narrow.baseline, narrow.sumDecimals, narrow.unit) = (0, 1, "mm")
        #expect(drawing(narrow, 43, 8).contains("160.0 mm"))
        #expect(!drawing(narrow, 43, 8).contains("4.0"))
    }

    @Test("A sum whose decimals have no room between two higher bars stands there as a whole number, unless it has one digit")
    func wholeSums() {
        func picture(_ values: [Double]) -> String {
            let points = values.enumerated().map { ChartSeries.Point(x: Double($0), y: $1) }
            var chart = chart(points, .bars(width: 1), x: 0...3, y: 0...220)
            (chart.baseline, chart.sumDecimals, chart.unit) = (0, 1, "mm")
            return drawing(chart, 19, 10)
        }
        let large = picture([207.1, 150.2, 207.4])
        #expect(large.contains("150") && !large.contains("150.2"), "\(large)")
        let points = (0..<8).map { ChartSeries.Point(x: Double($0), y: 0.4) }
        var small = chart(points, .bars(width: 1), x: 0...8, y: 0...0.4)
        (small.baseline, small.sumDecimals, small.unit) = (0, 1, "mm")
        #expect(drawing(small, 28, 8).hasPrefix(" mm│0.4   0.4   0.4   0.4\n"), "\(drawing(small, 28, 8))")
    }

    @Test("The rows of values that need a look have their own style, and each row the tint of its value")
    func highlight() {
        let points = (0...20).map { ChartSeries.Point(x: Double($0), y: Double($0) * 100) }
        var chart = chart(points, x: 0...20, y: 0...2000)
        chart.highlight = { $0 > 1000 ? .warning : nil }
        chart.tint = { Tint(.concern, at: $0 / 2000) }
        let picture = frame(of: chart, 30, 12)
        let looks = (0..<11).compactMap { row in
            (0..<30).map { picture[$0, row] }.first { ("\u{2801}"..."\u{28FF}").contains($0.glyph) }?.style
        }
        let warned = looks.prefix { $0.role == .warning }.count
        #expect(looks.count >= 8 && abs(warned * 2 - looks.count) <= 1, "\(picture.lines.joined(separator: "\n"))")
        #expect(looks.dropFirst(warned).allSatisfy { $0.role == .accent })
        let tints = looks.compactMap(\.tint?.level)
        #expect(tints.count == looks.count)
        #expect(zip(tints, tints.dropFirst()).allSatisfy { $0 > $1 }, "\(tints)")
    }

    @Test("A row has the style of the value in its middle", arguments: [(299, 2), (301, 1), (899, 1), (901, 0)] as [(Double, Int)])
    func middleOfRow(threshold: Double, rows: Int) {
        // Two rows of 600 without axes: their middles are at 900 and 300.
        let points = (0...18).map { ChartSeries.Point(x: Double($0), y: Double($0) * 1200 / 18) }
        var chart = chart(points, x: 0...18, y: 0...1200)
        chart.highlight = { $0 > threshold ? .warning : nil }
        let picture = frame(of: chart, 20, 2)
        let coloured = (0..<2).filter { row in (0..<20).contains { picture[$0, row].style.role == .warning } }
        #expect(coloured.count == rows)
    }

    @Test("A band reaches from the least to the greatest, above the area, with the line of the mean in it")
    func band() {
        let points = (0...10).map { ChartSeries.Point(x: Double($0), y: 10, extremes: 6 - Double($0) / 3...14 + Double($0) / 3) }
        #expect(
            drawing(chart(points, .area, x: 0...10, y: 0...18), 24, 12) == """
                  │
                  │               ░░░░░░
                15┤     ░░░░░░░░░░░░░░░░
                  │░░░░░░░░░░░░░░░░░░░░░
                  │░░░░░░░░░░░░░░░░░░░░░
                10┤▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄
                  │▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
                  │▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
                 5┤███████▒▒▒▒▒▒▒▒▒▒▒▒▒▒
                  │█████████████████▒▒▒▒
                  │█████████████████████
                 0┴─────────────────────
                """)
    }

    @Test("Levels and marks are drawn through an area and beside it, never over its edge; the end has its own label")
    func marks() {
        var chart = chart(Self.points, .area, x: 0...48, y: 15...24.6)
        (chart.levels, chart.marks) = ([ChartLevel(y: 18, text: "18")], [12])
        (chart.xLabels, chart.endLabel) = (Self.labels, "now")
        #expect(
            drawing(chart, 40, 10) == """
                  │         ┊
                  │         ┊
                25┤▂        ┊                          ▁
                  │█▙       ┊                         ▄█
                  │███▄     ┊                       ▃███
                20┤█████▄   ┊                     ▄█████
                  │┄┄┄┄┄┄┄▅▂┊┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄▂▄┄┄┄┄┄┄┄
                  │█████████┊▅▃▁▁▁   ▁▁▁▁▁▁▂▃▅██████████
                15┴┬────────┬────────┬────────┬────────┬
                   0:00   12:00    24:00    36:00    now
                """)
        let picture = frame(of: chart, 40, 10)
        let row = picture.lines.firstIndex { $0.contains("┄┄") } ?? 0
        let cut = (0..<40).filter { picture[$0, row].glyph == "┄" && picture[$0, row].style.attributes.contains([.area, .reverse]) }
        #expect(!cut.isEmpty)
    }

    @Test(
        "A cursor goes through the plot from top to bottom, with a mark on the curve",
        arguments: [(0.0, 3), (16, 18), (48, 49), (10, 13)] as [(Double, Int)])
    func cursor(x: Double, column: Int) {
        var chart = chart(Self.points, .area, x: 0...48, y: 15...24.6)
        chart.cursor = x
        let picture = frame(of: chart, 50, 9)
        let glyphs = (0..<8).map { picture[column, $0].glyph }
        #expect(glyphs.filter { $0 == "●" }.count == 1)
        #expect(glyphs.filter { $0 == "│" }.count == 7, "\(picture.lines.joined(separator: "\n"))")
        let point = Point(column: column, row: 3)
        #expect(chart.x(at: point, in: picture.bounds).map { abs($0 - x) < 1 } == true)
        #expect(chart.x(at: Point(column: 1, row: 3), in: picture.bounds) == nil)
    }

    @Test("A cursor in a gap has no mark")
    func cursorInGap() {
        let points = [ChartSeries.Point(x: 0, y: 1), .init(x: 10, y: 1)]
        var chart = Chart(series: [ChartSeries(points: points, longestGap: 2)], x: 0...10, y: 0...2, symbols: .unicode)
        chart.cursor = 5
        #expect(!drawing(chart, 30, 8).contains("●"))
        chart.cursor = 9
        #expect(drawing(chart, 30, 8).contains("●"))
    }

    private struct Winds: Sendable {
        let degrees: [Double]
        let strengths: [Double]
        let arrow: String
        let letters: String
    }

    private static let winds: [Winds] = [
        Winds(degrees: [270], strengths: [10], arrow: "→", letters: "W"),
        Winds(degrees: [0], strengths: [10], arrow: "↓", letters: "N"),
        Winds(degrees: [45], strengths: [1], arrow: "↙", letters: "NE"),
        Winds(degrees: [350, 20], strengths: [10, 10], arrow: "↓", letters: "N"),
        Winds(degrees: [90, 270], strengths: [30, 10], arrow: "←", letters: "E"),
        Winds(degrees: [90, 270], strengths: [10, 10], arrow: "·", letters: "."),
        Winds(degrees: [180], strengths: [0], arrow: "·", letters: "."),
        Winds(degrees: [225], strengths: [5], arrow: "↗", letters: "SW"),
    ]

    @Test(
        "Directions are means by strength, and point to where the wind blows; in ASCII they name where it comes from",
        arguments: winds.indices)
    func directions(_ index: Int) {
        let winds = Self.winds[index]
        let (arrow, letters) = (winds.arrow, winds.letters)
        for (symbols, expected) in [(Symbols.unicode, arrow), (.ascii, letters)] {
            var chart = chart([.init(x: 0, y: 1)], x: 0...100, y: 0...5, symbols: symbols)
            chart.unit = "km/h"
            chart.directions = zip(winds.degrees, winds.strengths).map { ChartDirection(x: 0, degrees: $0, strength: $1) }
            let row = frame(of: chart, 40, 10).lines[9]
            #expect(row == (symbols.isASCII ? "from \(expected)" : "  to \(expected)"), "\(row)")
        }
    }

    @Test("It shrinks: without room go the labels below, then the axes; two values stay to read the height by")
    func compact() {
        var chart = chart(Self.points, .area, x: 0...48, y: 15...24.6)
        (chart.xLabels, chart.endLabel, chart.unit) = (Self.labels, "now", "°C")
        #expect(
            drawing(chart, 24, 6) == """
                °C│▁                   ▁
                  │█▙                 ▃█
                20┤███▃             ▂███
                  │█████▃▁▁▁ ▁▁▁▁▁▃█████
                15┴┬─────────┬─────────┬
                   0:00    24:00     now
                """)
        for rows in 3...40 {
            let lines = frame(of: chart, 24, rows).lines
            #expect(lines.filter { $0.contains("┤") || $0.contains("┴") }.count >= 2, "\(lines.joined(separator: "\n"))")
            #expect(lines.filter { $0.contains("°C") }.count == (rows >= 4 ? 1 : 0))
        }
        #expect(!drawing(chart, 24, 2).contains("┴"))
    }

    @Test(
        "Without points, with one, or with nonsense, the axes stand",
        arguments: [
            [], [ChartSeries.Point(x: 1, y: 5)], [ChartSeries.Point(x: .nan, y: .infinity)], [ChartSeries.Point(x: 1e300, y: -1e300)],
            [ChartSeries.Point(x: -1e300, y: 1), ChartSeries.Point(x: 1e300, y: 2, extremes: -1e300...1e300)],
            [ChartSeries.Point(x: 0, y: -1.7e308), ChartSeries.Point(x: 0, y: 1.7e308)],
        ])
    func degenerate(points: [ChartSeries.Point]) {
        for (columns, rows) in [(20, 6), (3, 2), (1, 1), (0, 0), (200, 50)] {
            for range in [0.0...1, 1...1, 0...1e300, -1e300...1e300, -1.7e308...1.7e308] {
                for shape in [ChartSeries.Shape.line, .area, .bars(width: 1)] {
                    var chart = chart(points, shape, x: range, y: range)
                    (chart.cursor, chart.marks, chart.levels) = (.nan, [.infinity], [ChartLevel(y: .nan, text: "x")])
                    (chart.sumDecimals, chart.directions) = (1, [ChartDirection(x: .nan, degrees: .infinity, strength: .nan)])
                    #expect(frame(of: chart, columns, rows).size.columns == columns)
                }
            }
        }
    }
}

@Suite("The value axis of a chart")
struct ValueAxisTests {
    @Test("Its labels are equally far apart, round, all different, and all of the range is on it, whatever the range and the height are")
    func anyRange() throws {
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<4000 {
            let magnitude = Double.random(in: -3...5, using: &generator)
            let span = power(10, magnitude)
            let low = Double.random(in: -3...3, using: &generator) * span * (Bool.random(using: &generator) ? 1 : 100)
            let range = low...low + span
            let rows = Int.random(in: 1...60, using: &generator)
            let isFixed = Bool.random(using: &generator) && low >= 0
            let headroom = Int.random(in: 0...1, using: &generator)
            let axis = try #require(
                ValueAxis(covering: range, rows: rows, baseline: isFixed ? 0 : nil, headroom: headroom), "\(range) in \(rows) rows")
            let ticks = axis.ticks
            let about = Comment("\(range) in \(rows) rows: \(ticks.map(\.value)) on \(ticks.map(\.row))")
            #expect(ticks.count >= 2, about)
            #expect(Set(zip(ticks, ticks.dropFirst()).map { $1.row - $0.row }) == [axis.rowsPerStep], about)
            #expect(zip(ticks, ticks.dropFirst()).allSatisfy { abs($1.value - $0.value - axis.step) < axis.step * 1e-6 }, about)
            #expect(ticks.first?.row == 0 && ticks.allSatisfy { $0.row <= rows }, about)
            let digits = (axis.step / power(10, logarithm(axis.step).rounded(.down)))
            #expect([1.0, 2, 5, 10].contains { abs(digits - $0) < 1e-6 }, about)
            #expect(ticks.allSatisfy { abs(($0.value / axis.step).rounded() - $0.value / axis.step) < 1e-6 }, about)
            let texts = ticks.map { Ticks.decimal($0.value, places: axis.decimals, symbols: .unicode) }
            #expect(Set(texts).count == texts.count, "\(texts)")
            #expect(axis.lowest <= range.lowerBound + span * 1e-9 && (!isFixed || axis.lowest == 0), about)
            #expect(axis.lowest + axis.valuePerRow * (Double(rows) + 0.5) >= range.upperBound, about)
            if rows >= 8, !isFixed {
                #expect(span > axis.valuePerRow * Double(rows) * 0.3, "it fills a third of the plot at least: \(about)")
                #expect(ticks.count >= 3, about)
            }
        }
    }

    @Test(
        "No step is finer than what is measured",
        arguments: [(20...20, 0.1), (3...3.05, 1), (1013...1013.02, 0.1), (0...0, 1)] as [(ClosedRange<Double>, Double)])
    func leastStep(range: ClosedRange<Double>, least: Double) throws {
        let axis = try #require(ValueAxis(covering: range, rows: 12, leastStep: least))
        #expect(axis.step >= least * 0.999)
    }

    @Test("There is none without an end, nor without a row")
    func none() {
        #expect(ValueAxis(covering: 0...Double.infinity, rows: 5) == nil)
        #expect(ValueAxis(covering: -1e300...1e300, rows: 5) == nil)
        #expect(ValueAxis(covering: 0...1, rows: 0) == nil)
    }

    @Test("Decimals are as many as tell two values apart")
    func decimals() throws {
        let axis = try #require(ValueAxis(covering: 1013.2...1013.9, rows: 12))
        #expect(axis.decimals == 1)
        #expect(Ticks.decimal(-3.55, places: 1, symbols: .unicode) == "−3.6")
        #expect(Ticks.decimal(-0.04, places: 1, symbols: .unicode) == "0.0")
        #expect(Ticks.decimal(.nan, places: 1, symbols: .ascii) == "-")
    }

    private func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
    private func logarithm(_ value: Double) -> Double { log10(value * 1.000001) }
}
