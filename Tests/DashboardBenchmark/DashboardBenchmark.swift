import CMemory
import EngineAPI
import FoundationEssentials
import Homes
import Screen
import OperatingSystem
import TerminalUI

/// Times what a frame costs beside the terminal, and weighs the history of a day.
@main
struct DashboardBenchmark {
    private static let start = Date(timeIntervalSince1970: 1_795_454_285)

    static func main() throws {
        for (size, goal) in [(Size(columns: 120, rows: 36), 1), (Size(columns: 500, rows: 200), 8)] {
            for modules in [6, 6000] {
                let milliseconds = frameTime(modules: modules, size: size)
                print("frame at \(size.columns)x\(size.rows) with \(modules) modules: \(rounded(milliseconds)) ms, goal \(goal)")
            }
        }
        print("frame at 120x36 with 500 rooms: \(rounded(frameTime(rooms: 500))) ms, goal 1")
        print("frame at 200x50 with the first look at a year of 6 modules: \(rounded(try yearTime())) ms, goal 20")
        try weighHistory()
        try timeToldStations()
    }

    /// The median of a second's frames, each with the countdown a second further on.
    private static func frameTime(modules: Int, size: Size) -> Double {
        var state = state(modules: modules, size: size)
        // A day of the modules whose charts can be seen.
        for module in state.snapshot.data.stations.prefix(1).flatMap(\.devices) {
            state.take(dayOfHistory(of: module), of: module, scale: .measurement)
        }
        return frameTime(of: state)
    }

    /// The same of rooms, each with a valve, and nothing else.
    private static func frameTime(rooms: Int) -> Double {
        var snapshot = snapshot(modules: 0, fetch: 0)
        snapshot.data.stations = []
        var energy = EnergyReadings()
        energy.homes = [home(rooms: rooms)]
        snapshot.energy = energy
        var state = DashboardState(
            snapshot: snapshot, now: start, size: Size(columns: 120, rows: 36), staleAge: .seconds(3600), time: .utc, symbols: .unicode)
        for module in energy.roomStations.flatMap({ $0.devices.prefix(1) }) {
            state.take(dayOfHistory(of: module), of: module, scale: .measurement)
        }
        return frameTime(of: state)
    }

    private static func home(rooms: Int) -> EnergyHome {
        let ids = (0..<rooms).map { "\($0)" }
        return EnergyHome(
            id: "home", name: "House",
            rooms: ids.map { id in
                let state = Room.State(isReachable: true, temperature: 20.4, setpoint: 21, mode: .schedule, heatingPower: 60)
                return Room(id: id, name: "Room \(id)", deviceIDs: ["v" + id], state: state)
            },
            devices: ids.map { EnergyDevice(id: "v" + $0, kind: .valve, name: nil, state: .init(batteryLevel: .high, radio: 70)) },
            toldAt: start)
    }

    private static func frameTime(of start: DashboardState) -> Double {
        var state = start
        var times: [Duration] = []
        for second in 1...101 {
            let clock = ContinuousClock()
            times.append(
                clock.measure {
                    state.tick(now: Self.start.addingTimeInterval(Double(second)))
                    blackHole(state.frame)
                }
            )
        }
        return times.sorted()[50] / .milliseconds(1)
    }

    /// The median of frames that each come with the daily values of a year of 6 modules, their charts beside each other.
    private static func yearTime() throws -> Double {
        let preferences = try JSONDecoder().decode(ScreenPreferences.self, from: Data(#"{"span":"1y","charts":"modules"}"#.utf8))
        var state = state(modules: 6, size: Size(columns: 200, rows: 50), preferences: preferences)
        let modules = state.snapshot.data.stations.flatMap(\.devices)
        let years = modules.map(yearOfHistory)
        let times = (1...51).map { _ in
            ContinuousClock().measure {
                for (module, year) in zip(modules, years) { state.take(year, of: module, scale: .day) }
                blackHole(state.frame)
            }
        }
        return times.sorted()[25] / .milliseconds(1)
    }

    /// A mean of each day with what it lies between.
    private static func yearOfHistory(of module: Device) -> MeasureHistory {
        var history = MeasureHistory(measures: module.historyMeasures)
        for day in 0...365 {
            let time = start.addingTimeInterval(Double(day - 365) * 86_400)
            let value = { (measure: Measure) in (measure == .co2 ? 600 : 10) + Double(abs(day % 120 - 60)) / 6 }
            history.append(at: time, value) { $1 == .least ? value($0) - 4 : $1 == .greatest ? value($0) + 6 : nil }
        }
        return history
    }

    private static func dayOfHistory(of module: Device) -> MeasureHistory {
        var history = MeasureHistory(measures: module.historyMeasures)
        for step in 0...288 {
            history.append(at: start.addingTimeInterval(Double(step - 288) * 300)) { measure in
                let wave = Double(abs(step % 96 - 48)) / 48 + Double(step * 7 % 11) / 40
                return measure == .co2 ? 400 + wave * 900 : 5 + wave * 30
            }
        }
        return history
    }

    /// What each side of a control socket does for an answer of NetAtmo's with 6,000 modules, step by step.
    private static func timeToldStations() throws {
        let stations = snapshot(modules: 6000, fetch: 1).data.stations
        let told = ToldStations(stations)
        let json = told.numbersJSON()
        let update = Data(#"{"now":"2026-11-23T17:18:05Z","readings":"#.utf8 + json + "}".utf8)
        var state = state(modules: 6000, size: Size(columns: 200, rows: 50))
        var fetch = 1
        let steps: [(String, () throws -> Void)] = [
            ("told", { blackHole(ToldStations(stations)) }),
            ("compared", { blackHole(ToldStations(stations).stations == told.stations) }),
            ("encoded", { blackHole(told.numbersJSON()) }),
            ("decoded", { blackHole(try JSONDecoder.status().decode(StateUpdate.self, from: update)) }),
            ("joined", { blackHole(ToldStation.stations(told.stations, numbers: told.numbers)) }),
            (
                "taken by the screen",
                {
                    fetch += 1
                    state.take(snapshot(modules: 6000, fetch: fetch))
                    blackHole(state.frame)
                }
            ),
            (
                "(made)",
                {
                    fetch += 1; blackHole(snapshot(modules: 6000, fetch: fetch))
                }
            ),
        ]
        for (name, step) in steps {
            let times = try (0..<11).map { _ in try ContinuousClock().measure(step) }
            print("6,000 modules \(name): \(rounded(times.sorted()[5] / .milliseconds(1))) ms, \(json.count / 1024) kB")
        }
    }

    private static func weighHistory() throws {
        var state = state(modules: 6000, size: Size(columns: 120, rows: 36))
        cmemory_trim()
        let before = try resident()
        for fetch in 1...288 {
            state.take(snapshot(modules: 6000, fetch: fetch))
            // As the program does.
            cmemory_trim()
        }
        let after = try resident()
        blackHole(state.frame)
        print("history of a day: \(rounded(Double(after - before) / 1024)) MB")
    }

    private static func state(modules: Int, size: Size, preferences: ScreenPreferences = ScreenPreferences()) -> DashboardState {
        DashboardState(
            snapshot: snapshot(modules: modules, fetch: 0), now: start, size: size, staleAge: .seconds(3600), time: .utc, symbols: .unicode,
            preferences: preferences)
    }

    /// Stations of a base and five modules, measured each five minutes.
    private static func snapshot(modules: Int, fetch: Int) -> Snapshot {
        let time = start.addingTimeInterval(Double(fetch * 300))
        let stations = (0..<max(1, modules / 6)).map { station in
            let devices = (0..<6).map { device in
                let values: MeasureTable<Double> = [
                    .temperature: Double((station + device * 7 + fetch) % 300) / 10, .humidity: Double((station + fetch) % 60 + 20),
                    .co2: Double((station * 13 + fetch) % 1500 + 400), .noise: 37, .pressure: 1013.2,
                ]
                return Device(
                    id: "70:ee:50:\(station):\(device)", kind: device == 0 ? .base : .indoor, name: "Room \(device)",
                    readings: Readings(time: time, values: values, trends: [.temperature: .up])
                )
            }
            return Station(base: devices[0], modules: Array(devices.dropFirst()), name: "Station \(station)", homeName: "Home \(station)")
        }
        let token = TokenStatus(
            possession: .token(expiry: start.addingTimeInterval(9667), lifetime: 10_800, renewsAt: start.addingTimeInterval(9067)))
        return Snapshot(token: token, data: DataStatus(stations: stations, fetchedAt: time))
    }

    /// This process's memory in kB.
    private static func resident() throws -> Int {
        let status = try LocalFileSystem().contents(of: "/proc/self/status", limit: 1 << 16) ?? []
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    private static func rounded(_ number: Double) -> Double {
        (number * 1000).rounded() / 1000
    }

    @inline(never)
    private static func blackHole<Value>(_ value: Value) {
        withExtendedLifetime(value) {}
    }
}
