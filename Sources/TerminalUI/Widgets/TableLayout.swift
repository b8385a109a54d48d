/// Which columns of a table are shown, and where.
struct TableLayout: Equatable {
    struct Slot: Equatable {
        /// The place of the column in the table's list of columns.
        var index: Int
        /// Cells from the left edge of the table.
        var offset: Int
        var width: Int
    }

    let slots: [Slot]

    /// The blank cells between two columns.
    private static let spacing = 1

    /// Drops the least important columns until the others fit, then gives what is left over to the columns that grow.
    ///
    /// Of equally important columns, the one further right goes first.
    init(columns: [TableColumn], available: Int) {
        var shown = Array(columns.indices)
        func needed() -> Int {
            shown.reduce(0) { $0 + columns[$1].width.least } + Self.spacing * max(0, shown.count - 1)
        }
        while shown.count > 1, needed() > available {
            let candidates = shown.dropFirst()
            let lowest = candidates.map { columns[$0].importance }.min() ?? 0
            let dropped = candidates.last { columns[$0].importance == lowest }
            shown.removeAll { $0 == dropped }
        }
        let constraints: [Constraint] = shown.map { index in
            switch columns[index].width {
            case .fixed(let width): .length(width)
            case .minimum(let width): .minimum(width)
            }
        }
        let widths = Constraint.lengths(constraints, of: available - Self.spacing * max(0, shown.count - 1))
        var offset = 0
        slots = zip(shown, widths).map { index, width in
            defer { offset += width + Self.spacing }
            return Slot(index: index, offset: offset, width: width)
        }
    }
}
