import Glibc

/// How many files this process may have open (`RLIMIT_NOFILE`), and how many it has. Each connection takes one.
package struct OpenFiles: Sendable, Hashable {
    /// How many it may have open.
    package let limit: Int
    /// How many it has open.
    package let count: Int

    /// Kept for the token file and its directory, the log, NetAtmo, the name service, and a child's pipes.
    package static let reserve = 24
    /// With fewer connections than that it would be no server.
    static let fewestConnections = 8
    /// As many as the most connections take, and what is open beside them.
    private static let wantedLimit = 1024

    /// Those of this process, now.
    package static var current: OpenFiles {
        var limits = rlimit()
        guard getrlimit(files, &limits) == 0 else { return OpenFiles(limit: wantedLimit, count: 0) }
        let limit = Int(clamping: limits.rlim_cur)
        return OpenFiles(limit: limit, count: (0..<Int32(min(limit, 4 * wantedLimit))).count { fcntl($0, F_GETFD) != -1 })
    }

    /// Raises this process's limit to what it needs at most, as far as it may.
    ///
    /// - Throws: ``TooFewOpenFiles`` where that is not enough.
    package static func raiseLimit(eventLoops: Int) throws(TooFewOpenFiles) {
        var limits = rlimit()
        if getrlimit(files, &limits) == 0, limits.rlim_cur < rlim_t(wantedLimit), limits.rlim_cur < limits.rlim_max {
            limits.rlim_cur = min(limits.rlim_max, rlim_t(wantedLimit))
            _ = setrlimit(files, &limits)
        }
        try current.requireEnough(eventLoops: eventLoops)
    }

    /// - Parameter eventLoops: So many are not running yet. Each takes three files.
    func requireEnough(eventLoops: Int) throws(TooFewOpenFiles) {
        let needed = count + 3 * eventLoops + 1 + Self.reserve + Self.fewestConnections
        if limit < needed { throw TooFewOpenFiles(limit: limit, needed: needed) }
    }

    /// How many connections may be open at once, so that there are files left for what matters more.
    package var freeForConnections: Int {
        max(limit - count - Self.reserve - ConnectionLimits.connectionsToRefuse, 1)
    }

    private static let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
}

/// This process may have too few files open to keep a token and serve clients.
package struct TooFewOpenFiles: Error, Sendable, Hashable, CustomStringConvertible {
    package let limit: Int
    package let needed: Int

    package var description: String {
        "this process may have only \(limit) files open, and needs \(needed) for the token, NetAtmo and a few connections: "
            + "raise the limit (ulimit -n, LimitNOFILE= of systemd)"
    }
}
