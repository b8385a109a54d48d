import TerminalUI

/// What the user filters the readings by.
struct ReadingsFilter: Sendable, Hashable {
    var field = TextField(limit: 60)
    /// Whether keys go to the text.
    var isTyping = false

    /// Whether everything shows.
    var isEmpty: Bool { query.isEmpty }
    /// What is searched for.
    var query: SearchQuery { SearchQuery(field.text) }
}
