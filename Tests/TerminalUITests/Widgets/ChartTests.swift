import TerminalUI
import Testing

@Suite("Chart")
struct ChartTests {
    private static let points = (0...48).map { index in
        let distance = Double(index - 24)
        return ChartSeries.Point(x: Double(index), y: (20...23).contains(index) ? nil : 15 + distance * distance / 60)
    }
    private static let labels = [0, 12, 24, 36, 48].map { ChartLabel(x: $0, text: "\(Int($0)):00") }

    @Test("A curve in braille over round values, interrupted where a value is missing")
    func braille() {
        let series = [ChartSeries(points: Self.points)]
        let chart = Chart(series: series, xRange: 0...48, yRange: 15...25, xLabels: Self.labels, symbols: .unicode)
        #expect(
            drawing(chart, 50, 11) == """
                25┤⢢                                             ⡔
                  │ ⠱⡀                                         ⢀⠎
                  │  ⠈⢢                                       ⡔⠁
                  │    ⠑⢄                                   ⡠⠊
                20┤      ⠑⢄                               ⢠⠊
                  │        ⠱⡀                           ⢀⠔⠁
                  │         ⠈⠒⢄                      ⢀⡠⠊⠁
                  │            ⠉⠒⠤⣀              ⢀⡠⠔⠊⠁
                15┤                ⠉⠒⠤    ⢀⣀⡠⠤⠤⠔⠊⠁
                  ╰┬───────────┬──────────┬───────────┬──────────┬
                   0:00      12:00      24:00       36:00    48:00
                """
        )
    }

    @Test("In ASCII the dots are two to a cell")
    func ascii() {
        let series = [ChartSeries(points: Self.points)]
        let chart = Chart(series: series, xRange: 0...48, yRange: 15...25, xLabels: Self.labels, symbols: .ascii)
        #expect(
            drawing(chart, 50, 11) == """
                25+.                                             .
                  | '.                                         .'
                  |   :                                       .'
                  |    '.                                   .'
                20+      '.                               .'
                  |        '..                         ..'
                  |           '.                      :
                  |            ''..               ..''
                15+                '''    .....'''
                  ++-----------+----------+-----------+----------+
                   0:00      12:00      24:00       36:00    48:00
                """
        )
    }

    @Test("Points further apart than the longest gap are not connected")
    func gaps() {
        let points = [ChartSeries.Point(x: 0, y: 0), ChartSeries.Point(x: 10, y: 0)]
        let connected = Chart(series: [ChartSeries(points: points)], xRange: 0...10, yRange: 0...1, symbols: .ascii)
        let apart = Chart(series: [ChartSeries(points: points, longestGap: 5)], xRange: 0...10, yRange: 0...1, symbols: .ascii)
        #expect(drawing(connected, 10, 1) == "..........")
        #expect(drawing(apart, 10, 1) == ".        .")
    }

    @Test("Bars stand on the bottom, each as high as its value; a missing one is marked", arguments: [Symbols.unicode, .ascii])
    func bars(symbols: Symbols) {
        let points = [4, 1, nil, 0, 2.5].enumerated().map { ChartSeries.Point(x: Double($0), y: $1) }
        let chart = Chart(
            series: [ChartSeries(points: points, shape: .bars(width: 1))], xRange: 0...5, yRange: 0...4, symbols: symbols
        )
        #expect(
            drawing(chart, 17, 6)
                == (symbols.isASCII
                    ? """
                    4+##
                     |##          ..
                    2+##          ##
                     |## ::       ##
                    0+## ## -     ##
                     +---------------
                    """
                    : """
                    4┤██
                     │██          ▁▁
                    2┤██          ██
                     │██ ▂▂       ██
                    0┤██ ██ –     ██
                     ╰───────────────
                    """)
        )
    }

    @Test("The rows of values that need a look have their own style")
    func highlight() {
        let points = (0...20).map { ChartSeries.Point(x: Double($0), y: Double($0) * 100) }
        let chart = Chart(
            series: [ChartSeries(points: points)], xRange: 0...20, yRange: 0...2000, highlight: { $0 > 1000 ? .warning : nil },
            symbols: .unicode
        )
        let lines = frame(of: chart, 30, 9)
        #expect(lines.text(in: .warning).count == lines.text(in: .accent).count)
        #expect(lines.lines.prefix(4).allSatisfy { $0.contains { ("\u{2801}"..."\u{28FF}").contains($0) } })
    }

    @Test("A row has the style of the value in its middle", arguments: [(299.0, 3), (301, 2), (899, 2), (901, 1), (1499, 1), (1501, 0)])
    func middleOfRow(threshold: Double, rows: Int) {
        // Three rows of 600: their middles are at 1500, 900 and 300.
        let points = (0...18).map { ChartSeries.Point(x: Double($0), y: Double($0) * 100) }
        let chart = Chart(
            series: [ChartSeries(points: points)], xRange: 0...18, yRange: 0...1800, highlight: { $0 > threshold ? .warning : nil },
            symbols: .unicode
        )
        let picture = frame(of: chart, 20, 3)
        #expect(picture.size.rows == 3)
        let coloured = (0..<3).filter { row in (0..<20).contains { picture[$0, row].style.role == .warning } }
        #expect(coloured.count == rows)
    }

    @Test("The caller's ranges are used, and what is outside is not drawn")
    func ranges() {
        let points = [ChartSeries.Point(x: 0, y: -50), ChartSeries.Point(x: 5, y: 5), ChartSeries.Point(x: 10, y: 60)]
        let chart = Chart(
            series: [ChartSeries(points: points)], xRange: 0...10, yRange: 0...10, symbols: .unicode
        )
        let lines = drawing(chart, 30, 8).split(separator: "\n")
        #expect(lines.first?.hasPrefix("10┤") == true)
        #expect(lines.count == 8)
    }

    @Test(
        "Without points, with one, or with nonsense, the axes stand",
        arguments: [
            [], [ChartSeries.Point(x: 1, y: 5)], [ChartSeries.Point(x: .nan, y: .infinity)], [ChartSeries.Point(x: 1e300, y: -1e300)],
            [ChartSeries.Point(x: -1e300, y: 1), ChartSeries.Point(x: 1e300, y: 2)],
            [ChartSeries.Point(x: 0, y: -1.7e308), ChartSeries.Point(x: 0, y: 1.7e308)],
        ])
    func degenerate(points: [ChartSeries.Point]) {
        for (columns, rows) in [(20, 6), (3, 2), (1, 1), (0, 0), (200, 50)] {
            for range in [0.0...1, 1...1, 0...1e300, -1e300...1e300, -1.7e308...1.7e308] {
                let chart = Chart(series: [ChartSeries(points: points)], xRange: range, yRange: range, symbols: .unicode)
                _ = frame(of: chart, columns, rows)
            }
        }
    }

    @Test(
        "Axis values are 1, 2 or 5 times a power of ten",
        arguments: [
            (0.0...10, 5, [0.0, 2, 4, 6, 8, 10]), (-3.2...4.9, 4, [-2, 0, 2, 4]), (0...1000, 2, [0, 500, 1000]), (7...7, 3, [7]),
        ])
    func ticks(range: ClosedRange<Double>, count: Int, values: [Double]) {
        #expect(Ticks(in: range, count: count).values == values)
    }

    @Test("Decimals are as many as tell two values apart")
    func decimals() {
        let ticks = Ticks(in: 1013.2...1013.9, count: 3)
        let texts = ticks.values.map { Ticks.decimal($0, places: ticks.decimals, symbols: .unicode) }
        #expect(texts == ["1013.2", "1013.4", "1013.6", "1013.8"])
        #expect(Ticks.widened(3...3, count: 4) == 2...4)
        #expect(Ticks.decimal(-3.55, places: 1, symbols: .unicode) == "−3.6")
        #expect(Ticks.decimal(-0.04, places: 1, symbols: .unicode) == "0.0")
        #expect(Ticks.decimal(.nan, places: 1, symbols: .ascii) == "-")
    }
}
