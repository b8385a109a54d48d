import EngineAPI
import FoundationEssentials
import Homes
import Netatmo

/// What is odd about fetched readings: it is mended, and told once as long as it lasts.
struct DataRemarks {
    /// What the user wants to be told of.
    private let alerts: [AlertRule]
    /// Ids of the devices with times ahead.
    private var ahead: Set<String> = []
    private var told: Set<DataRemark> = []

    /// As many names as a line has room for.
    private static let mostNames = 3

    init(alerts: [AlertRule] = []) {
        self.alerts = alerts
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
        lasting.formUnion(alertsWithoutModule(in: mended))
        remarks += lasting.subtracting(told)
        told = lasting
        return (mended, remarks)
    }

    /// An answer without the home coaches does not tell whether one of them is meant.
    private func alertsWithoutModule(in fetched: FetchedStations) -> Set<DataRemark> {
        guard fetched.homeCoachError == nil else {
            return told.filter { if case .alertsWithoutModule = $0 { true } else { false } }
        }
        let named = alerts.filter { $0.module != nil }
        let unknown = named.filter { rule in !fetched.stations.contains { $0.devices.contains(where: rule.isAbout) } }.compactMap(\.module)
        let names = unknown.enumerated().filter { !unknown[..<$0.offset].contains($0.element) }.map(\.element)
        return names.isEmpty ? [] : [.alertsWithoutModule(names: Array(names.prefix(Self.mostNames)))]
    }
}
