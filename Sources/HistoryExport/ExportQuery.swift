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
    /// Names or ids, in any case; none for all, or where there are rooms for none.
    package let modules: [String]
    /// Names or ids of rooms and boilers, in any case, or `all`; none for none.
    package let rooms: [String]
    /// None for all.
    package let measures: Set<Measure>

    package init(
        format: ExportFormat, scale: HistoryScale, start: Date, end: Date, modules: [String] = [], rooms: [String] = [],
        measures: Set<Measure> = []
    ) {
        self.format = format
        self.scale = scale
        self.start = start
        self.end = end
        self.modules = modules
        self.rooms = rooms
        self.measures = measures
    }

    /// Why an account does not have what is wanted.
    package enum Mismatch: Error, Sendable, Hashable {
        /// The account has no such module, but these.
        case unknownModule(String, known: [String])
        /// Rooms are wanted, and the engine asks for none.
        case noEnergy
        /// The account has no such room or boiler, but these.
        case unknownRoom(String, known: [String])
        /// None of what is wanted measures one of these.
        case nothingMeasured
        /// The account has no module of its own.
        case noModules
        /// The account has no room.
        case noRooms
    }

    package var wantsModules: Bool { rooms.isEmpty || !modules.isEmpty }
    package var wantsRooms: Bool { !rooms.isEmpty }

    /// Measures that NetAtmo keeps the past of, of modules.
    package static let measures: [Measure] = [
        .temperature, .humidity, .co2, .noise, .pressure, .windStrength, .windAngle, .gustStrength, .gustAngle, .rain,
    ]

    /// What it keeps beside, of rooms and boilers.
    package static let heatingMeasures: [Measure] = [.setpoint, .boilerMinutes]

    /// What is to be done for it.
    ///
    /// - Parameters:
    ///   - stations: Those of the account; favourites, which are others', have no past here.
    ///   - homes: Those of Energy; `nil` where the engine does not ask for them.
    ///   - now: In whole seconds.
    package func order(of stations: [Station], homes: [EnergyHome]? = nil, at now: Date) throws(Mismatch) -> ExportOrder {
        var devices: [ExportedDevice] = []
        if wantsModules { devices += try exportedModules(of: stations) }
        if wantsRooms { devices += try exportedRooms(of: homes) }
        let wanted = devices.compactMap { $0.only(measures) }
        guard !wanted.isEmpty else { throw .nothingMeasured }
        return ExportOrder(format: format, scale: scale, start: start, end: end, orderedAt: now, devices: wanted)
    }

    private func exportedModules(of stations: [Station]) throws(Mismatch) -> [ExportedDevice] {
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
        return own.filter { device in
            modules.isEmpty || modules.contains { device.exported.isCalled($0, device.device) }
        }.map(\.exported)
    }
}

extension ExportedDevice {
    fileprivate func isCalled(_ name: String, _ device: Device) -> Bool {
        [module, subject.id, device.displayName, device.title].contains { $0.lowercased() == name.lowercased() }
    }

    /// With some of its measures alone, or all, as far as they have a past; `nil` where it has none of them.
    fileprivate func only(_ measures: Set<Measure>) -> ExportedDevice? {
        let wanted = subject.keptMeasures.filter { measures.isEmpty || measures.contains($0) }
        guard !wanted.isEmpty else { return nil }
        return ExportedDevice(home: home, module: module, station: station, subject: subject.of(wanted), setUp: setUp)
    }
}
