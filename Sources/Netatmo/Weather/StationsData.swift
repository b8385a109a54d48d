package import Homes

/// The answer of `getstationsdata` and of `gethomecoachsdata`.
package struct StationsData: Sendable, Hashable, Decodable {
    /// The stations that could be read, in NetAtmo's order.
    package let stations: [Station]
    /// The units that the account's user prefers to see; `nil` where the answer does not say.
    package let preferences: Units?
    /// How the account's user prefers warmth to be told; `nil` where the answer does not say.
    package let warmFormula: FeltTemperature.WarmFormula?
    /// How many devices there were beyond ``mostDevices``.
    package let leftOut: Int

    /// As many devices are taken from an answer, stations and modules together.
    package static let mostDevices = DeviceBudget.most

    package init(
        stations: [Station], preferences: Units? = nil, warmFormula: FeltTemperature.WarmFormula? = nil, leftOut: Int = 0
    ) {
        self.stations = stations
        self.preferences = preferences
        self.warmFormula = warmFormula
        self.leftOut = leftOut
    }

    /// Reads the envelope; `body.devices` has to be an array, which may be empty.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        guard let body = container.object("body"), (try? body.nestedUnkeyedContainer(forKey: AnyKey(stringValue: "devices"))) != nil
        else { throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no body.devices")) }
        stations = body.elements("devices", as: StationAnswer.self).map(\.station)
        leftOut = decoder.deviceBudget?.leftOut ?? 0
        let user = body.object("user")?.value("administrative", as: UnitsAnswer.self)
        preferences = user?.units
        warmFormula = user?.warmFormula
    }
}
