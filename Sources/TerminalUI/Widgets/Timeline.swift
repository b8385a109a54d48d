/// A stretch of time as a bar of parts one after the other, each with its name where that has room: `░░Night░░▓▓Day▓▓`.
package struct Timeline: Widget, Sendable {
    package struct Part: Sendable, Hashable {
        /// Where it begins, from 0 to 1; it goes to where the next one does.
        package let start: Double
        package let name: String
        /// How dense it is, from 0 to ``Timeline/densities`` - 1: what tells parts apart where there are no colours.
        package let density: Int
        package let style: Style

        package init(start: Double, name: String, density: Int, style: Style) {
            self.start = start
            self.name = name
            self.density = density
            self.style = style
        }
    }

    /// How many densities there are.
    package static let densities = 4

    private let parts: [Part]
    private let symbols: Symbols

    /// - Parameter parts: By rising start; the first one is taken to begin at 0.
    package init(_ parts: [Part], symbols: Symbols) {
        self.parts = parts
        self.symbols = symbols
    }

    /// Draws into the top row of `rect`.
    package func render(into frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        for (index, part) in parts.enumerated() {
            let start = index == 0 ? 0 : Self.column(of: part.start, columns: rect.columns)
            let end = index + 1 < parts.count ? Self.column(of: parts[index + 1].start, columns: rect.columns) : rect.columns
            guard start < end else { continue }
            let place = Rect(column: rect.column + start, row: rect.row, columns: end - start, rows: 1)
            frame.fill(place, glyph: glyph(of: part), style: part.style)
            let width = displayWidth(of: part.name)
            guard width > 0, width + 2 <= place.columns else { continue }
            let name = Point(column: place.column + (place.columns - width) / 2, row: place.row)
            frame.write(part.name, at: name, style: part.style.with([.reverse, .bold]), limit: width)
        }
    }

    /// The column of a fraction of the time, counted from the left.
    package static func column(of fraction: Double, columns: Int) -> Int {
        Int((min(1, max(0, fraction)) * Double(columns)).rounded())
    }

    private func glyph(of part: Part) -> Character {
        let glyphs: [Character] = symbols.isASCII ? [".", ":", "=", "#"] : ["░", "▒", "▓", "█"]
        return glyphs[min(Self.densities - 1, max(0, part.density))]
    }
}
