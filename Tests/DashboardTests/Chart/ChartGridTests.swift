import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import EngineAPI
@testable import Homes
@testable import Screen

@Suite("Charts side by side")
struct ChartGridTests {
    @Test(
        "each has at least 36x8 cells, they fill their place, and none lies over another",
        arguments: [(136, 18), (156, 22), (196, 30), (236, 38), (496, 90), (60, 20), (36, 8)], 1...12)
    func grid(size: (columns: Int, rows: Int), wanted: Int) {
        let rect = Rect(column: 2, row: 3, columns: size.columns, rows: size.rows)
        let count = min(wanted, ChartGrid.capacity(in: rect.size))
        let places = ChartGrid(count: count, in: rect).places
        #expect(places.count == count)
        #expect(places.allSatisfy { $0.columns >= 36 && $0.rows >= 8 }, "\(places)")
        #expect(places.allSatisfy { $0.intersection(rect) == $0 })
        for (index, place) in places.enumerated() {
            #expect(places[..<index].allSatisfy { $0.intersection(place).isEmpty })
        }
        // But for the two columns between two.
        let rows = Set(places.map(\.row)).count
        let covered = places.reduce(0) { $0 + $1.columns * $1.rows }
        let gaps = (places.count - rows) * 2 * rect.rows
        let all = rect.rows * rect.columns
        #expect(covered >= all - gaps)
    }

    @Test(
        "five measures stand in two rows at every wide size",
        arguments: [(140, 40), (160, 42), (200, 50), (240, 60)])
    func measures(columns: Int, rows: Int) {
        let state = Scenes.main(columns: columns, rows: rows)
        let places = state.chartPlaces
        #expect(places.map(\.cell.measure) == [.temperature, .co2, .humidity, .noise, .pressure])
        #expect(Set(places.map(\.place.row)).count == 2)
        for name in ["▸ Temperature ", " CO₂ ", " Humidity ", "Noise ", " Pressure "] {
            #expect(state.frame.lines.contains { $0.contains(name + "─") }, "\(name)")
        }
    }

    @Test("c turns from all measures of a module to one measure of all modules of its home, and back")
    func arrangement() {
        var state = Scenes.main(columns: 160, rows: 42)
        _ = state.handle(.key(.character("]")))
        _ = state.handle(.key(.character("c")))
        #expect(state.chartPlaces.map(\.cell.module.name) == ["Stue", "Loft"])
        #expect(state.chartPlaces.allSatisfy { $0.cell.measure == .co2 })
        #expect(state.frame.lines.contains { $0.hasPrefix("╭ CO₂ · 24 h ") && $0.hasSuffix(" c one module ╮") })
        #expect(state.frame.lines.contains { $0.contains("▸ Stue ─") && $0.contains(" Loft ─") })
        _ = state.handle(.key(.character("c")))
        #expect(state.chartPlaces.allSatisfy { $0.cell.module.name == "Stue" })
        var small = Scenes.main(columns: 139, rows: 50)
        _ = small.handle(.key(.character("c")))
        #expect(small.frame.lines.last?.contains("Charts side by side need a screen of 140x40") == true)
    }

    @Test("one or two charts leave room for the same over other spans, each of a scale of its own")
    func companions() {
        var state = Scenes.main(columns: 200, rows: 50)
        _ = state.handle(.key(.down))
        #expect(state.chartPlaces.map(\.cell.span) == [.day, .day, .week, .week])
        for _ in 0..<2 { _ = state.handle(.key(.down)) }
        #expect(state.chartPlaces.map(\.cell.span) == [.day, .week, .month, .year])
        for _ in 0..<2 { _ = state.handle(.key(.character("+"))) }
        #expect(state.chartPlaces.map(\.cell.span) == [.week, .day, .month, .year])
    }

    @Test("more modules than have room are gone through page by page, and how many there are is said")
    func pages() {
        var state = Scenes.state(Scenes.snapshot(stations: [Self.home(count: 40)]), columns: 140, rows: 40)
        _ = state.handle(.key(.character("c")))
        let count = state.chartPlaces.count
        #expect(count == 6)
        #expect(state.frame.lines.contains { $0.hasSuffix(" 6 of 40 · c one module ╮") })
        let first = state.chartPlaces.map(\.cell.module.id)
        for _ in 0..<count - 1 { _ = state.handle(.key(.down)) }
        #expect(state.chartPlaces.map(\.cell.module.id) == first)
        _ = state.handle(.key(.down))
        #expect(Set(first).isDisjoint(with: state.chartPlaces.map(\.cell.module.id)))
        _ = state.handle(.key(.end))
        #expect(state.chartPlaces.last?.cell.module.id == state.readings.selectedDevice?.id)
        #expect(state.chartPlaces.count == count)
    }

    @Test("their histories are asked for one after the other")
    func asksInTurn() {
        var state = Scenes.state(Scenes.snapshot(stations: [Self.home(count: 40)]), columns: 140, rows: 40)
        _ = state.handle(.key(.character("c")))
        _ = state.chartEffect()
        state.tick(now: Scenes.now.addingTimeInterval(1))
        var asked: [String] = []
        while let effect = state.chartEffect(), case .history(let subject) = effect {
            asked.append(subject.id)
            #expect(state.chartEffect() == nil, "one at a time")
            state.take(.history(.success(MeasureHistory(measures: subject.measures)), of: subject))
        }
        #expect(asked == state.chartPlaces.map(\.cell.module.id))
    }

    private static func home(count: Int) -> Station {
        let modules = (0..<count).map { index in
            let readings = Readings(time: Scenes.now, values: [.temperature: Double(index)])
            return Device(id: "03:\(index)", kind: index == 0 ? .base : .indoor, name: "Room \(index)", readings: readings)
        }
        return Station(base: modules[0], modules: Array(modules.dropFirst()), name: nil, homeName: "Home")
    }

    // MARK: Where they are

    @Test("at wide sizes the readings and the history get what they need, and the charts the rest", arguments: [0, 7, 20, 45, 6000])
    func layout(rows: Int) throws {
        for size in [
            Size(columns: 140, rows: 40), Size(columns: 160, rows: 42), Size(columns: 200, rows: 50), Size(columns: 500, rows: 200),
        ] {
            let layout = MainLayout(size: size, rows: TableRows(shown: rows, all: rows))
            let (readings, events, charts) = (try #require(layout.readings), try #require(layout.events), try #require(layout.charts))
            #expect(charts.columns == size.columns && charts.endRow == size.rows - 1 && charts.row == readings.endRow)
            #expect(events.rows >= 8 && events.endRow == readings.endRow)
            #expect(charts.rows >= 17, "\(size)")
            #expect(readings.rows == 16 || readings.rows <= rows + 3, "\(size): \(readings.rows) for \(rows)")
        }
    }

    @Test("a filter that is typed does not move the charts")
    func steady() {
        var state = Scenes.state(Scenes.snapshot(stations: [Self.home(count: 40)]), columns: 140, rows: 40)
        let before = state.layout
        for key in "/room 7" { _ = state.handle(.key(.character(key))) }
        #expect(state.readings.list.rows.count == 4)
        #expect(state.layout == before)
    }

    @Test("one column or row less is a screen with one chart", arguments: [(139, 40), (140, 39)])
    func notWide(columns: Int, rows: Int) {
        let state = Scenes.main(columns: columns, rows: rows)
        #expect(!state.layout.isWide)
        #expect(state.chartPlaces.count == 1)
    }

    @Test(
        "on a wide screen the columns stand beside the names, with the day's lowest and highest and its curve",
        arguments: [140, 160, 200, 240])
    func columns(_ columns: Int) throws {
        let lines = Scenes.main(columns: columns, rows: 50).frame.lines
        let head = try #require(lines.first { $0.contains(" Module ") })
        let stue = try #require(lines.first { $0.contains("▸Stue ") })
        let name = try #require(head.firstRange(of: "Module")).lowerBound
        let value = try #require(head.firstRange(of: "Temp")).lowerBound
        let distance = head.distance(from: name, to: value)
        #expect(distance < 26)
        for title in ["low", "high", "24 h", "Hum", "CO₂", "Batt", "Age"] { #expect(head.contains(title), "\(title)") }
        #expect(stue.contains("18.9  22.1"))
        #expect(stue.contains("▇") || stue.contains("█"))
    }

    // MARK: A day of each row

    @Test("a curve has the last day in equal parts, with nothing where nothing was measured, and sums of rain")
    func curve() throws {
        let state = Scenes.main(columns: 200, rows: 50)
        let modules = state.snapshot.data.stations.flatMap(\.devices)
        let base = try #require(modules.first)
        let values = state.chart.curve(of: base, count: 24, at: Scenes.now)
        #expect(values.count == 24)
        // The scene's gap is from 15 h to 13.5 h ago.
        #expect(values.indices.filter { values[$0] == nil } == [9])
        let rain = try #require(modules.first { $0.kind == .rain })
        let course = state.chart.histories.entry(of: rain)?.history.points(of: .rain, since: Scenes.now.addingTimeInterval(-86_400)) ?? []
        let sum = state.chart.curve(of: rain, count: 24, at: Scenes.now).compactMap(\.self).reduce(0, +)
        let fallen = course.compactMap(\.value).reduce(0, +)
        #expect(abs(sum - fallen) < 1e-6)
        #expect(sum > 0)
    }

    @Test("rain that is thinned to what is kept here adds up all the same")
    func thinnedRain() throws {
        var state = Scenes.state()
        let rain = try #require(state.snapshot.data.stations.flatMap(\.devices).first { $0.kind == .rain })
        var history = MeasureHistory(measures: [.rain])
        let latest = try #require(rain.readings?.time)
        for step in -288..<0 { history.append(at: latest.addingTimeInterval(Double(step) * 300)) { _ in 0.1 } }
        state.take(.keptHistories([rain.id: history]))
        let sum = state.chart.live.points(of: rain).dropLast().map(\.value).reduce(0, +)
        #expect(abs(sum - 28.8) < 0.15)
    }

    @Test("the engine is asked for what it has kept until it has something of each own module, ever less often, and not for ever")
    func keptAgain() {
        var state = Scenes.state()
        let own = state.snapshot.data.stations.filter { !$0.isFavorite }.flatMap(\.historySubjects).map(\.id)
        var seconds: [Double] = []
        for second in 0..<3600 {
            state.tick(now: Scenes.now.addingTimeInterval(Double(second)))
            guard state.keptHistoriesEffect() == .keptHistories else { continue }
            seconds.append(Double(second))
            state.take(.keptHistories(Dictionary(uniqueKeysWithValues: own.dropLast().map { ($0, MeasureHistory(measures: [])) })))
        }
        #expect(seconds.prefix(4) == [0, 5, 10, 20])
        #expect(seconds.filter { $0 <= 120 }.count >= 8, "each row has its day within two minutes")
        #expect(seconds.count == 12)
        var complete = Scenes.state()
        #expect(complete.keptHistoriesEffect() == .keptHistories)
        complete.take(.keptHistories(Dictionary(uniqueKeysWithValues: own.map { ($0, MeasureHistory(measures: [])) })))
        complete.tick(now: Scenes.now.addingTimeInterval(600))
        #expect(complete.keptHistoriesEffect() == nil)
    }
}
