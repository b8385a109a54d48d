/// What a key does.
enum Action: Sendable, Hashable {
    case signIn, fetch, renew
    case log, help, open, back
    case units, theme, sort, reverseOrder, filter
    case nextMeasure, previousMeasure, longerSpan, shorterSpan, arrangement
    /// Moves the cursor of the charts by so many steps.
    case cursor(Int)
    case nextPanel, previousPanel, nextModule, previousModule
    case move(Movement)
    case scrollLeft, scrollRight
    case openBrowser, copyAddress, copyNetatmoAddress, submit
    case redraw, suspend, quit
}
