import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import EngineAPI
@testable import Homes
@testable import Screen

@Suite("The charts' state")
struct ChartStateTests {
    @Test("has a curve of each module at once from what the engine has kept, before what was read since, thinned to what is kept here")
    func keptHistories() throws {
        var state = Scenes.state()
        let modules = state.snapshot.data.stations.flatMap(\.devices)
        let outdoor = try #require(modules.first { $0.kind == .outdoor })
        let measure = try #require(outdoor.mainMeasure)
        #expect(state.keptHistoriesEffect() == .keptHistories)
        #expect(state.keptHistoriesEffect() == nil, "not while it is asked")
        let latest = try #require(outdoor.readings?.time)
        var history = MeasureHistory(measures: outdoor.historyMeasures)
        for step in -300...10 { history.append(at: latest.addingTimeInterval(Double(step) * 240)) { _ in Double(step) } }
        #expect(state.chart.curve(of: outdoor, count: 50, at: Scenes.now).compactMap(\.self).count == 1)
        state.take(.keptHistories([outdoor.id: history, "of no module": history]))
        let points = state.chart.live.points(of: outdoor)
        // The one that was read stays the last; what the engine kept of times behind it is no news.
        #expect(points.last?.value == outdoor.readings?[measure] && points.last?.time == latest)
        #expect(points.dropLast().map(\.value) == stride(from: -299, through: -1, by: 2).map(Double.init))
        #expect(state.chart.live.hasCurves)
    }

    private let base = SampleStations.fjord.base
    private let outage = HistoryError.failed(Scenes.outage, next: Scenes.now.addingTimeInterval(60))

    /// The state with the first module selected, so much later.
    private func later(_ seconds: TimeInterval, _ state: inout DashboardState) -> Effect? {
        state.tick(now: Scenes.now.addingTimeInterval(seconds))
        return state.chartEffect()
    }

    private var asked: Effect {
        .history(HistorySubject(deviceID: base.id, moduleID: nil, measures: [.temperature, .co2, .humidity, .noise, .pressure]))
    }

    @Test("a chart that shows for 0.3 s asks, once")
    func asks() {
        var state = Scenes.state()
        #expect(state.chartEffect() == .look(at: Scenes.now.addingTimeInterval(0.3)))
        #expect(later(0.2, &state) == nil)
        #expect(later(0.3, &state) == asked)
        #expect(later(1, &state) == nil)
        #expect(later(100, &state) == nil)
    }

    @Test("a chart that could not ask while the connection was lost asks by itself once it is back, and for what the engine has kept too")
    func connectionLost() {
        var snapshot = Scenes.snapshot()
        let engine = EngineDescription(
            command: "serve", processID: 812, build: BuildInformation(version: "1", commit: "c"), staleAge: .seconds(3600),
            refreshInterval: .seconds(480), tokenFile: "/t")
        snapshot.connection = .attached(engine)
        var state = Scenes.state(snapshot)
        #expect(state.keptHistoriesEffect() == .keptHistories)
        _ = state.chartEffect()
        snapshot.connection = .lost(engine, since: Scenes.now, .ended)
        state.take(snapshot)
        #expect(later(1, &state) == asked)
        state.take(.history(.failure(.unreachable), of: HistorySubject(deviceID: base.id, moduleID: nil, measures: [.co2])))
        #expect(later(2, &state) == nil)
        #expect(state.frame.lines.contains { $0.contains("No history yet: the service does not answer") })
        snapshot.connection = .attached(engine)
        state.take(snapshot)
        #expect(later(3, &state) == asked)
        #expect(state.frame.lines.contains { $0.contains("Asking NetAtmo for the past") })
        #expect(state.keptHistoriesEffect() == .keptHistories)
        // Why NetAtmo gave none is no matter of the connection.
        state.take(.history(.failure(outage), of: HistorySubject(deviceID: base.id, moduleID: nil, measures: [.co2])))
        snapshot.connection = .lost(engine, since: Scenes.now, .ended)
        state.take(snapshot)
        snapshot.connection = .attached(engine)
        state.take(snapshot)
        #expect(later(4, &state) == nil)
    }

    @Test("a selection that moves on asks for the module where it stays")
    func moves() {
        var state = Scenes.state()
        var effects: [Effect?] = [state.chartEffect()]
        for step in 1...3 {
            _ = state.handle(.key(.down))
            effects.append(later(Double(step) * 0.2, &state))
        }
        effects.append(later(0.9, &state))
        let looks = effects.compactMap { effect in if case .look = effect { true } else { nil } }
        #expect(looks.count == 4)
        let wind = HistorySubject(
            deviceID: base.id, moduleID: "06:00:00:00:00:13", measures: [.windStrength, .windAngle, .gustStrength, .gustAngle]
        )
        #expect(effects.last == .history(wind))
    }

    @Test("what is there is asked for again after ten minutes, and only while it shows")
    func refreshes() {
        var state = Scenes.state()
        state.takeHistories()
        #expect(state.chartEffect() == nil)
        #expect(later(599, &state) == nil)
        _ = state.handle(.key(.character("?")))
        #expect(later(601, &state) == nil)
        _ = state.handle(.key(.escape))
        #expect(later(602, &state) == .look(at: Scenes.now.addingTimeInterval(602.3)))
        #expect(later(603, &state) == asked)
    }

    @Test("where there is no room for a chart nothing is asked", arguments: [(80, 24), (40, 12), (30, 5)])
    func noRoom(columns: Int, rows: Int) {
        var state = Scenes.state(columns: columns, rows: rows)
        #expect(state.chartEffect() == nil)
        #expect(later(5, &state) == nil)
    }

    @Test("without modules nothing is asked")
    func noModules() {
        var state = Scenes.state(Scenes.snapshot(stations: []))
        #expect(state.chartEffect() == nil)
    }

    @Test("after a failure it is asked again when the engine says, at least a minute later")
    func fails() {
        var state = Scenes.state()
        _ = state.chartEffect()
        guard case .history(let subject) = later(1, &state) else {
            Issue.record("the chart asks for no history")
            return
        }
        state.take(.history(.failure(outage), of: subject))
        #expect(later(60, &state) == nil)
        #expect(later(61, &state) == asked)
        state.take(.history(.failure(.noToken), of: subject))
        #expect(later(120, &state) == nil)
        #expect(later(121, &state) == asked)
    }

    @Test("one that was overtaken is asked for again at once")
    func overtaken() {
        var state = Scenes.state()
        _ = state.chartEffect()
        guard case .history(let subject) = later(1, &state) else {
            Issue.record("the chart asks for no history")
            return
        }
        state.take(.history(.failure(.overtaken), of: subject))
        #expect(later(1.1, &state) == asked)
    }

    @Test("while the pasts of several charts come one after the other, each that waits says how many are there; one alone says no number")
    func progress() throws {
        var state = Scenes.main(columns: 200, rows: 50)
        for key in "c+++" { _ = state.handle(.key(.character(key))) }
        #expect(state.chart.span == .month && state.chart.arrangement == .modules)
        _ = later(1, &state)
        guard case .history(let subject)? = later(2, &state) else {
            Issue.record("no history was asked for")
            return
        }
        let count = Set(state.chartPlaces.map(\.cell.module.id)).count
        #expect(count > 2)
        func told(_ have: Int) -> Bool { state.frame.lines.contains { $0.contains("past, \(have) of \(count) are there") } }
        #expect(told(0) && !told(1))
        state.take(.history(.success(MeasureHistory(measures: subject.measures)), of: subject))
        #expect(told(1) && !told(0))
        state = Scenes.state()
        for time in [0.0, 1] { _ = later(time, &state) }
        let text = state.frame.lines.joined()
        #expect(!text.contains("are there") && text.contains("Asking NetAtmo for the past"))
    }

    @Test("a title's least and greatest take in the latest reading, which may be newer than the past; of one value alone there are none")
    func extremesOfTitle() {
        func title(_ values: [Double]) -> String? {
            var state = Scenes.state()
            var history = MeasureHistory(measures: base.historyMeasures)
            for (step, value) in values.enumerated() {
                history.append(at: Scenes.now.addingTimeInterval(Double(step - values.count) * 300)) { $0 == .temperature ? value : nil }
            }
            state.take(history, of: base, scale: .measurement)
            return state.frame.lines.first { $0.contains("Temperature · 24 h") }
        }
        #expect(title([20, 21])?.contains("20.0 to 21.4 · 21.4 °C") == true)
        #expect(title([22, 23])?.contains("21.4 to 23.0 · 21.4 °C") == true)
        #expect(title([20])?.contains(" to ") == false)
    }

    @Test("] and [ change the measure, round and round, and keep it for the next module that has it")
    func measures() {
        var state = Scenes.state()
        #expect(state.chart.measure(of: base) == .temperature)
        _ = state.handle(.key(.character("]")))
        #expect(state.chart.measure(of: base) == .co2)
        _ = state.handle(.key(.character("]")))
        #expect(state.chart.measure(of: base) == .humidity)
        #expect(state.chart.measure(of: SampleStations.fjord.modules[0]) == .humidity)
        #expect(state.chart.measure(of: SampleStations.fjord.modules[1]) == .rain)
        for _ in 0..<3 { _ = state.handle(.key(.character("["))) }
        #expect(state.chart.measure(of: base) == .pressure)
        _ = state.handle(.key(.character("]")))
        #expect(state.chart.measure(of: base) == .temperature)
    }

    @Test("+ and - change the span, and stay at its ends")
    func spans() {
        var state = Scenes.state()
        let spans = "++++++--------+".map { key in
            _ = state.handle(.key(.character(key)))
            return state.chart.span
        }
        #expect(spans.prefix(7) == [.threeDays, .week, .month, .year, .all, .all, .year])
        #expect(spans.suffix(4) == [.twelveHours, .threeHours, .threeHours, .twelveHours])
    }

    @Test("live readings go to the end of a history, and stay when NetAtmo's next answer ends before them")
    func live() {
        var histories = ChartHistories()
        histories.noteAsked(base)
        histories.take(.success(Scenes.history(of: base)), of: base.id, at: Scenes.now)
        let before = histories.entry(of: base)?.history.count ?? 0
        histories.add([station(25, at: 600)], at: Scenes.now.addingTimeInterval(600))
        histories.add([station(25, at: 600)], at: Scenes.now.addingTimeInterval(605))
        #expect(histories.entry(of: base)?.history.count == before + 1)
        histories.take(.success(Scenes.history(of: base)), of: base.id, at: Scenes.now.addingTimeInterval(700))
        #expect(histories.entry(of: base)?.history.points(of: .temperature).last?.value == 25)
        histories.add([station(26, at: 90_000)], at: Scenes.now.addingTimeInterval(90_000))
        #expect(histories.entry(of: base)?.history.count ?? 0 < before)
    }

    @Test("64 histories are kept")
    func bounded() {
        var histories = ChartHistories()
        let modules = (0..<68).map { Device(id: "\($0)", kind: .indoor, name: nil, readings: nil) }
        for module in modules { histories.noteAsked(module) }
        #expect(modules.map { histories.entry(of: $0) != nil } == Array(repeating: false, count: 4) + Array(repeating: true, count: 64))
        histories.take(.success(MeasureHistory(measures: [.co2])), of: "0", at: Scenes.now)
        #expect(histories.entry(of: modules[0]) == nil)
    }

    private func station(_ temperature: Double, at seconds: TimeInterval) -> Station {
        let readings = Readings(time: Scenes.now.addingTimeInterval(seconds), values: [.temperature: temperature])
        return Station(base: Device(id: base.id, kind: .base, name: nil, readings: readings), modules: [], name: nil, homeName: nil)
    }
}

@Suite("The values since the start")
struct LiveHistoriesTests {
    private func station(_ values: MeasureTable<Double>, at seconds: TimeInterval, id: String = "70:ee", count: Int = 0) -> Station {
        let readings = Readings(time: Scenes.now.addingTimeInterval(seconds), values: values)
        let modules = (0..<count).map { Device(id: "03:\($0)", kind: .indoor, name: nil, readings: readings) }
        return Station(base: Device(id: id, kind: .base, name: nil, readings: readings), modules: modules, name: nil, homeName: nil)
    }

    private func points(_ histories: LiveHistories, id: String = "70:ee") -> [LiveHistories.Point] {
        histories.points(of: Device(id: id, kind: .base, name: nil, readings: nil))
    }

    @Test("keeps the latest values with their times, to four seconds")
    func keeps() {
        var histories = LiveHistories()
        for step in 0..<400 { histories.add([station([.temperature: Double(step) / 10 - 20], at: Double(step) * 601)]) }
        let points = points(histories)
        #expect(points.count == 160)
        #expect(points.last?.value == 19.9)
        #expect(points.first?.value == 4)
        for (index, point) in points.enumerated() {
            #expect(abs(point.time.timeIntervalSince(Scenes.now) - Double(240 + index) * 601) < 4)
        }
    }

    @Test("the same reading counts once; a clock set back, two days of silence or another measure begin anew")
    func begins() {
        var histories = LiveHistories()
        for seconds in [0.0, 600, 600, 1200] { histories.add([station([.temperature: 20], at: seconds)]) }
        #expect(points(histories).count == 3)
        histories.add([station([.temperature: 20], at: 900)])
        #expect(points(histories).count == 1)
        histories.add([station([.temperature: 20], at: 200_000)])
        #expect(points(histories).count == 1)
        histories.add([station([.co2: 900], at: 200_600)])
        #expect(points(histories).map(\.value) == [900])
    }

    @Test("two days of silence are joined, a second more is not", arguments: [(172_800.0, 2), (172_801, 1)])
    func silence(seconds: Double, count: Int) {
        var histories = LiveHistories()
        for time in [0, seconds] { histories.add([station([.temperature: 20], at: time)]) }
        #expect(points(histories).count == count)
    }

    @Test(
        "values of all measures come back as they were",
        arguments: [(Measure.temperature, -40.1), (.co2, 5000), (.pressure, 1057.3), (.windStrength, 155)])
    func values(measure: Measure, value: Double) {
        var histories = LiveHistories()
        histories.add([station([measure: value], at: 0)])
        #expect(points(histories).map(\.value) == [value])
    }

    @Test("a day of 6,000 modules takes less than 5 MB")
    func memory() {
        var histories = LiveHistories()
        for step in 0..<150 { histories.add([station([.temperature: 20], at: Double(step) * 600, count: 5999)]) }
        #expect(histories.storedBytes < 5_000_000)
        #expect(points(histories, id: "03:5998").count == 150)
    }
}
