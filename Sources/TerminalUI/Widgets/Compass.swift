import Glibc

/// A compass with an arrow through it, drawn in dots: where the wind comes from, and where it blows.
///
/// It takes the largest circle that fits, twice as many columns as rows.
package struct Compass: Widget, Sendable {
    private let degrees: Double?
    private let style: Style
    private let symbols: Symbols

    /// - Parameter degrees: Where the wind comes from, clockwise from north; nil draws no arrow.
    package init(degrees: Double?, style: Style = .accent, symbols: Symbols) {
        self.degrees = degrees
        self.style = style
        self.symbols = symbols
    }

    /// Draws into the middle of `rect`. Needs three rows.
    package func render(into frame: inout Frame, in rect: Rect) {
        // An odd number, so that the letters stand in the middle.
        let most = min(rect.rows, (rect.columns + 1) / 2)
        let rows = most % 2 == 0 ? most - 1 : most
        guard rows >= 3 else { return }
        let columns = rows * 2 - 1
        let origin = Point(column: rect.column + (rect.columns - columns) / 2, row: rect.row + (rect.rows - rows) / 2)
        let size = Size(columns: columns, rows: rows)
        renderRim(into: &frame, at: origin, size: size)
        renderArrow(into: &frame, at: origin, size: size)
        let letters = [("N", columns / 2, 0), ("E", columns - 1, rows / 2), ("S", columns / 2, rows - 1), ("W", 0, rows / 2)]
        for (letter, column, row) in letters {
            frame.write(letter, at: Point(column: origin.column + column, row: origin.row + row), style: .muted)
        }
    }

    private func renderRim(into frame: inout Frame, at origin: Point, size: Size) {
        var canvas = DotCanvas(size: size, isASCII: symbols.isASCII)
        // As many dots as fit side by side on the way around.
        let count = (canvas.dotColumns + canvas.dotRows) * 2
        for step in 0..<count {
            canvas.set(dot(at: Double(step) / Double(count) * 360, radius: 1, on: canvas))
        }
        canvas.draw(into: &frame, at: origin, style: .border)
    }

    private func renderArrow(into frame: inout Frame, at origin: Point, size: Size) {
        guard let degrees, degrees.isFinite, abs(degrees) < 1e6 else { return }
        var canvas = DotCanvas(size: size, isASCII: symbols.isASCII)
        let tip = dot(at: degrees + 180, radius: 0.66, on: canvas)
        canvas.line(from: dot(at: degrees, radius: 0.66, on: canvas), to: tip)
        for side in [-32.0, 32] {
            canvas.line(from: tip, to: dot(at: degrees + 180 + side, radius: 0.34, on: canvas))
        }
        canvas.draw(into: &frame, at: origin, style: style)
    }

    /// A dot in a direction from the middle; 1 is the rim.
    private func dot(at degrees: Double, radius: Double, on canvas: DotCanvas) -> Point {
        let angle = degrees * .pi / 180
        // Without the last digits: they would move a dot that lies just between two places.
        let (sine, cosine) = ((sin(angle) * 1e9).rounded() / 1e9, (cos(angle) * 1e9).rounded() / 1e9)
        let (across, down) = (Double(canvas.dotColumns - 1) / 2, Double(canvas.dotRows - 1) / 2)
        return Point(column: Int((across + across * radius * sine).rounded()), row: Int((down - down * radius * cosine).rounded()))
    }
}
