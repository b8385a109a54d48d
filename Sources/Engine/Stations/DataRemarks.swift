import EngineAPI
import FoundationEssentials
import Homes
import Netatmo

/// What is odd about fetched readings: it is mended, and told once as long as it lasts.
struct DataRemarks {
    private let names: RuleNames
    /// Ids of the devices with times ahead.
    private var ahead: Set<String> = []
    private var told: Set<DataRemark> = []

    /// As many names as a line has room for.
    private static let mostNames = 3

    /// - Parameter names: Those of the user's rules.
    init(names: RuleNames = RuleNames([])) {
        self.names = names
    }

    /// Takes out what can't be; says what is new to be told.
    mutating func check(_ fetched: FetchedStations, at now: Date) -> (fetched: FetchedStations, remarks: [DataRemark]) {
        var early: [Device] = []
        let mended = fetched.mapStations { station in
            let (station, devices) = station.withoutFutureTimes(at: now)
            early += devices
            return station
        }
        let new = early.filter { !ahead.contains($0.id) }
        ahead = Set(early.map(\.id))
        var remarks: [DataRemark] = []
        if !new.isEmpty { remarks.append(.timesAhead(devices: new.count, names: new.prefix(Self.mostNames).map(\.displayName))) }
        var lasting: Set<DataRemark> = []
        if mended.leftOut > 0 { lasting.insert(.devicesLeftOut(mended.leftOut, most: StationsData.mostDevices)) }
        remarks += lasting.subtracting(told)
        told = lasting
        // An answer without the home coaches does not tell whether one of them is meant.
        if mended.homeCoachError == nil, let remark = names.note(stations: mended.stations) { remarks.append(remark) }
        return (mended, remarks)
    }
}
