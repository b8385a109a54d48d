import EngineAPI
import FoundationEssentials
import OperatingSystem
import TerminalUI
import TestSupport
import Testing

@testable import Homes
@testable import Screen

@Suite("The rows of rooms")
struct RoomRowTests {
    private static let homes = RoomScenes.readings().roomStations
    private static func room(_ id: String) throws -> Device {
        try #require(homes.flatMap(\.devices).first { $0.id == id })
    }

    private static func words(_ id: String, columns: Int, _ symbols: Symbols = .unicode, units: Units = .metric, isStale: Bool = false)
        throws -> Line
    {
        let environment = ViewEnvironment(now: RoomScenes.now, time: .utc, symbols: symbols, units: units, staleAge: .seconds(3600))
        return RoomWords(environment: environment, isStale: isStale).line(of: try room(id), columns: columns)
    }

    @Test("stand behind the stations of their home, boilers last, and a home of rooms alone stands by itself")
    func order() {
        let list = RoomScenes.state().readings.list
        let titles = list.rows.map { row in
            switch row {
            case .home(let title, _): "# \(title)"
            case .station(let title): "## \(title)"
            case .device(let index): list.devices[index].module.title
            }
        }
        #expect(
            titles == [
                "# Fjord", "Living room", "Garden", "## Rooms", "Lounge", "Bedroom", "Bath", "Attic", "Hall", "Boiler", "# Cabin",
                "Kitchen",
            ])
        #expect(list.roomCount == 6 && list.moduleCount == 2)
    }

    @Test("say the setpoint first, then a window, the power, why, as far as there is room")
    func importance() throws {
        #expect(try Self.words("r2", columns: 60).text == " → 22.5° ▕██████▏ 100 %  manual until 19:18")
        #expect(try Self.words("r2", columns: 43).text == " → 22.5° ▕██████▏ 100 %  manual until 19:18")
        #expect(try Self.words("r2", columns: 42).text == " → 22.5° ▕██████▏ 100 %  manual")
        #expect(try Self.words("r2", columns: 31).text == " → 22.5° ▕██████▏ 100 %  manual")
        #expect(try Self.words("r2", columns: 30).text == " → 22.5° ▕██████▏  manual")
        #expect(try Self.words("r2", columns: 24).text == " → 22.5°  manual")
        #expect(try Self.words("r2", columns: 15).text == " → 22.5°")
        #expect(try Self.words("r2", columns: 3).text == "")
        #expect(try Self.words("r1", columns: 32).text == " → 21.0° ▕███▌░░▏  60 %", "that it is the schedule says least")
        #expect(try Self.words("r3", columns: 34).text == " →  7.0°  window open  frost guard")
        #expect(try Self.words("r3", columns: 33).text == " →  7.0°  window open")
        #expect(try Self.words("r3", columns: 22).text == " →  7.0°  window open")
    }

    @Test("are of ASCII, and in the user's units, where these are wanted")
    func forms() throws {
        #expect(try Self.words("r1", columns: 60, .ascii, units: .imperial).text == " > 69.8F [###...]  60 %  schedule")
        let styles = try Self.words("r1", columns: 60, isStale: true).spans.filter { !" ▕▏".contains($0.text) }.map(\.style.role)
        #expect(Set(styles) == [.muted], "what is stale stands back")
    }

    @Test("say of a boiler whether it burns, and its comfort boost")
    func boilers() {
        let environment = ViewEnvironment(now: RoomScenes.now, time: .utc, symbols: .unicode, units: .metric, staleAge: .seconds(3600))
        let words = RoomWords(environment: environment, isStale: false)
        let boilers = [(true, false), (false, false), (false, true)].map { Heating.Boiler(isOn: $0, hasComfortBoost: $1, relayID: "p") }
        #expect(boilers.map { words.line(of: $0).text } == ["● on", "○ off", "○ off  comfort boost"])
    }

    @Test("are found by a window that is open, and by their home")
    func search() {
        var list = RoomScenes.state().readings.list
        func found(_ text: String) -> [String] {
            list.arrange(by: ReadingsOrder(), matching: SearchQuery(text))
            return list.rows.indices.compactMap { list.device(atRow: $0)?.module.title }
        }
        #expect(found("window open") == ["Bath"])
        #expect(found("room cabin") == ["Kitchen"])
        #expect(found("unreachable") == ["Attic"])
        #expect(found("rooms").isEmpty, "the heading is ours")
    }

    @Test("sort among the modules: by temperature, by the room's worst battery, by the radio that is heard worst")
    func sorting() {
        var list = RoomScenes.state().readings.list
        func sorted(_ criterion: ReadingsOrder.Criterion) -> [String] {
            list.arrange(by: ReadingsOrder(criterion: criterion), matching: SearchQuery(""))
            return list.rows.indices.prefix(4).compactMap { list.device(atRow: $0)?.module.title }
        }
        #expect(sorted(.temperature) == ["Living room", "Lounge", "Bedroom", "Bath"])
        #expect(sorted(.battery) == ["Bath", "Bedroom", "Garden", "Lounge"])
        #expect(sorted(.radio) == ["Attic", "Bedroom", "Garden", "Lounge"])
    }

    @Test("are counted apart from modules, and what fails of them is said apart")
    func summary() {
        func summary(_ change: (inout EnergyReadings) -> Void) -> String {
            var readings = RoomScenes.readings()
            change(&readings)
            let state = RoomScenes.state(RoomScenes.snapshot(energy: readings))
            return ReadingsPanel(
                state: state.readings, data: state.snapshot.data, energy: state.snapshot.energy, chart: state.chart, isWide: false,
                focus: .readings, environment: state.environment
            ).summary
        }
        #expect(summary { _ in } == "2 modules · 6 rooms · 1 unreachable · 1 stale")
        let error = NetatmoError(.outage, status: 503, message: "")
        #expect(
            summary {
                $0.lastAttempt = .init(time: RoomScenes.now, duration: .seconds(1), error: error)
                $0.nextFetch = RoomScenes.now.addingTimeInterval(60)
            } == "2 modules · rooms failed, next 17:19:05 · 1 unreachable · 1 stale")
        #expect(summary { $0.isRefused = true } == "2 modules · rooms need a sign-in · 1 unreachable · 1 stale")
        #expect(summary { $0.homes = [] } == "2 modules")
    }

    @Test("that came before the stations leave the selection to the first row; once the user chose one it stays")
    func selection() {
        var state = RoomScenes.state(RoomScenes.snapshot(stations: []))
        #expect(state.readings.selectedDevice?.title == "Lounge")
        var chosen = state
        chosen.readings.move(.down, in: chosen.layout.readingsPlace)
        state.take(RoomScenes.snapshot())
        chosen.take(RoomScenes.snapshot())
        #expect(state.readings.selectedDevice?.title == "Living room")
        #expect(chosen.readings.selectedDevice?.title == "Bedroom")
        // Among stations nothing that comes later takes the selection away.
        state.take(RoomScenes.snapshot(stations: [ReadingScenes.cabin, RoomScenes.station]))
        #expect(state.readings.selectedDevice?.title == "Living room")
    }

    @Test("stand apart from modules of their name where no heading says which they are")
    func names() {
        var state = RoomScenes.state()
        state.readings.sort(by: ReadingsOrder(criterion: .name), in: state.layout.readingsPlace)
        let lines = state.frame.lines
        #expect(lines.contains { $0.contains("Kitchen room") } && lines.contains { $0.contains("Garden  ") })
    }

    @Test("in full are of their own home, whatever ids another one has")
    func sameIDs() throws {
        let twin = EnergyHome(
            id: "home-twin", name: "Twin", rooms: [RoomScenes.room("r1", "Loft", .init(temperature: 12, setpoint: 12))], devices: [],
            toldAt: RoomScenes.now)
        var state = RoomScenes.state(RoomScenes.snapshot(energy: RoomScenes.readings([RoomScenes.fjord, twin])))
        state.readings.move(.last, in: state.layout.readingsPlace)
        #expect(state.readings.selectedDevice?.title == "Loft")
        state.overlay = .module(ModuleState())
        let text = state.frame.lines.joined(separator: "\n")
        #expect(text.contains("Twin") && !text.contains("Thermostat t"))
    }

    @Test("are asked for again once the engine knows them")
    func unknownAtFirst() throws {
        var state = RoomScenes.state()
        let room = try Self.room("r1")
        state.chart.histories.noteAsked(room, scale: .day)
        state.chart.histories.take(.failure(.unknownDevice), of: room.id, scale: .day, at: state.now)
        #expect(!state.chart.histories.isWanted(room, scale: .day, at: state.now))
        state.takeReadings()
        #expect(state.chart.histories.isWanted(room, scale: .day, at: state.now))
    }

    @Test("are made anew when rooms alone are new")
    func news() {
        var state = RoomScenes.state()
        var readings = RoomScenes.readings()
        readings.homes = [RoomScenes.cabin]
        var snapshot = state.snapshot
        snapshot.energy = readings
        state.take(snapshot)
        #expect(state.readings.list.devices.map(\.module.title) == ["Living room", "Garden", "Kitchen"])
    }
}
