/// Whose past is asked for, and what of it.
package struct HistorySubject: Sendable, Hashable {
    /// What the ids are of, and so which of NetAtmo's questions it is.
    package enum Kind: String, Sendable, Hashable, Codable {
        /// A device of a station, or a boiler by its relay and its thermostat (`getmeasure`).
        case device
        /// A room of a home (`getroommeasure`).
        case room
    }

    package let kind: Kind
    /// The id of the station's base, of the home coach or of the relay; of a room the id of its home.
    package let deviceID: String
    /// The id of the module, or of the room; `nil` for the base or the home coach itself.
    package let moduleID: String?
    /// What is asked for, in this order. Measures that NetAtmo keeps no past of don't belong here: extremes of a day, sums, and
    /// the health index.
    package let measures: [Measure]
    /// How finely.
    package let scale: HistoryScale

    package init(
        _ kind: Kind = .device, deviceID: String, moduleID: String?, measures: [Measure], scale: HistoryScale = .measurement
    ) {
        self.kind = kind
        self.deviceID = deviceID
        self.moduleID = moduleID
        self.measures = measures
        self.scale = scale
    }

    package init(room id: String, ofHome homeID: String, measures: [Measure], scale: HistoryScale = .measurement) {
        self.init(.room, deviceID: homeID, moduleID: id, measures: measures, scale: scale)
    }

    /// The same at another scale.
    package func at(_ scale: HistoryScale) -> HistorySubject {
        HistorySubject(kind, deviceID: deviceID, moduleID: moduleID, measures: measures, scale: scale)
    }

    /// The same with other measures.
    package func of(_ measures: [Measure]) -> HistorySubject {
        HistorySubject(kind, deviceID: deviceID, moduleID: moduleID, measures: measures, scale: scale)
    }

    /// Whether both are of the same device or room, whatever is asked of it.
    package func isOfSame(as other: HistorySubject) -> Bool {
        kind == other.kind && deviceID == other.deviceID && moduleID == other.moduleID
    }
}
