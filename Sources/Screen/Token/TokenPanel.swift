import TerminalUI

/// The token: a block in the colour of its state with the word, the countdown beside it and again in large digits where there is
/// room, a bar, when it renews, when and where it was saved, what failed and what to do.
struct TokenPanel: Widget {
    let text: TokenText
    /// Where the token is kept, as the user knows that place; `nil` where it is not to be shown.
    let file: String?

    private var symbols: Symbols { text.environment.symbols }

    func render(into frame: inout Frame, in rect: Rect) {
        guard rect.rows > 2 else { return renderBand(into: &frame, in: rect.line(0)) }
        Panel(title: "Token", symbols: symbols).render(into: &frame, in: rect)
        let interior = Panel.interior(of: rect)
        renderBand(into: &frame, in: interior.line(0))
        var area = interior.inset(columns: 1, rows: 0)
        area = Rect(column: area.column, row: area.row + 1, columns: area.columns, rows: area.rows - 1)
        for part in chosenParts(for: area) {
            part.draw(&frame, Rect(column: area.column, row: area.row, columns: area.columns, rows: min(part.rows, area.rows)))
            area = Rect(column: area.column, row: area.row + part.rows, columns: area.columns, rows: area.rows - part.rows)
        }
    }

    /// The state as a block of its colour, and beside it the time that is left: outside of the block, since a digit that changes each
    /// second costs a terminal three times as much where it has a colour of its own.
    private func renderBand(into frame: inout Frame, in rect: Rect) {
        let word = " \(text.mark) \(text.word) "
        let ending = Line(text.ending + " ", .plain)
        let hasRoom = displayWidth(of: word) + 1 + ending.width <= rect.columns
        let columns = hasRoom && ending.width > 1 ? rect.columns - ending.width - 1 : rect.columns
        let block = Rect(column: rect.column, row: rect.row, columns: columns, rows: 1)
        frame.fill(block, style: text.blockStyle)
        frame.write(word, at: block.origin, style: text.blockStyle, limit: columns)
        if hasRoom { TextLine(ending, alignment: .right, symbols: symbols).render(into: &frame, in: rect) }
    }

    /// Something that is drawn over the width of the panel.
    private struct Part {
        let rows: Int
        let draw: (inout Frame, Rect) -> Void
    }

    /// What there is room for, from top to bottom. What is wrong and what to do comes before pictures of a number that is there
    /// already, those before where the token is kept, and that before what is over.
    private func chosenParts(for area: Rect) -> [Part] {
        var facts = compactFacts
        let hint = self.hint(columns: area.columns, rows: area.rows - facts.count)
        var left = area.rows - facts.count - (hint?.rows ?? 0)
        func take(_ part: Part?) -> Part? {
            guard let part, part.rows <= left else { return nil }
            left -= part.rows
            return part
        }
        let gauge = take(self.gauge)
        let digits = take(self.digits(room: Size(columns: area.columns + 2, rows: left)))
        let separate = separateFacts(columns: area.columns)
        if separate.count - facts.count <= left {
            left -= separate.count - facts.count
            facts = separate
        }
        let past = take(pastFailure(columns: area.columns, rows: min(3, left)))
        let groups = ([[digits], [gauge], facts, [past, hint]] as [[Part?]]).map { $0.compactMap(\.self) }.filter { !$0.isEmpty }
        let blank = Part(rows: 1) { _, _ in }
        return (left >= groups.count ? [blank] : []) + groups.joined(separator: left >= groups.count - 1 ? [blank] : [])
    }

    private func digits(room: Size) -> Part? {
        guard let scale = BigText.scale(of: text.digits, fitting: room, symbols: symbols) else { return nil }
        let picture = BigText(text.digits, scale: scale, style: text.style, symbols: symbols)
        // Up to the border, if need be.
        return Part(rows: picture.size.rows) { frame, rect in
            let wide = Rect(column: rect.column - 1, row: rect.row, columns: rect.columns + 2, rows: rect.rows)
            picture.render(into: &frame, in: wide.centred(picture.size))
        }
    }

    private var gauge: Part? {
        text.fractionLeft.map { fraction in
            let percent = "\(Int((fraction * 100).rounded()))"
            let label = String(repeating: " ", count: 3 - percent.count) + percent + " %"
            let gauge = Gauge(fraction: fraction, label: label, style: text.style, symbols: symbols)
            return Part(rows: 1) { frame, rect in gauge.render(into: &frame, in: rect) }
        }
    }

    /// The renewal and the saving in one line.
    private var compactFacts: [Part] { text.renewal.map { [ends($0, text.saving)] } ?? [] }

    /// A line for each: until when it works, the renewal, the saving, and the file.
    private func separateFacts(columns: Int) -> [Part] {
        guard let renewal = text.renewal else { return [] }
        let file = file.map { Line(clippedPath($0, to: columns, symbols: symbols), .muted) }
        return [text.validity.map { ends($0, nil) }, ends(renewal, text.untilRenewal), text.saving.map { ends($0, nil) }]
            .compactMap(\.self) + (file.map { [ends($0, nil)] } ?? [])
    }

    /// - Parameter rows: How many there are for it.
    private func hint(columns: Int, rows: Int) -> Part? {
        let (longest, style) = text.hint
        guard !longest.isEmpty else { return nil }
        let choices = [longest] + text.shortHints
        let words = choices.first { wrapped($0, to: columns).count <= rows } ?? choices[choices.count - 1]
        return paragraph(words, style, rows: wrapped(words, to: columns).count, columns: columns)
    }

    private func pastFailure(columns: Int, rows: Int) -> Part? {
        guard let words = text.pastFailure else { return nil }
        return paragraph(words, .muted, rows: min(rows, wrapped(words, to: columns).count), columns: columns)
    }

    /// Text over some rows, with a mark at the end of the last one where there is more.
    private func paragraph(_ words: String, _ style: Style, rows: Int, columns: Int) -> Part {
        let lines = wrapped(words, to: columns)
        return Part(rows: rows) { [symbols] frame, rect in
            let room = max(1, min(rows, rect.rows))
            let shown = Array(lines.prefix(room - 1)) + [lines.dropFirst(room - 1).joined(separator: " ")]
            for (row, line) in shown.enumerated() {
                TextLine(line, style, symbols: symbols).render(into: &frame, in: rect.line(row))
            }
        }
    }

    /// Two texts at the ends of a line; the right one goes where there is no room for both.
    private func ends(_ left: Line, _ right: Line?) -> Part {
        Part(rows: 1) { [symbols] frame, rect in
            TextLine(left, symbols: symbols).render(into: &frame, in: rect)
            if let right, left.width + 1 + right.width <= rect.columns {
                TextLine(right, alignment: .right, symbols: symbols).render(into: &frame, in: rect)
            }
        }
    }
}
