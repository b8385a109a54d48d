/// A base and its modules.
package struct Station: Sendable, Hashable {
    /// Where a station stands.
    package struct Place: Sendable, Hashable {
        /// An IANA time zone, such as `Europe/Oslo`.
        package let timeZone: String?
        /// Two letters of ISO 3166.
        package let country: String?
        package let city: String?
        /// Metres above sea level.
        package let altitude: Double?

        package init(timeZone: String? = nil, country: String? = nil, city: String? = nil, altitude: Double? = nil) {
            self.timeZone = timeZone
            self.country = country
            self.city = city
            self.altitude = altitude
        }
    }

    /// The base. Its id is the station's.
    package let base: Device
    /// The modules, in NetAtmo's order.
    package let modules: [Device]
    package let name: String?
    package let homeName: String?
    package let homeID: String?
    package let place: Place?
    /// Whether it is another user's, kept as a favourite.
    package let isFavorite: Bool

    package init(
        base: Device, modules: [Device], name: String?, homeName: String?, homeID: String? = nil, place: Place? = nil,
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

    package var devices: [Device] {
        [base] + modules
    }

    /// The same station with each of its devices changed.
    func mapDevices(_ change: (Device) -> Device) -> Station {
        Station(
            base: change(base), modules: modules.map(change), name: name, homeName: homeName, homeID: homeID, place: place,
            isFavorite: isFavorite)
    }
}
