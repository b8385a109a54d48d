import NIOCore

/// What a client may take of the server.
struct ConnectionLimits: Sendable, Hashable {
    /// How long a client may take for a request, or let an answer wait.
    var patience = TimeAmount.seconds(10)
    /// How long a connection is kept for the next request. Prometheus usually scrapes once a minute or more often.
    var idleTime = TimeAmount.seconds(75)
    /// How many connections one client may have at once.
    var connectionsPerClient = 64
    /// How many connections there may be in all: fewer than the files that a process may usually have open.
    var connectionsInAll = 512
}
