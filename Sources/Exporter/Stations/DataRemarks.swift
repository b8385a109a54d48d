import FoundationEssentials
import Homes
import Netatmo

/// Something about fetched readings that their owner should know.
public enum DataRemark: Sendable, Hashable {
    /// These devices have times that lie ahead of this machine's clock, and are not used. All of them, and the names of some.
    case timesAhead(devices: Int, names: [String])
    /// NetAtmo's answer holds more devices than are taken.
    case devicesLeftOut(Int)
    /// The series of these devices would make `/metrics` too large.
    case seriesLeftOut(devices: Int)

    /// One line for the user.
    public var text: String {
        switch self {
        case .timesAhead(let devices, let names):
            "times ahead of this machine's clock are not used: \(names.joined(separator: ", "))"
                + (devices > names.count ? " and \(devices - names.count) more" : "")
        case .devicesLeftOut(let count):
            "\(count) modules beyond the first \(StationsData.mostDevices) are left out"
        case .seriesLeftOut(let devices):
            "\(devices) modules are left out of /metrics, which would be larger than \(MetricsBound.limit >> 20) MiB"
        }
    }
}

/// What is odd about fetched readings: it is mended, and told once as long as it lasts.
struct DataRemarks {
    /// Ids of the devices with times ahead.
    private var ahead: Set<String> = []
    private var told: Set<DataRemark> = []

    /// As many names as a line has room for.
    private static let mostNames = 3

    /// Takes out what can't be.
    ///
    /// - Returns: The readings that are to be used, and what is new to be told.
    mutating func check(_ fetched: FetchedStations, at now: Date) -> (fetched: FetchedStations, remarks: [DataRemark]) {
        var early: [Module] = []
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
        if mended.leftOut > 0 { lasting.insert(.devicesLeftOut(mended.leftOut)) }
        let unserved = LabelledDevice.leftOut(of: mended.stations)
        if unserved > 0 { lasting.insert(.seriesLeftOut(devices: unserved)) }
        remarks += lasting.subtracting(told)
        told = lasting
        return (mended, remarks)
    }
}
