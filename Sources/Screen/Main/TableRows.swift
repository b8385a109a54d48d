/// How many rows the table of the readings has, headings of homes included.
struct TableRows: Sendable, Hashable {
    /// Those that match the filter.
    var shown = 0
    /// Those that there are without a filter, so that a wide screen does not jump while one is typed.
    var all = 0
}
