/// Dots finer than cells: two by four to a cell in braille, one by two in ASCII.
struct DotCanvas {
    let size: Size
    let isASCII: Bool
    private var bits: [UInt8]

    init(size: Size, isASCII: Bool) {
        self.size = size
        self.isASCII = isASCII
        bits = Array(repeating: 0, count: size.columns * size.rows)
    }

    var dotsAcross: Int { isASCII ? 1 : 2 }
    var dotsDown: Int { isASCII ? 2 : 4 }
    var dotColumns: Int { size.columns * dotsAcross }
    var dotRows: Int { size.rows * dotsDown }

    /// The dots of a cell, none of them as 0.
    subscript(column: Int, row: Int) -> UInt8 { bits[row * size.columns + column] }

    /// Sets a dot, counted from the top left; outside of the canvas nothing happens.
    mutating func set(_ dot: Point) {
        guard dot.column >= 0, dot.column < dotColumns, dot.row >= 0, dot.row < dotRows else { return }
        let cell = dot.row / dotsDown * size.columns + dot.column / dotsAcross
        bits[cell] |= Self.bit(column: dot.column % dotsAcross, row: dot.row % dotsDown, isASCII: isASCII)
    }

    /// Unicode numbers the braille dots 1 to 6 down the columns, and put 7 and 8 below them later.
    static func bit(column: Int, row: Int, isASCII: Bool) -> UInt8 {
        if isASCII || row < 3 { return 1 << UInt8(row + 3 * column) }
        return 0x40 << UInt8(column)
    }

    /// Sets the dots of a line from one dot to another, both included.
    mutating func line(from start: Point, to end: Point) {
        Self.forEachDot(from: start, to: end) { set($0) }
    }

    static func forEachDot(from start: Point, to end: Point, _ body: (Point) -> Void) {
        let across = end.column - start.column
        let down = end.row - start.row
        let steps = max(abs(across), abs(down))
        guard steps > 0 else { return body(start) }
        for step in 0...steps {
            let fraction = Double(step) / Double(steps)
            let column = start.column + Int((Double(across) * fraction).rounded())
            body(Point(column: column, row: start.row + Int((Double(down) * fraction).rounded())))
        }
    }

    /// Writes the cells that have dots; the others keep what they show.
    func draw(into frame: inout Frame, at origin: Point, style: Style) {
        for row in 0..<size.rows {
            for column in 0..<size.columns where self[column, row] != 0 {
                frame.put(Self.glyph(self[column, row], isASCII: isASCII), at: origin.moved(column, row), style: style)
            }
        }
    }

    static func glyph(_ bits: UInt8, isASCII: Bool) -> CellText {
        if isASCII {
            switch bits {
            case 1: return "'"
            case 2: return "."
            default: return ":"
            }
        }
        return braille[Int(bits)]
    }

    /// The dots of a glyph of braille; none of any other.
    static func bits(of glyph: CellText) -> UInt8 {
        let scalar = glyph.base.value
        return scalar & ~0xFF == 0x2800 ? UInt8(scalar & 0xFF) : 0
    }

    private static let braille = (0...255).map { Unicode.Scalar(0x2800 + UInt32($0)).map { CellText($0) } ?? " " }
}
