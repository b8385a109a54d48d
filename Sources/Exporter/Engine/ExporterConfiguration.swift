public import Netatmo

/// What the exporter has to know before it starts.
public struct ExporterConfiguration: Sendable {
    /// Where it listens.
    public let address: ListenAddress
    /// How the user's browser reaches it, without a slash at its end; `nil` for this machine's loopback address.
    public let externalURL: String?
    /// NetAtmo's address, without a slash at its end.
    public let apiURL: String
    /// The user's app at NetAtmo.
    public let credentials: ClientCredentials
    /// How often the readings are fetched.
    public let refreshInterval: Duration
    /// Readings older than this are stale.
    public let staleAge: Duration
    /// Whether `/debug/data` and `/debug/token` are there.
    public let debugHandlers: Bool
    /// Whether an expired token of the token file is renewed without being asked.
    public let renewExpired: Bool
    /// What `/version` says.
    public let build: BuildInformation

    /// Creates a configuration.
    public init(
        address: ListenAddress, externalURL: String?, apiURL: String, credentials: ClientCredentials, refreshInterval: Duration,
        staleAge: Duration, debugHandlers: Bool, renewExpired: Bool, build: BuildInformation
    ) {
        self.address = address
        self.externalURL = externalURL
        self.apiURL = apiURL
        self.credentials = credentials
        self.refreshInterval = refreshInterval
        self.staleAge = staleAge
        self.debugHandlers = debugHandlers
        self.renewExpired = renewExpired
        self.build = build
    }
}
