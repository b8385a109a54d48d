import Homes
import TerminalUI

/// The wind of now: a compass with an arrow, the strength and the gusts below it.
struct WindCompass: Widget {
    private let angle: Double?
    private let lines: [Line]
    private let symbols: Symbols

    /// `nil` where no wind is known.
    init?(module: Device, environment: ViewEnvironment) {
        let text = environment.measureText
        guard let readings = module.readings, let strength = readings[.windStrength] else { return nil }
        symbols = environment.symbols
        angle = readings[.windAngle].flatMap { (0..<360.5).contains($0) ? $0 : nil }
        let direction = angle.map { " \(text.compass($0))" } ?? ""
        let gusts = readings[.gustStrength].map { gust in
            let from = readings[.gustAngle].map { " \(text.compass($0))" } ?? ""
            return Line("gusts \(text.number(gust, of: .gustStrength))\(from)", .muted)
        }
        lines = [Line(text.value(strength, of: .windStrength) + direction, Style.plain.bold()), gusts].compactMap(\.self)
    }

    /// How wide it is beside a chart: at most a third of both.
    func columns(in size: Size) -> Int {
        max(min(compassRows(size.rows) * 2 - 1, size.columns / 3), lines.map(\.width).max() ?? 0)
    }

    private func compassRows(_ rows: Int) -> Int {
        max(0, min(15, rows - lines.count))
    }

    func render(into frame: inout Frame, in rect: Rect) {
        let rows = min(compassRows(rect.rows), (rect.columns + 1) / 2)
        let top = rect.row + max(0, rect.rows - rows - lines.count) / 2
        let circle = Rect(column: rect.column, row: top, columns: rect.columns, rows: rows)
        Compass(degrees: angle, symbols: symbols).render(into: &frame, in: circle)
        for (index, line) in lines.enumerated() {
            let place = rect.line(top + rows + index - rect.row)
            TextLine(line, alignment: .centre, symbols: symbols).render(into: &frame, in: place)
        }
    }
}
