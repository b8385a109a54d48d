import NIOCore

/// What a client may take of the server.
struct ConnectionLimits: Sendable, Hashable {
    /// How long a client may take for a request, or let an answer wait.
    var patience = TimeAmount.seconds(10)
    /// How long a connection is kept for the next request. Prometheus usually scrapes once a minute or more often.
    var idleTime = TimeAmount.seconds(75)
    /// How long a client may take to close a connection whose last answer has gone. Until then what it sends is read and thrown
    /// away: closing on bytes that the server has not read resets a connection, and an answer under way is lost with it (RFC 9112,
    /// section 9.6).
    var farewell = TimeAmount.seconds(2)
    var connectionsPerClient = 64
    var connectionsInAll = 512

    /// The largest body of a request, in bytes. A form with a refresh token and a key has some 300.
    static let longestBody = 8 << 10

    /// So many connections more are open for the moment that it takes to close those that are too many.
    static let connectionsToRefuse = 4
}

extension ConnectionLimits {
    /// The usual limits, or as many connections as the files allow that this process may have open. One client gets no more than
    /// half of those.
    init(_ files: OpenFiles) {
        connectionsInAll = min(connectionsInAll, files.freeForConnections)
        connectionsPerClient = min(connectionsPerClient, (connectionsInAll + 1) / 2)
    }
}
