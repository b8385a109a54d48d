extension Array where Element: Equatable {
    /// The element so many steps behind one of them, round and round.
    func element(_ steps: Int, from element: Element) -> Element {
        self[((firstIndex(of: element) ?? 0) + steps + count) % count]
    }
}
