import Logging
import NIOCore
import OperatingSystem
import WebSecurity

/// What a web configuration puts into each connection.
struct ConnectionAccess: Sendable {
    private let protection: WebProtection
    private let refusals: AccessRefusals
    private let log: Logger

    init(_ protection: WebProtection, log: Logger, clock: any WallClock) {
        self.protection = protection
        self.log = log
        refusals = AccessRefusals(logger: log, clock: clock)
    }

    var servesTLS: Bool { protection.servesTLS }

    /// What stands before all that reads HTTP, the socket's side first.
    var transport: [any ChannelHandler] { protection.tls?.handlers(log: log) ?? [] }

    /// What stands before all that answers.
    ///
    /// - Parameter client: Whom the connection is counted for.
    func gate(client: String) -> AccessGate {
        AccessGate(passwords: protection.passwords, client: client, refusals: refusals)
    }
}
