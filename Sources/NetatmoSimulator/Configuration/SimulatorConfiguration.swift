/// What a simulated NetAtmo looks like and how it behaves.
///
/// Every property has a default, so `SimulatorConfiguration()` is the NetAtmo that the demo shows.
package struct SimulatorConfiguration: Sendable {
    package static let defaultClientID = "simulator-client"
    package static let defaultClientSecret = "simulator-secret"

    /// Decides the weather, and with ``TokenRandomness/seeded`` the tokens too: the same seed gives the same values.
    package var seed: UInt64
    /// How long an access token works. NetAtmo's is 3 hours. Whole seconds, at least one.
    package var tokenLifetime: Duration
    /// How long an authorization code waits to be exchanged. Whole seconds, at least one.
    package var codeLifetime: Duration
    /// The only client ID that sign-in and token endpoint accept.
    package var clientID: String
    package var clientSecret: String
    /// `nil` for the two standard homes with their heating, two home coaches and the guest's station.
    ///
    /// A number asks for that many measuring units in all, base stations included, for load tests: groups of a base and five modules,
    /// all reachable, all named, and no home coach. 6, 600 and 6000 make 1, 100 and 1000 full bases, and as many heated rooms with a
    /// valve each in the first of the homes. Negative counts as 0.
    package var moduleCount: Int?
    /// How often a simulated sensor takes a new value. NetAtmo's do every 5 minutes. Whole seconds, at least one.
    package var measureInterval: Duration
    /// Whether the limits of 50 requests in 10 s and 500 in an hour hold. Switch off for load tests.
    package var enforcesRequestLimits: Bool
    /// Whether the user has a favourite: a guest's station, marked `favorite` and `read_only`, for those who ask with `get_favorites=true`.
    package var includesFavorite: Bool
    /// The units that the user likes to see, told with the stations. Values are metric whatever it says.
    package var displayUnits: DisplayUnits
    /// Whether the account's devices are hostile in place of the standard ones: names that try to break out of labels, pages and
    /// terminals, types that contradict the documentation, values that can't be. For tests of what clients make of it.
    package var isHostile: Bool
    package var tokenRandomness: TokenRandomness
    /// How many requests ``SimulatedNetatmo/requests`` remembers, at least one. The oldest go first.
    package var recordCapacity: Int

    package init(
        seed: UInt64 = 1, tokenLifetime: Duration = .seconds(10_800), codeLifetime: Duration = .seconds(60),
        clientID: String = Self.defaultClientID, clientSecret: String = Self.defaultClientSecret, moduleCount: Int? = nil,
        measureInterval: Duration = .seconds(300), enforcesRequestLimits: Bool = true, includesFavorite: Bool = true,
        displayUnits: DisplayUnits = DisplayUnits(), isHostile: Bool = false, tokenRandomness: TokenRandomness = .system,
        recordCapacity: Int = 1000
    ) {
        self.seed = seed
        self.tokenLifetime = tokenLifetime
        self.codeLifetime = codeLifetime
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.moduleCount = moduleCount
        self.measureInterval = measureInterval
        self.enforcesRequestLimits = enforcesRequestLimits
        self.includesFavorite = includesFavorite
        self.displayUnits = displayUnits
        self.isHostile = isHostile
        self.tokenRandomness = tokenRandomness
        self.recordCapacity = recordCapacity
    }
}

/// The units that an account's user likes to see, as NetAtmo's numbers.
package struct DisplayUnits: Sendable, Hashable {
    /// 0 metric, 1 imperial.
    package var system: Int
    /// 0 km/h, 1 mph, 2 m/s, 3 Beaufort, 4 knot.
    package var wind: Int
    /// 0 mbar, 1 inHg, 2 mmHg.
    package var pressure: Int

    package init(system: Int = 0, wind: Int = 0, pressure: Int = 0) {
        self.system = system
        self.wind = wind
        self.pressure = pressure
    }
}

/// Where the characters of tokens and codes come from.
package enum TokenRandomness: Sendable {
    /// The operating system: they can't be guessed.
    case system
    /// ``SimulatorConfiguration/seed``: the same in each run, for tests.
    case seeded

    func makeGenerator(seed: UInt64) -> any RandomNumberGenerator & Sendable {
        switch self {
        case .system: SystemRandomNumberGenerator()
        case .seeded: SplitMix64(state: seed)
        }
    }
}
