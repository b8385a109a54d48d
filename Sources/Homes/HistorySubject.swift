/// Whose past is asked for, and what of it.
package struct HistorySubject: Sendable, Hashable {
    /// The id of the station's base, or of the home coach.
    package let deviceID: String
    /// The id of the module; `nil` for the base or the home coach itself.
    package let moduleID: String?
    /// What is asked for, in this order. Measures that NetAtmo keeps no past of don't belong here: extremes of a day, sums, and
    /// the health index.
    package let measures: [Measure]
    /// How finely.
    package let scale: HistoryScale

    package init(deviceID: String, moduleID: String?, measures: [Measure], scale: HistoryScale = .measurement) {
        self.deviceID = deviceID
        self.moduleID = moduleID
        self.measures = measures
        self.scale = scale
    }

    /// The same at another scale.
    package func at(_ scale: HistoryScale) -> HistorySubject {
        HistorySubject(deviceID: deviceID, moduleID: moduleID, measures: measures, scale: scale)
    }
}
