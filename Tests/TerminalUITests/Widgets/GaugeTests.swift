import TerminalUI
import Testing

@Suite("Gauge, sparkline and key bar")
struct GaugeTests {
    @Test(
        "The bar is filled by eighths of a cell",
        arguments: [
            (0, "▕░░░░░░░░░░░░░░░░░▏ 90 %"), (0.03, "▕▌░░░░░░░░░░░░░░░░▏ 90 %"), (0.5, "▕████████▌░░░░░░░░▏ 90 %"),
            (0.9, "▕███████████████▎░▏ 90 %"), (1, "▕█████████████████▏ 90 %"), (7, "▕█████████████████▏ 90 %"),
            (-1, "▕░░░░░░░░░░░░░░░░░▏ 90 %"), (.nan, "▕░░░░░░░░░░░░░░░░░▏ 90 %"),
        ])
    func bar(fraction: Double, expected: String) {
        #expect(drawing(Gauge(fraction: fraction, label: "90 %", symbols: .unicode), 24, 1) == expected)
    }

    @Test("In ASCII it is filled by cells, and without room the label goes")
    func asciiBar() {
        #expect(drawing(Gauge(fraction: 0.5, label: "90 %", symbols: .ascii), 24, 1) == "[########.........] 90 %")
        #expect(drawing(Gauge(fraction: 0.5, label: "90 %", symbols: .ascii), 8, 1) == "[###...]")
        #expect(drawing(Gauge(fraction: 0.5, label: "90 %", symbols: .ascii), 2, 1) == "")
    }

    @Test("The label stays as long as four cells are left for the bar")
    func leastBar() {
        #expect(drawing(Gauge(fraction: 0.5, label: "90 %", symbols: .ascii), 11, 1) == "[##..] 90 %")
        #expect(drawing(Gauge(fraction: 0.5, label: "90 %", symbols: .ascii), 10, 1) == "[####....]")
    }

    @Test(
        "A key's entry begins at its name and ends with its label",
        arguments: [(0, nil), (1, "a"), (9, "a"), (10, nil), (12, nil), (13, "r")])
    func keyAt(column: Int, key: String?) {
        let bar = KeyBar([.init("a", "Sign in"), .init("r", "Fetch now")])
        #expect(bar.entry(at: column, in: 40)?.key == key)
    }

    @Test("A sparkline shows the last values, and nothing where there is none")
    func sparkline() {
        let values: [Double?] = [1, 2, 3, nil, 5, 6, 7, 8, .nan]
        #expect(drawing(Sparkline(values: values, symbols: .unicode), 12, 1) == "▁▂▃ ▅▆▇█")
        #expect(drawing(Sparkline(values: values, symbols: .ascii), 12, 1) == ".:- +*##")
        #expect(drawing(Sparkline(values: values, range: 0...100, symbols: .unicode), 4, 1) == "▁▁▁")
        #expect(drawing(Sparkline(values: [4, 4], symbols: .unicode), 4, 1) == "▁▁")
        #expect(drawing(Sparkline(values: [-1.7e308, 1.7e308], symbols: .unicode), 4, 1) == "▁▁")
        #expect(drawing(Sparkline(values: [nil], symbols: .unicode), 4, 1) == "")
    }

    @Test("The key bar drops entries from its end, the essential ones last")
    func keyBar() {
        let entries = [("a", "Sign in"), ("r", "Fetch now"), ("t", "Renew token"), ("?", "Help"), ("q", "Quit")]
        let bar = KeyBar(entries.map { .init($0.0, $0.1, isEssential: ["q", "?"].contains($0.0)) })
        #expect(drawing(bar, 70, 1) == " a Sign in   r Fetch now   t Renew token   ? Help   q Quit")
        #expect(drawing(bar, 40, 1) == " a Sign in   ? Help   q Quit")
        #expect(drawing(bar, 10, 1) == " ? Help")
        #expect(frame(of: bar, 70, 1).text(in: .keyName) == "a|r|t|?|q")
    }
}
