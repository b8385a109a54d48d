import EngineAPI
import Homes
import Synchronization

/// The names in the user's rules of which there is no module and no room. Stations and rooms are told of by two pollers: a name is unknown
/// once both were told and neither has it.
final class RuleNames: Sendable {
    private struct State {
        /// The names that no station has; `nil` before the stations are told.
        var inNoStation: [String]?
        /// The same of rooms.
        var inNoRoom: [String]?
        var told: [String] = []
    }

    private let rules: [AlertRule]
    private let state: Mutex<State>

    /// As many names as a line has room for.
    private static let mostNames = 3

    /// - Parameter hasRooms: Whether rooms are asked for, so that a name may be one of theirs.
    init(_ rules: [AlertRule], hasRooms: Bool = false) {
        self.rules = rules.filter { $0.module != nil }
        state = Mutex(State(inNoRoom: hasRooms ? nil : self.rules.compactMap(\.module)))
    }

    /// Takes note of the stations that there are; says what is new to be told.
    func note(stations: [Station]) -> DataRemark? {
        let unknown = names(in: stations)
        return state.withLock { state in
            state.inNoStation = unknown
            return news(&state)
        }
    }

    /// Takes note of the rooms that there are, as stations; says what is new to be told.
    func note(rooms: [Station]) -> DataRemark? {
        let unknown = names(in: rooms)
        return state.withLock { state in
            state.inNoRoom = unknown
            return news(&state)
        }
    }

    /// The names that none of these has.
    private func names(in stations: [Station]) -> [String] {
        rules.filter { rule in !stations.contains { $0.devices.contains(where: rule.isAbout) } }.compactMap(\.module)
    }

    private func news(_ state: inout State) -> DataRemark? {
        guard let inNoStation = state.inNoStation, let inNoRoom = state.inNoRoom else { return nil }
        let unknown = inNoStation.filter(inNoRoom.contains)
        let names = Array(unknown.enumerated().filter { !unknown[..<$0.offset].contains($0.element) }.map(\.element).prefix(Self.mostNames))
        defer { state.told = names }
        return names.isEmpty || names == state.told ? nil : .alertsWithoutModule(names: names)
    }
}
