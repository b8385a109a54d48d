package import Homes

/// The answer of `homesdata`.
package struct HomesData: Sendable, Hashable, Decodable {
    /// The homes that Energy heats or cools, in NetAtmo's order; those with nothing but weather stations, cameras and the like are none.
    package let homes: [EnergyHome]
    /// The units that the account's user prefers to see; `nil` where the answer does not say.
    package let preferences: Units?
    /// How many rooms and devices there were beyond those that are taken.
    package let leftOut: Int

    package init(homes: [EnergyHome], preferences: Units? = nil, leftOut: Int = 0) {
        self.homes = homes
        self.preferences = preferences
        self.leftOut = leftOut
    }

    /// Reads the envelope; there has to be a body, which may be empty.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        guard let body = container.object("body") else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no body"))
        }
        homes = body.elements("homes", as: HomeAnswer.self, limit: HomeAnswer.mostHomes).map(\.home).filter { !$0.devices.isEmpty }
        preferences = body.value("user", as: EnergyUnitsAnswer.self)?.units
        leftOut = decoder.deviceBudget?.leftOut ?? 0
    }
}

/// What the account's user prefers to see, under the names that `homesdata` has for it.
private struct EnergyUnitsAnswer: Decodable {
    let units: Units?

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        let isTold = ["unit_system", "unit_wind", "unit_pressure"].contains { container.integer($0) != nil }
        units =
            isTold
            ? Units(
                system: container.integer("unit_system"), wind: container.integer("unit_wind"), pressure: container.integer("unit_pressure")
            )
            : nil
    }
}
