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

extension Station: Decodable {
    /// Reads a device; only `_id` has to be there.
    public init(from decoder: any Decoder) throws {
        base = try Module(from: decoder)
        let container = try decoder.container(keyedBy: AnyKey.self)
        modules = container.elements("modules", as: Module.self)
        name = container.name("station_name") ?? container.name("name")
        homeName = container.name("home_name")
        homeID = container.name("home_id")
        isFavorite = container.flag("favorite") ?? false
        place = container.value("place", as: Place.self)
    }
}

extension Station.Place: Decodable {
    /// Reads what there is.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        timeZone = container.name("timezone")
        country = container.name("country")
        city = container.name("city")
        altitude = container.number("altitude")
    }
}

/// The answer of `getstationsdata` and of `gethomecoachsdata`.
public struct StationsData: Sendable, Hashable, Decodable {
    /// The stations that could be read, in NetAtmo's order.
    public let stations: [Station]
    /// The units that the account's user prefers to see; `nil` where the answer does not say.
    public let preferences: Units?
    /// How many devices there were beyond ``mostDevices``.
    public let leftOut: Int

    /// As many devices are taken from an answer, stations and modules together.
    public static let mostDevices = 20_000

    /// Creates an answer.
    public init(stations: [Station], preferences: Units? = nil, leftOut: Int = 0) {
        self.stations = stations
        self.preferences = preferences
        self.leftOut = leftOut
    }

    /// Reads the envelope; `body.devices` has to be an array, which may be empty.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        guard let body = container.object("body"), (try? body.nestedUnkeyedContainer(forKey: AnyKey(stringValue: "devices"))) != nil
        else { throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no body.devices")) }
        stations = body.elements("devices", as: Station.self)
        leftOut = decoder.deviceBudget?.leftOut ?? 0
        preferences = body.object("user")?.value("administrative", as: Units.self)
    }
}
