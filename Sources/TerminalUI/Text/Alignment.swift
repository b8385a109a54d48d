/// Where a text stands in a space wider than itself.
package enum Alignment: Sendable, Hashable {
    case left, centre, right

    /// The number of blank cells before a text of `width` cells in a space of `columns`.
    func indent(of width: Int, in columns: Int) -> Int {
        let spare = max(0, columns - width)
        switch self {
        case .left: return 0
        case .centre: return spare / 2
        case .right: return spare
        }
    }
}
