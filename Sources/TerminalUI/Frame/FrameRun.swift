/// A horizontal piece of a frame in one style.
package struct FrameRun: Sendable, Hashable {
    package let origin: Point
    package let columns: Int
    /// What is drawn there. It holds no control character.
    package let text: String
    package let style: Style
}

extension Frame {
    /// The pieces of this frame that differ from `previous`, row by row, each as long as it can be in one style.
    ///
    /// Without a previous frame, or with one of another size, all of it differs.
    package func runs(changedFrom previous: Frame?) -> [FrameRun] {
        let before = previous?.size == size ? previous : nil
        if let before, before.cells == cells { return [] }
        var runs: [FrameRun] = []
        for row in 0..<size.rows {
            appendRuns(ofRow: row, changedFrom: before, to: &runs)
        }
        return runs
    }

    private func appendRuns(ofRow row: Int, changedFrom previous: Frame?, to runs: inout [FrameRun]) {
        let start = row * size.columns
        var column = 0
        while column < size.columns {
            guard glyphDiffers(at: start + column, columns: size.columns - column, from: previous) else {
                column += glyphWidth(at: start + column, columns: size.columns - column)
                continue
            }
            let first = column
            let style = cells[start + column].style
            var text = ""
            repeat {
                let cell = cells[start + column]
                (cell.isContinuation ? " " : cell.text).write(to: &text)
                column += glyphWidth(at: start + column, columns: size.columns - column)
            } while column < size.columns && cells[start + column].style == style
                && glyphDiffers(at: start + column, columns: size.columns - column, from: previous)
            runs.append(FrameRun(origin: Point(column: first, row: row), columns: column - first, text: text, style: style))
        }
    }

    private func glyphWidth(at index: Int, columns: Int) -> Int {
        columns > 1 && !cells[index].isContinuation && cells[index + 1].isContinuation ? 2 : 1
    }

    private func glyphDiffers(at index: Int, columns: Int, from previous: Frame?) -> Bool {
        guard let previous else { return true }
        if cells[index] != previous.cells[index] { return true }
        return glyphWidth(at: index, columns: columns) == 2 && cells[index + 1] != previous.cells[index + 1]
    }
}
