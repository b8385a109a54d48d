/// A column of a table.
package struct TableColumn: Sendable, Hashable {
    /// How wide a column is, in cells.
    package enum Width: Sendable, Hashable {
        /// Always this wide.
        case fixed(Int)
        /// At least this wide; what is left over goes to such columns in equal parts.
        case minimum(Int)

        /// The width that the column needs.
        package var least: Int {
            switch self {
            case .fixed(let width), .minimum(let width): max(0, width)
            }
        }
    }

    package var title: String
    package var titleStyle: Style
    package var width: Width
    package var alignment: Alignment
    /// When the table is too narrow, the column with the lowest importance goes first. The first column never goes.
    package var importance: Int

    package init(title: String, titleStyle: Style = .muted, width: Width, alignment: Alignment = .left, importance: Int = 0) {
        self.title = title
        self.titleStyle = titleStyle
        self.width = width
        self.alignment = alignment
        self.importance = importance
    }
}
