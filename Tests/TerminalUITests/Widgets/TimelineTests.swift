import Testing

@testable import TerminalUI

@Suite("Timelines and lines of steps")
struct TimelineTests {
    private static func part(_ start: Double, _ name: String, _ density: Int) -> Timeline.Part {
        .init(start: start, name: name, density: density, style: .good)
    }

    @Test("parts go to where the next one begins, denser ones in denser glyphs, with their names where two cells are left")
    func parts() {
        let parts = [Self.part(0, "Night", 0), Self.part(0.25, "Day", 3), Self.part(0.75, "Night", 1)]
        #expect(drawing(Timeline(parts, symbols: .unicode), 24, 1) == "░░░░░░████Day█████▒▒▒▒▒▒")
        #expect(drawing(Timeline(parts, symbols: .ascii), 28, 1) == ".Night.#####Day######:Night:")
        #expect(drawing(Timeline(parts, symbols: .unicode), 8, 1) == "░░████▒▒")
    }

    @Test("the first part begins at the left, whatever it says; what has no part and what has no room is nothing")
    func borders() {
        #expect(drawing(Timeline([Self.part(0.5, "", 9)], symbols: .ascii), 4, 1) == "####")
        #expect(drawing(Timeline([], symbols: .ascii), 4, 1) == "")
        #expect(drawing(Timeline([Self.part(0, "", 0), Self.part(2, "", -1)], symbols: .ascii), 4, 1) == "....")
    }

    private static func chart(_ points: [(Double, Double?)], gap: Double = .infinity, symbols: Symbols = .unicode) -> Chart {
        let series = ChartSeries(points: points.map { .init(x: $0.0, y: $0.1) }, shape: .steps, longestGap: gap)
        // Without an axis: two rows, each of 1.
        return Chart(series: [series], x: 0...8, y: 0...2, symbols: symbols)
    }

    @Test("a step holds until the next one, and goes up and down by corners")
    func steps() {
        #expect(drawing(Self.chart([(0, 0.5), (3, 1.5), (6, 0.5)]), 8, 2) == "   ╭──╮\n───╯  ╰─")
        #expect(drawing(Self.chart([(0, 0.5), (3, 1.5), (6, 0.5)], symbols: .ascii), 8, 2) == "   +--+\n---+  +-")
    }

    @Test("nothing stands before the first, behind a point without a value, further than a gap, and outside of the range")
    func gaps() {
        #expect(drawing(Self.chart([(2, 0.5), (5, nil)]), 8, 2) == "\n  ───")
        #expect(drawing(Self.chart([(0, 0.5), (6, 0.5)], gap: 2), 8, 2) == "\n───   ──")
        #expect(drawing(Self.chart([(0, 9), (4, 0.5)]), 8, 2) == "\n    ────")
    }

    @Test("a step on the axis, just below the plot, is drawn in the lowest row")
    func onAxis() {
        var chart = Self.chart([(0, 16), (4, 17)])
        chart.y = 16...18
        let rows = drawing(chart, 24, 6).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(rows.contains { $0.contains("───╯") }, "\(rows.joined(separator: "\n"))")
    }

    @Test("the cursor's value of steps is the one that holds")
    func cursor() {
        let series = ChartSeries(points: [.init(x: 0, y: 1), .init(x: 4, y: 2)], shape: .steps, longestGap: 5)
        #expect([-1, 0, 3.9, 4, 9, 9.1].map { series.value(near: $0) } == [nil, 1, 1, 2, 2, nil])
    }
}
