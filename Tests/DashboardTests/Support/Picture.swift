import TerminalUI

/// What a frame, or a part of it, looks like, as text: its characters, under them the role of each cell, and its attributes where it
/// has any, and its tints where it has any.
///
/// The rows of roles and attributes have one letter for each cell, also for the second one of a double-width character, and leave out
/// at their end what is plain.
struct Picture: Equatable {
    /// The characters of each row, without the blanks at its end.
    let lines: [String]
    /// The letter of each cell's role.
    private let roles: [[Character]]
    /// The digit of each cell's attributes.
    private let attributes: [[Character]]
    /// How far each cell's tint is along its ramp.
    private let tints: [[Character]]
    /// Each cell's character, where the picture is of a frame.
    private let glyphs: [[Character]]

    /// - Parameters:
    ///   - frame: What is pictured.
    ///   - rows: Which rows of it; without them, all.
    ///   - columns: Which columns of it; without them, all.
    init(_ frame: Frame, rows: Range<Int>? = nil, columns: Range<Int>? = nil) {
        let rows = rows ?? 0..<frame.size.rows
        let columns = columns ?? 0..<frame.size.columns
        let cells = rows.map { row in columns.map { frame[$0, row] } }
        glyphs = cells.map { $0.map(\.glyph) }
        lines = cells.map { Self.trimmed($0.filter { !$0.isContinuation }.map(\.glyph), of: " ") }.map { String($0) }
        roles = cells.map { Self.trimmed($0.map { Self.letter(of: $0.style.role) }, of: Self.plain) }
        attributes = cells.map { Self.trimmed($0.map { Self.digit(of: $0.style.attributes) }, of: Self.plain) }
        tints = cells.map { Self.trimmed($0.map { Self.letter(of: $0.style.tint) }, of: Self.plain) }
    }

    /// Reads a picture that was kept.
    init(text: String) {
        var blocks: [[Substring]] = [[]]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if line.hasPrefix(Self.roleHeading) || line.hasPrefix(Self.attributeHeading) || line.hasPrefix(Self.tintHeading) {
                if line.hasPrefix(Self.tintHeading), blocks.count == 2 { blocks.append([]) }
                blocks.append([])
            } else {
                blocks[blocks.count - 1].append(line)
            }
        }
        lines = blocks[0].map { String($0) }
        roles = blocks.count > 1 ? blocks[1].map(Array.init) : []
        attributes = blocks.count > 2 ? blocks[2].map(Array.init) : []
        tints = blocks.count > 3 ? blocks[3].map(Array.init) : []
        glyphs = []
    }

    /// The picture as it is kept.
    var text: String {
        let used = Set(roles.joined()).subtracting([Self.plain])
        let legend = Role.allCases.filter { used.contains(Self.letter(of: $0)) }.map { "\(Self.letter(of: $0)) \($0)" }
        var all = lines + ["\(Self.roleHeading)\(legend.isEmpty ? "all plain" : legend.joined(separator: ", "))"]
        all += roles.map { String($0) }
        if let last = attributes.lastIndex(where: { !$0.isEmpty }) {
            let hasAreas = attributes.joined().contains { $0 > "f" }
            let areas = hasAreas ? "; of an area, g to v" : ""
            all.append("\(Self.attributeHeading)the sum of 1 bold, 2 dim, 4 underline, 8 reverse\(areas)")
            all += attributes[...last].map { String($0) }
        }
        if let last = tints.lastIndex(where: { !$0.isEmpty }) {
            all.append("\(Self.tintHeading)along the ramp of each chart, 0 to 9, A to Z, a to z, + and /")
            all += tints[...last].map { String($0) }
        }
        return all.joined(separator: "\n") + "\n"
    }

    /// What looks otherwise than in an earlier picture of the same characters, in words: where, what, and the roles before and now.
    func changes(since before: Picture) -> [String] {
        var changes: [String] = []
        for row in glyphs.indices {
            var column = 0
            while column < glyphs[row].count {
                let look = look(column, row)
                let earlier = before.look(column, row)
                let start = column
                repeat {
                    column += 1
                } while column < glyphs[row].count && self.look(column, row) == look && before.look(column, row) == earlier
                guard look != earlier else { continue }
                let text = String(glyphs[row][start..<column].filter { $0 != "\0" })
                changes.append("row \(row), column \(start), \"\(text)\": \(earlier) before, \(look) now")
            }
        }
        return changes
    }

    /// The role and the attributes of a cell, in words.
    private func look(_ column: Int, _ row: Int) -> String {
        let letter = Self.character(roles, column, row)
        let role = Role.allCases.first { Self.letter(of: $0) == letter }.map { "\($0)" } ?? "no role '\(letter)'"
        let digit = Self.character(attributes, column, row)
        let tint = Self.character(tints, column, row)
        return role + (digit == Self.plain ? "" : " with attributes \(digit)") + (tint == Self.plain ? "" : " at \(tint) of its ramp")
    }

    private static func character(_ rows: [[Character]], _ column: Int, _ row: Int) -> Character {
        rows.indices.contains(row) && rows[row].indices.contains(column) ? rows[row][column] : plain
    }

    private static let roleHeading = "=== Roles: "
    private static let attributeHeading = "=== Attributes: "
    private static let tintHeading = "=== Tints: "
    private static let plain: Character = "."
    private static let levels = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/")

    private static func trimmed(_ row: [Character], of blank: Character) -> [Character] {
        Array(row.prefix((row.lastIndex { $0 != blank } ?? -1) + 1))
    }

    private static func digit(of attributes: Attributes) -> Character {
        attributes.isEmpty ? plain : Character(String(attributes.rawValue, radix: 32))
    }

    private static func letter(of tint: Tint?) -> Character {
        tint.map { levels[Int($0.level)] } ?? plain
    }

    /// A block has the capital of its colour.
    private static func letter(of role: Role) -> Character {
        switch role {
        case .plain: plain
        case .title: "t"
        case .border: "-"
        case .accent: "a"
        case .good: "g"
        case .warning: "w"
        case .bad: "b"
        case .muted: "m"
        case .selection: "s"
        case .keyName: "k"
        case .goodBlock: "G"
        case .accentBlock: "A"
        case .warningBlock: "W"
        case .badBlock: "B"
        case .code: "c"
        }
    }
}
