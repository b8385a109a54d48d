/// What a terminal shows after what was written to it: as much of one as ncurses and a shell ask for.
///
/// After a change of size nothing is left of what was there: it is ``unpainted``, so that a program that does not draw all of it anew
/// is found out.
struct TerminalPicture {
    /// What is in a cell that nothing was drawn in since the size changed.
    static let unpainted: Unicode.Scalar = "▒"

    private(set) var columns: Int
    private(set) var rows: Int
    /// The normal screen at first, and the alternate one where a program asked for it.
    private var cells: [[Unicode.Scalar]]
    private var normalCells: [[Unicode.Scalar]]?
    private var row = 0
    private var column = 0
    private var savedCursor = (row: 0, column: 0)
    /// The last column was written: the next character comes on the next line.
    private var wraps = false
    private var region: ClosedRange<Int>
    private var latest: Unicode.Scalar = " "
    private var attributes: Set<Int> = []
    private var unread: [UInt8] = []

    /// Private modes, as in `ESC [ ? 1000 h`, that are on.
    private(set) var modes: Set<Int> = [7, 25]
    /// All that were ever on.
    private(set) var usedModes: Set<Int> = []
    private var insertMode = false
    private var keypadMode = false
    /// Titles that were put aside and not given back.
    private var titles = 0
    /// How often the alternate screen was left.
    private(set) var departures = 0
    /// Whether any text was to have a colour, be it of the foreground or of the background.
    private(set) var usesColour = false
    /// Sequences that no terminal here knows of.
    private(set) var unknown: Set<String> = []

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Self.blank(columns: columns, rows: rows, " ")
        region = 0...(rows - 1)
    }

    private static func blank(columns: Int, rows: Int, _ character: Unicode.Scalar) -> [[Unicode.Scalar]] {
        Array(repeating: Array(repeating: character, count: columns), count: rows)
    }

    /// The rows as text.
    var lines: [String] { cells.map { String(String.UnicodeScalarView($0)) } }

    var text: String { lines.joined(separator: "\n") }

    /// Whether there is a cell that nothing was drawn in since the size changed.
    var isUnpainted: Bool { cells.contains { $0.contains(Self.unpainted) } }

    /// Whether everything was drawn since the size changed, and reaches to the last row and to the last column.
    var isFilled: Bool {
        !isUnpainted && cells.contains { $0.last != " " } && cells.last?.contains { $0 != " " } == true
    }

    /// What a program that ended should have put back and did not, in words.
    var leftovers: [String] {
        var found = modes.symmetricDifference([7, 25]).sorted().map { "private mode \($0)" }
        if normalCells != nil { found.append("the alternate screen") }
        if insertMode { found.append("inserting") }
        if keypadMode { found.append("the keypad") }
        if titles != 0 { found.append("\(titles) titles") }
        if region != 0...(rows - 1) { found.append("a scrolling region") }
        if !attributes.isEmpty { found.append("attributes \(attributes.sorted())") }
        return found
    }

    mutating func resize(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Self.blank(columns: columns, rows: rows, Self.unpainted)
        if normalCells != nil { normalCells = Self.blank(columns: columns, rows: rows, " ") }
        region = 0...(rows - 1)
        moveTo(row: row, column: column)
    }

    /// Takes what a program wrote; a sequence may go on in what it writes next.
    mutating func write(_ bytes: [UInt8]) {
        unread += bytes
        var rest = unread[...]
        while !rest.isEmpty, let count = step(rest) { rest = rest.dropFirst(count) }
        unread = Array(rest)
    }

    // MARK: Reading

    /// Takes the first character or sequence, and tells how long it is; `nil` where it is not whole yet.
    private mutating func step(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        switch first {
        case 0x1B: return escape(bytes)
        case 0..<0x20, 0x7F:
            control(first)
            return 1
        default:
            let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            guard bytes.count >= length else { return nil }
            put(String(decoding: bytes.prefix(length), as: UTF8.self).unicodeScalars.first ?? " ")
            return length
        }
    }

    private mutating func control(_ byte: UInt8) {
        wraps = false
        switch byte {
        case 0x08: column = max(0, column - 1)
        case 0x09: column = min(columns - 1, (column / 8 + 1) * 8)
        case 0x0A...0x0C: lineFeed()
        case 0x0D: column = 0
        default: break
        }
    }

    private mutating func escape(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let second = bytes.dropFirst().first else { return nil }
        switch second {
        case UInt8(ascii: "["):
            guard let end = bytes.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else { return nil }
            command(String(decoding: bytes[(bytes.startIndex + 2)..<end], as: UTF8.self), final: Character(UnicodeScalar(bytes[end])))
            return end - bytes.startIndex + 1
        case UInt8(ascii: "]"): return operatingSystemCommand(bytes)
        case UInt8(ascii: "("), UInt8(ascii: ")"): return bytes.count > 2 ? 3 : nil
        case UInt8(ascii: "7"): savedCursor = (row, column)
        case UInt8(ascii: "8"): moveTo(row: savedCursor.row, column: savedCursor.column)
        case UInt8(ascii: "="): keypadMode = true
        case UInt8(ascii: ">"): keypadMode = false
        case UInt8(ascii: "D"): lineFeed()
        case UInt8(ascii: "M"): if row == region.lowerBound { scroll(region, by: -1) } else { row = max(0, row - 1) }
        default: unknown.insert("ESC \(Character(UnicodeScalar(second)))")
        }
        return 2
    }

    /// A title, or on the Linux console the colours as they were, which has no end of its own.
    private func operatingSystemCommand(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let third = bytes.dropFirst(2).first else { return nil }
        if third == UInt8(ascii: "R") { return 3 }
        guard let end = bytes.firstIndex(of: 0x07) else { return nil }
        return end - bytes.startIndex + 1
    }

    private mutating func command(_ parameters: String, final: Character) {
        let isPrivate = parameters.first == "?"
        let numbers = parameters.drop { $0 == "?" }.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let first = numbers.first ?? 0
        let count = max(1, first)
        if final != "m" { wraps = false }
        switch final {
        case "H": moveTo(row: first - 1, column: (numbers.count > 1 ? numbers[1] : 1) - 1)
        case "A": moveTo(row: row - count, column: column)
        case "B": moveTo(row: row + count, column: column)
        case "C": moveTo(row: row, column: column + count)
        case "D": moveTo(row: row, column: column - count)
        case "G": moveTo(row: row, column: count - 1)
        case "d": moveTo(row: count - 1, column: column)
        case "J": eraseScreen(first)
        case "K": erase(row, first == 0 ? column..<columns : first == 1 ? 0..<(column + 1) : 0..<columns)
        case "X": erase(row, column..<min(columns, column + count))
        case "P": shift(from: column, by: -count)
        case "@": shift(from: column, by: count)
        case "L": if region.contains(row) { scroll(row...region.upperBound, by: -count) }
        case "M": if region.contains(row) { scroll(row...region.upperBound, by: count) }
        case "S": scroll(region, by: count)
        case "T": scroll(region, by: -count)
        case "b": for _ in 0..<count { put(latest) }
        case "m": setAttributes(numbers)
        case "r": setRegion(numbers)
        case "h", "l": for number in numbers { setMode(number, to: final == "h", isPrivate: isPrivate) }
        case "t": if first == 22 { titles += 1 } else if first == 23 { titles -= 1 }
        case "c" where isPrivate: break
        default: unknown.insert("ESC [ \(parameters) \(final)")
        }
    }

    // MARK: Drawing

    private mutating func put(_ character: Unicode.Scalar) {
        if wraps {
            column = 0
            wraps = false
            lineFeed()
        }
        if insertMode { shift(from: column, by: 1) }
        cells[row][column] = character
        latest = character
        if column == columns - 1 { wraps = modes.contains(7) } else { column += 1 }
    }

    private mutating func moveTo(row: Int, column: Int) {
        self.row = min(max(0, row), rows - 1)
        self.column = min(max(0, column), columns - 1)
        wraps = false
    }

    private mutating func lineFeed() {
        if row == region.upperBound { scroll(region, by: 1) } else { row = min(rows - 1, row + 1) }
    }

    /// Moves rows up, or down by a negative number.
    private mutating func scroll(_ range: ClosedRange<Int>, by count: Int) {
        let empty = Array(repeating: Unicode.Scalar(" "), count: columns)
        for _ in 0..<min(abs(count), range.count) {
            cells.remove(at: count > 0 ? range.lowerBound : range.upperBound)
            cells.insert(empty, at: count > 0 ? range.upperBound : range.lowerBound)
        }
    }

    /// Moves the rest of the line to the right, or to the left by a negative number.
    private mutating func shift(from start: Int, by count: Int) {
        let size = min(abs(count), columns - start)
        let blanks = Array(repeating: Unicode.Scalar(" "), count: size)
        let rest = cells[row][start...]
        cells[row].replaceSubrange(start..., with: count > 0 ? blanks + rest.dropLast(size) : Array(rest.dropFirst(size)) + blanks)
    }

    private mutating func erase(_ row: Int, _ range: Range<Int>) {
        for column in range { cells[row][column] = " " }
    }

    private mutating func eraseScreen(_ part: Int) {
        for other in 0..<rows {
            if other == row {
                erase(row, part == 0 ? column..<columns : part == 1 ? 0..<(column + 1) : 0..<columns)
            } else if part > 1 || (part == 0) == (other > row) {
                erase(other, 0..<columns)
            }
        }
    }

    // MARK: Modes

    private mutating func setRegion(_ numbers: [Int]) {
        let top = max(1, numbers.first ?? 1)
        let bottom = min(rows, numbers.count > 1 && numbers[1] > 0 ? numbers[1] : rows)
        // A terminal ignores one that does not fit.
        guard top < bottom || rows == 1 else { return }
        region = (min(top, rows) - 1)...(bottom - 1)
        moveTo(row: 0, column: 0)
    }

    private mutating func setAttributes(_ numbers: [Int]) {
        for number in numbers.isEmpty ? [0] : numbers {
            switch number {
            case 0: attributes = []
            // The terminal's own colours, its own font, and nothing of the sort.
            case 39: attributes = attributes.filter { !Self.isForeground($0) }
            case 49: attributes = attributes.filter { !Self.isBackground($0) }
            case 10: break
            default: attributes.insert(number)
            }
            usesColour = usesColour || Self.isForeground(number) || Self.isBackground(number)
        }
    }

    private static func isForeground(_ number: Int) -> Bool {
        (30...38).contains(number) || (90...97).contains(number)
    }

    private static func isBackground(_ number: Int) -> Bool {
        (40...48).contains(number) || (100...107).contains(number)
    }

    private mutating func setMode(_ number: Int, to isOn: Bool, isPrivate: Bool) {
        switch (isPrivate, number) {
        case (true, 1049):
            useAlternateScreen(isOn)
        case (true, _):
            if isOn { usedModes.insert(number) }
            _ = isOn ? modes.insert(number).memberAfterInsert : modes.remove(number)
        case (false, 4): insertMode = isOn
        // The shape of the cursor, for screen.
        case (false, 34): break
        default: unknown.insert("mode \(number)")
        }
    }

    private mutating func useAlternateScreen(_ isOn: Bool) {
        if isOn {
            usedModes.insert(1049)
            savedCursor = (row, column)
            normalCells = normalCells ?? cells
            cells = Self.blank(columns: columns, rows: rows, " ")
        } else {
            departures += 1
            cells = normalCells ?? cells
            normalCells = nil
            moveTo(row: savedCursor.row, column: savedCursor.column)
        }
    }
}
