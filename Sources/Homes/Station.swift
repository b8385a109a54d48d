/// A base and its modules.
public struct Station: Sendable, Hashable {
    /// Where a station stands.
    public struct Place: Sendable, Hashable {
        /// An IANA time zone, such as `Europe/Oslo`.
        public let timeZone: String?
        /// Two letters of ISO 3166.
        public let country: String?
        /// The town.
        public let city: String?
        /// Metres above sea level.
        public let altitude: Double?

        /// Creates a place; what is left out is not known.
        public init(timeZone: String? = nil, country: String? = nil, city: String? = nil, altitude: Double? = nil) {
            self.timeZone = timeZone
            self.country = country
            self.city = city
            self.altitude = altitude
        }
    }

    /// The base. Its id is the station's.
    public let base: Module
    /// The modules, in NetAtmo's order.
    public let modules: [Module]
    /// The station's name; NetAtmo may leave it out.
    public let name: String?
    /// The name of the home it belongs to.
    public let homeName: String?
    /// The id of that home.
    public let homeID: String?
    /// Where it stands.
    public let place: Place?
    /// Whether it is somebody else's, kept as a favourite.
    public let isFavorite: Bool

    /// Creates a station.
    public init(
        base: Module, modules: [Module], name: String?, homeName: String?, homeID: String? = nil, place: Place? = nil,
        isFavorite: Bool = false
    ) {
        self.base = base
        self.modules = modules
        self.name = name
        self.homeName = homeName
        self.homeID = homeID
        self.place = place
        self.isFavorite = isFavorite
    }

    /// The base, then its modules.
    public var devices: [Module] {
        [base] + modules
    }
}
