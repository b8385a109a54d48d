/// Dots finer than cells: two by four to a cell in braille, one by two in ASCII.
struct DotCanvas {
    private let size: Size
    private let isASCII: Bool
    private var bits: [UInt8]

    init(size: Size, isASCII: Bool) {
        self.size = size
        self.isASCII = isASCII
        bits = Array(repeating: 0, count: size.columns * size.rows)
    }

    private var dotsAcross: Int { isASCII ? 1 : 2 }
    private var dotsDown: Int { isASCII ? 2 : 4 }
    var dotColumns: Int { size.columns * dotsAcross }
    var dotRows: Int { size.rows * dotsDown }

    /// Sets a dot, counted from the top left; outside of the canvas nothing happens.
    mutating func set(_ dot: Point) {
        guard dot.column >= 0, dot.column < dotColumns, dot.row >= 0, dot.row < dotRows else { return }
        let cell = dot.row / dotsDown * size.columns + dot.column / dotsAcross
        bits[cell] |= bit(column: dot.column % dotsAcross, row: dot.row % dotsDown)
    }

    /// Unicode numbers the braille dots 1 to 6 down the columns, and put 7 and 8 below them later.
    private func bit(column: Int, row: Int) -> UInt8 {
        if isASCII || row < 3 { return 1 << UInt8(row + 3 * column) }
        return 0x40 << UInt8(column)
    }

    /// Sets the dots of a line from one dot to another, both included.
    mutating func line(from start: Point, to end: Point) {
        let across = end.column - start.column
        let down = end.row - start.row
        let steps = max(abs(across), abs(down))
        guard steps > 0 else { return set(start) }
        for step in 0...steps {
            let fraction = Double(step) / Double(steps)
            let column = start.column + Int((Double(across) * fraction).rounded())
            set(Point(column: column, row: start.row + Int((Double(down) * fraction).rounded())))
        }
    }

    /// Writes the cells that have dots; the others keep what they show.
    func draw(into frame: inout Frame, at origin: Point, style: Style) {
        draw(into: &frame, at: origin) { _ in style }
    }

    /// The same with a style for each row of cells.
    func draw(into frame: inout Frame, at origin: Point, styleOfRow: (Int) -> Style) {
        for row in 0..<size.rows {
            let style = styleOfRow(row)
            for column in 0..<size.columns {
                let bits = bits[row * size.columns + column]
                guard bits != 0 else { continue }
                let point = Point(column: origin.column + column, row: origin.row + row)
                frame.write(String(glyph(bits)), at: point, style: style, limit: 1)
            }
        }
    }

    private func glyph(_ bits: UInt8) -> Character {
        if isASCII {
            switch bits {
            case 1: return "'"
            case 2: return "."
            default: return ":"
            }
        }
        return Unicode.Scalar(0x2800 + UInt32(bits)).map { Character($0) } ?? " "
    }
}
