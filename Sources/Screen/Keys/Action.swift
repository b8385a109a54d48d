/// What a key does.
enum Action: Sendable, Hashable {
    case signIn
    case fetch
    case renew
    case log
    case help
    case units
    case sort
    case reverseOrder
    case filter
    case open
    case nextMeasure
    case previousMeasure
    case longerSpan
    case shorterSpan
    case nextPanel
    case previousPanel
    case nextModule
    case previousModule
    case move(Movement)
    case scrollLeft
    case scrollRight
    case openBrowser
    case copyAddress
    case copyNetatmoAddress
    case submit
    case back
    case redraw
    case suspend
    case quit
}
