package import FoundationEssentials

/// All that is to be shown, at one moment: the screen, the metrics and the web pages read the same.
package struct Snapshot: Sendable {
    package var token: TokenStatus
    package var data: DataStatus
    /// What happened, oldest first.
    package var events: [Event]
    package var exporter: ExporterStatus
    /// The sign-in that is under way, or the last one.
    package var signIn: SignInStatus

    /// Creates a snapshot; without arguments, the one before anything happened.
    package init(
        token: TokenStatus = TokenStatus(), data: DataStatus = DataStatus(), events: [Event] = [],
        exporter: ExporterStatus = .starting, signIn: SignInStatus = .idle
    ) {
        self.token = token
        self.data = data
        self.events = events
        self.exporter = exporter
        self.signIn = signIn
    }
}

/// Whether the exporter can be reached.
package enum ExporterStatus: Sendable, Hashable {
    case starting
    /// It answers under that port of the listen address.
    case listening(address: String, port: Int)

    /// The port where none is asked for: netatmo-exporter's.
    package static let defaultPort = 9210

    /// The port that it answers under, or will as far as is known.
    package var port: Int {
        if case .listening(_, let port) = self { port } else { Self.defaultPort }
    }
}

/// How far a sign-in is.
package enum SignInStatus: Sendable, Hashable {
    case idle
    /// The address was given out; no browser opened it yet.
    case offered(expires: Date)
    /// A browser was sent to NetAtmo.
    case waitingForNetatmo(since: Date)
    /// NetAtmo's answer, or a pasted token, is being exchanged for a pair of tokens.
    case exchanging
    /// Done: the token works until then.
    case succeeded(until: Date)
    /// It failed; what the reason is, and what to do.
    case failed(reason: String)
}
