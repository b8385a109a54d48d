package import FoundationEssentials
package import Homes
import PrometheusMetrics

/// What of an account's past is wanted.
package struct ExportQuery: Sendable, Hashable {
    package let format: ExportFormat
    package let scale: HistoryScale
    package let start: Date
    /// The last moment that belongs to it.
    package let end: Date
    /// Names or ids, in any case; none for all.
    package let modules: [String]
    /// None for all.
    package let measures: Set<Measure>

    package init(
        format: ExportFormat, scale: HistoryScale, start: Date, end: Date, modules: [String] = [], measures: Set<Measure> = []
    ) {
        self.format = format
        self.scale = scale
        self.start = start
        self.end = end
        self.modules = modules
        self.measures = measures
    }

    /// Why an account does not have what is wanted.
    package enum Mismatch: Error, Sendable, Hashable {
        /// The account has no such module, but these.
        case unknownModule(String, known: [String])
        /// None of the modules measures one of these.
        case nothingMeasured
        /// The account has no module of its own.
        case noModules
    }

    /// Measures that NetAtmo keeps the past of.
    package static let measures: [Measure] = [
        .temperature, .humidity, .co2, .noise, .pressure, .windStrength, .windAngle, .gustStrength, .gustAngle, .rain,
    ]

    /// What is to be done for it.
    ///
    /// - Parameters:
    ///   - stations: Those of the account; favourites, which are others', have no past here.
    ///   - now: In whole seconds.
    package func order(of stations: [Station], at now: Date) throws(Mismatch) -> ExportOrder {
        let names = PastSeries.names(of: stations)
        let own = stations.filter { !$0.isFavorite }.flatMap { station in
            station.devices.compactMap { device -> (device: Device, exported: ExportedDevice)? in
                guard let name = names[device.id], let subject = HistorySubject(of: device, in: station) else { return nil }
                return (
                    device,
                    ExportedDevice(
                        home: name.home, module: name.module, station: name.station, subject: subject.at(scale), setUp: device.setUp)
                )
            }
        }
        guard !own.isEmpty else { throw .noModules }
        for module in modules where !own.contains(where: { $0.exported.isCalled(module, $0.device) }) {
            throw .unknownModule(module, known: own.map(\.exported.module))
        }
        let wanted = own.filter { device in
            modules.isEmpty || modules.contains { device.exported.isCalled($0, device.device) }
        }.compactMap { $0.exported.only(measures) }
        guard !wanted.isEmpty else { throw .nothingMeasured }
        return ExportOrder(format: format, scale: scale, start: start, end: end, orderedAt: now, devices: wanted)
    }
}

extension ExportedDevice {
    fileprivate func isCalled(_ name: String, _ device: Device) -> Bool {
        [module, subject.id, device.displayName, device.title].contains { $0.lowercased() == name.lowercased() }
    }

    /// With some of its measures alone; `nil` where it has none of them.
    fileprivate func only(_ measures: Set<Measure>) -> ExportedDevice? {
        guard !measures.isEmpty else { return self }
        let wanted = subject.measures.filter(measures.contains)
        guard !wanted.isEmpty else { return nil }
        let subject = HistorySubject(deviceID: subject.deviceID, moduleID: subject.moduleID, measures: wanted, scale: subject.scale)
        return ExportedDevice(home: home, module: module, station: station, subject: subject, setUp: setUp)
    }
}
