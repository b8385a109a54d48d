/// How a selection moves, or a text scrolls.
enum Movement: Sendable, Hashable {
    case up, down, pageUp, pageDown, first, last

    /// Where the movement leads from an index.
    ///
    /// - Parameters:
    ///   - page: How far a page is.
    ///   - last: The last index; the first is 0.
    ///   - times: How often it is made.
    func applied(to index: Int, page: Int, last: Int, times: Int = 1) -> Int {
        (0..<times).reduce(index) { index, _ in applied(once: index, page: page, last: last) }
    }

    private func applied(once index: Int, page: Int, last: Int) -> Int {
        let target =
            switch self {
            case .up: index - 1
            case .down: index + 1
            case .pageUp: index - page
            case .pageDown: index + page
            case .first: 0
            case .last: last
            }
        return min(max(0, target), max(0, last))
    }
}
