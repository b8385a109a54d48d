package import EngineAPI
package import Homes
package import Netatmo

/// What the exporter has to know before it starts.
package struct ExporterConfiguration: Sendable {
    /// Where it listens.
    package let address: ListenAddress
    /// How the user's browser reaches it, without a slash at its end; `nil` for this machine's loopback address.
    package let externalURL: String?
    /// Whether its own address takes TLS.
    package var servesTLS = false
    /// NetAtmo's address, without a slash at its end.
    package let apiURL: String
    /// The user's app at NetAtmo.
    package let credentials: ClientCredentials
    package let refreshInterval: Duration
    /// Readings older than this are stale.
    package let staleAge: Duration
    /// Whether `/debug/data` and `/debug/token` are there.
    package let debugHandlers: Bool
    /// Whether an expired token of the token file is renewed without being asked.
    package let renewExpired: Bool
    /// Whether the home coaches are fetched as well, which takes the scope `read_homecoach`.
    package let homeCoach: Bool
    /// Whether thermostats, valves and the rooms that they heat are fetched as well, which takes the scope `read_thermostat`.
    package let energy: Bool
    /// Whether stations of others that the user keeps as favourites are fetched as well.
    package let favorites: Bool
    /// What the user wants to be told of.
    package let alerts: [AlertRule]
    /// What is called with it, without a screen too; `nil` for nothing.
    package let notifyCommand: NotifyCommand?
    package let requestLimits: RequestLimits
    /// What `/version` says.
    package let build: BuildInformation

    package init(
        address: ListenAddress, externalURL: String?, apiURL: String, credentials: ClientCredentials, refreshInterval: Duration,
        staleAge: Duration, debugHandlers: Bool, renewExpired: Bool, homeCoach: Bool = false, energy: Bool = false, favorites: Bool = false,
        alerts: [AlertRule] = [], notifyCommand: NotifyCommand? = nil, requestLimits: RequestLimits = .netatmo, build: BuildInformation
    ) {
        self.address = address
        self.externalURL = externalURL
        self.apiURL = apiURL
        self.credentials = credentials
        self.refreshInterval = refreshInterval
        self.staleAge = staleAge
        self.debugHandlers = debugHandlers
        self.renewExpired = renewExpired
        self.homeCoach = homeCoach
        self.energy = energy
        self.favorites = favorites
        self.alerts = alerts
        self.notifyCommand = notifyCommand
        self.requestLimits = requestLimits
        self.build = build
    }

    /// What a user who signs in is asked to allow.
    var scopes: [Scope] {
        [.readStation] + (homeCoach ? [.readHomeCoach] : []) + (energy ? [.readThermostat] : [])
    }

    /// What `/api/status` and its readers have to know of it.
    package var status: StatusSettings {
        StatusSettings(build: build, refreshInterval: refreshInterval, staleAge: staleAge)
    }
}
