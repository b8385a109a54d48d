import Homes
import PrometheusMetrics

extension ExportQuery {
    /// The word for all rooms and boilers.
    package static let allRooms = "all"

    /// The rooms and boilers that are wanted, home by home.
    ///
    /// - Parameter homes: `nil` where the engine does not ask for them.
    func exportedRooms(of homes: [EnergyHome]?) throws(Mismatch) -> [ExportedDevice] {
        guard let homes else { throw .noEnergy }
        let all = zip(homes, PastSeries.names(ofRoomsIn: homes)).flatMap { home, names in
            (home.roomStation.map { [$0] } ?? []).flatMap { station in
                station.devices.compactMap { NamedRoom($0, in: station, names: names, scale: scale) }
            }
        }
        guard !all.isEmpty else { throw .noRooms }
        for room in rooms where !all.contains(where: { $0.isCalled(room) }) {
            throw .unknownRoom(room, known: NamedRoom.distinctNames(of: all))
        }
        return all.filter { room in rooms.contains(where: room.isCalled) }.map(\.exported)
    }
}

/// A room or boiler with all that it may be asked for by.
private struct NamedRoom {
    let exported: ExportedDevice
    /// What it is called on the screen, which for a boiler is no device's name.
    let name: String
    private let words: Set<String>

    /// - Parameter names: What the rooms of its home are called in series.
    init?(_ device: Device, in station: Station, names: PastSeries.RoomNames, scale: HistoryScale) {
        let label = device.kind == .room ? names.rooms[device.id] : names.boilers[device.id]
        guard let label, let subject = HistorySubject(of: device, in: station) else { return nil }
        exported = ExportedDevice(home: names.home, module: label, station: "", subject: subject.at(scale), setUp: device.setUp)
        name = device.kind == .room ? label : device.displayName
        let own = [name, label, device.displayName]
        words = Set((own + own.map { "\(names.home)/\($0)" } + [device.id, ExportQuery.allRooms]).map { $0.lowercased() })
    }

    func isCalled(_ word: String) -> Bool { words.contains(word.lowercased()) }

    /// A name of each: with its home before it where another home has one of that name.
    static func distinctNames(of rooms: [NamedRoom]) -> [String] {
        let counts = Dictionary(rooms.map { ($0.name.lowercased(), 1) }, uniquingKeysWith: +)
        return rooms.map { counts[$0.name.lowercased()] == 1 ? $0.name : "\($0.exported.home)/\($0.name)" }
    }
}
