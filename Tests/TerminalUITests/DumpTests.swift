import Testing
@testable import TerminalUI
@Suite struct Dump {
  @Test func dump() {
    func show(_ w: some Widget, _ c: Int, _ r: Int) { print(drawing(w, c, r)); print("--") }
    for s in [Symbols.unicode, .ascii] {
      show(Panel(title: "Readings", trailing: "6 modules", symbols: s), 30, 3)
      show(Panel(title: "Readings", trailing: "6 modules", symbols: s), 18, 3)
      show(Panel(title: "Readings", trailing: "6 modules", symbols: s), 9, 2)
      show(Divider(title: "Stue", symbols: s), 20, 1)
      let cols = [TableColumn(title: "Module", width: .minimum(8), importance: 9), TableColumn(title: "Temp", width: .fixed(8), alignment: .right, importance: 8), TableColumn(title: "Hum", width: .fixed(5), alignment: .right, importance: 5), TableColumn(title: "CO₂", width: .fixed(5), alignment: .right, importance: 6), TableColumn(title: "Age", width: .fixed(5), alignment: .right, importance: 3)]
      let rows: [TableRow] = [["Stue", "21.4° ↑", "41 %", "913", "0:30"], ["Ute", "−3.6° ↓", "88 %", "–", "1:00"], ["Vind", "14 km/h SW, gusts 31", "", "", "1:02"], ["Soverommet", "19.0° →", "45 %", "600", "0:30"]]
      for (c, r) in [(44, 6), (30, 4), (20, 3), (6, 3), (60, 5)] { show(Table(columns: cols, rows: rows, selected: 1, isFocused: true, symbols: s), c, r) }
      for f in [0, 0.03, 0.5, 0.9, 1, 7, -1, Double.nan] { show(Gauge(fraction: f, label: "90 %", symbols: s), 24, 1) }
      show(Gauge(fraction: 0.5, label: "90 %", symbols: s), 8, 1)
      show(Sparkline(values: [1,2,3,nil,5,6,7,8,.nan], symbols: s), 12, 1)
      let pts = (0...48).map { i -> ChartSeries.Point in let x = Double(i); let y = (i-24)*(i-24); return .init(x: x, y: (20...23).contains(i) ? nil : 15 + Double(y)/60) }
      show(Chart(series: [ChartSeries(points: pts)], xLabels: [0,12,24,36,48].map { ChartLabel(x: $0, text: "\(Int($0)):00") }, symbols: s), 50, 11)
      show(Chart(series: [ChartSeries(points: pts)], symbols: s), 20, 5)
      show(Chart(series: [], symbols: s), 20, 5)
      show(Chart(series: [ChartSeries(points: [.init(x: 1, y: 5)])], symbols: s), 20, 6)
      show(KeyBar([("a", "Sign in"), ("r", "Fetch now"), ("t", "Renew token"), ("?", "Help"), ("q", "Quit")], essential: ["q", "?"]), 40, 1)
      show(TextLine("Grüße aus der Stube", symbols: s), 10, 1)
      show(TextFieldView(TextField(text: "hunter2", isSecret: true), isFocused: true, symbols: s), 10, 1)
    }
    print(Paragraph("The quick brown fox jumps over the lazy dog. 日本語のテキスト averyveryverylongword", .plain).rows(at: 12))
    show(Paragraph("The quick brown fox jumps over the lazy dog. 日本語のテキスト averyveryverylongword\n\nend", .plain), 12, 12)
    print(Ticks(in: 0...10, count: 5), Ticks(in: -3.2...4.9, count: 4), Ticks(in: 1013.2...1013.9, count: 3), Ticks.widened(3...3, count: 4))
    print(Ticks.decimal(-3.55, places: 1, symbols: .unicode), Ticks.decimal(-0.04, places: 1, symbols: .unicode), Ticks.decimal(1e14, places: 3, symbols: .ascii), Ticks.decimal(2.005, places: 2, symbols: .ascii), Ticks.decimal(.nan, places: 2, symbols: .ascii))
  }
}
