import Glibc

/// A row of arrows below a chart of wind, each the mean of some columns: it points to where the wind blows. In ASCII it is the letters
/// of where the wind comes from, as they are spoken. A dot stands for a calm.
struct ChartDirections {
    private let directions: [ChartDirection]
    private let symbols: Symbols

    init(_ directions: [ChartDirection], symbols: Symbols) {
        self.directions = directions
        self.symbols = symbols
    }

    /// The cells from one arrow to the next.
    private var pitch: Int { symbols.isASCII ? 4 : 2 }

    func render(scale: ChartScale, into frame: inout Frame, in rect: Rect) {
        renderLegend(into: &frame, before: rect)
        let groups = Dictionary(grouping: directions) { direction in
            scale.column(of: direction.x).map { ($0 - rect.column) / pitch }
        }
        for (group, members) in groups {
            guard let group, group * pitch + pitch <= rect.columns + 1 else { continue }
            let mean = Self.mean(of: members)
            let text = mean.map { symbols.compassArrows[Self.point(of: $0, towards: !symbols.isASCII)] } ?? symbols.calm
            let place = Point(column: rect.column + group * pitch, row: rect.row)
            frame.write(text, at: place, style: mean == nil ? .muted : .accent, limit: rect.endColumn - place.column)
        }
    }

    private func renderLegend(into frame: inout Frame, before rect: Rect) {
        let legend = symbols.isASCII ? "from" : "to"
        let width = displayWidth(of: legend)
        guard rect.column - 1 - width >= 0 else { return }
        frame.write(legend, at: Point(column: rect.column - 1 - width, row: rect.row), style: .muted, limit: width)
    }

    /// Where it comes from on the whole, strong winds counting for more; nil for a calm, and for winds that cancel each other.
    static func mean(of directions: [ChartDirection]) -> Double? {
        var (east, north) = (0.0, 0.0)
        for direction in directions where direction.degrees.isFinite && direction.strength.isFinite {
            east += direction.strength * sin(direction.degrees * .pi / 180)
            north += direction.strength * cos(direction.degrees * .pi / 180)
        }
        guard hypot(east, north) > 1e-6 else { return nil }
        let degrees = atan2(east, north) * 180 / .pi
        return degrees < 0 ? degrees + 360 : degrees
    }

    /// Which of the eight points of the compass, from north on clockwise: the one that it comes from, or the one opposite.
    static func point(of degrees: Double, towards: Bool) -> Int {
        (Int((degrees / 45).rounded()) + (towards ? 4 : 0)) % 8
    }
}
