import Foundation
import TerminalUI
import TestSupport
import Testing

@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem
@testable import Screen

@Suite("The charts' spans")
struct SpanTests {
    private let base = SampleStations.fjord.base

    private func state(span: HistorySpan, columns: Int = 120, rows: Int = 36) -> DashboardState {
        var state = Scenes.state(columns: columns, rows: rows)
        let steps = (HistorySpan.allCases.firstIndex(of: span) ?? 0) - (HistorySpan.allCases.firstIndex(of: .day) ?? 0)
        for _ in 0..<abs(steps) { _ = state.handle(.key(.character(steps < 0 ? "-" : "+"))) }
        return state
    }

    @Test("now stands at the right end of the axis of time where that is about now, not below an hour of rain that has just begun")
    func nowAtTheEnd() throws {
        let state = Scenes.main(columns: 120, rows: 36)
        func lastLine(_ name: String, _ measure: Measure, _ span: HistorySpan) throws -> String {
            let module = try #require(state.snapshot.data.stations.flatMap(\.devices).first { $0.name == name })
            var frame = Frame(size: Size(columns: 60, rows: 12))
            MeasureChart(module: module, measure: measure, chart: state.chart.showing(span), environment: state.environment)
                .render(into: &frame, in: frame.bounds)
            return try #require(frame.lines.last).trimmingCharacters(in: .whitespaces)
        }
        #expect(try lastLine("Ute", .temperature, .threeHours).hasSuffix("now"))
        #expect(try lastLine("Regn", .rain, .day).hasSuffix("now"))
        // It is 17:18, and the last bar goes on until 18:00.
        let rain = try lastLine("Regn", .rain, .threeHours)
        #expect(rain.contains("16:00") && !rain.contains("now"), "\(rain)")
    }

    @Test("the first threshold of CO₂ is in sight once the values come within a fifth of it", arguments: [(795.0, false), (805, true)])
    func nearThreshold(highest: Double, isShown: Bool) {
        var state = Scenes.state()
        let base = SampleStations.fjord.base
        var history = MeasureHistory(measures: base.historyMeasures)
        for step in 0...288 {
            history.append(at: Scenes.now.addingTimeInterval(Double(step - 288) * 300)) {
                $0 == .co2 ? 450 + (highest - 450) * Double(step) / 288 : nil
            }
        }
        state.take(history, of: base, scale: .measurement)
        var frame = Frame(size: Size(columns: 60, rows: 16))
        MeasureChart(module: base, measure: .co2, chart: state.chart, environment: state.environment).render(into: &frame, in: frame.bounds)
        #expect(frame.lines.contains { $0.contains("1000") } == isShown)
    }

    @Test("each asks for the scale that fits", arguments: HistorySpan.allCases)
    func scales(span: HistorySpan) {
        var state = state(span: span)
        _ = state.chartEffect()
        state.tick(now: Scenes.now.addingTimeInterval(0.3))
        let measures: [Measure] = [.temperature, .co2, .humidity, .noise, .pressure]
        let subject = HistorySubject(deviceID: base.id, moduleID: nil, measures: measures, scale: span.scale)
        #expect(state.chart.span == span)
        #expect(state.chartEffect() == .history(subject))
        #expect(state.frame.lines.contains { $0.contains("Stue · Temperature · \(span.name)") })
    }

    @Test("an answer of one scale is none of another, and a reading goes to the end of the one that holds measurements alone")
    func scalesApart() {
        var histories = ChartHistories()
        for scale in [HistoryScale.measurement, .day] {
            histories.noteAsked(base, scale: scale)
            #expect(histories.entry(of: base, scale: scale)?.fetchedAt == nil)
            histories.take(.success(Scenes.history(of: base)), of: base.id, scale: scale, at: Scenes.now)
        }
        #expect(histories.entry(of: base, scale: .week) == nil)
        let counts = { [HistoryScale.measurement, .day].map { histories.entry(of: base, scale: $0)?.history.count ?? 0 } }
        let before = counts()
        let readings = Readings(time: Scenes.now.addingTimeInterval(300), values: [.temperature: 25])
        let device = Device(id: base.id, kind: .base, name: nil, readings: readings)
        histories.add([Station(base: device, modules: [], name: nil, homeName: nil)], at: Scenes.now.addingTimeInterval(300))
        #expect(counts() == [before[0] + 1, before[1]])
        // The newest step of a coarse scale is renewed by the next answer, not kept beside it.
        histories.take(.success(MeasureHistory(measures: [.temperature])), of: base.id, scale: .day, at: Scenes.now.addingTimeInterval(400))
        #expect(counts()[1] == 0)
    }

    @Test(
        "an answer is asked for again by the time of its scale, and as much later as others show beside it",
        arguments: [(HistoryScale.measurement, 600.0), (.halfHour, 1800), (.threeHours, 3600), (.day, 3600), (.week, 3600)])
    func freshness(scale: HistoryScale, seconds: TimeInterval) {
        var histories = ChartHistories()
        histories.noteAsked(base, scale: scale)
        histories.take(.success(Scenes.history(of: base)), of: base.id, scale: scale, at: Scenes.now)
        func isWanted(_ seconds: TimeInterval, _ count: Int) -> Bool {
            histories.isWanted(base, scale: scale, amongst: count, at: Scenes.now.addingTimeInterval(seconds))
        }
        #expect(!isWanted(seconds - 1, 1) && isWanted(seconds, 1))
        #expect(!isWanted(3 * seconds - 1, 3) && isWanted(3 * seconds, 3))
    }

    @Test("while it waits, the line says why and until when")
    func waits() throws {
        var state = state(span: .year)
        _ = state.chartEffect()
        state.tick(now: Scenes.now.addingTimeInterval(1))
        guard case .history(let subject) = state.chartEffect() else {
            Issue.record("the chart asks for no history")
            return
        }
        #expect(state.frame.lines.contains { $0.contains("Asking NetAtmo for the past") })
        state.take(.history(.failure(.failed(Scenes.outage, next: Scenes.now.addingTimeInterval(60))), of: subject))
        #expect(state.frame.lines.contains { $0.contains("No history: ") && $0.contains("next try at 17:19:05") })
    }

    // MARK: Windows

    private func window(_ span: HistorySpan, since first: Date? = nil) -> ChartWindow {
        ChartWindow(span: span, now: Scenes.now, columns: 100, time: .utc, since: first)
    }

    private func text(_ seconds: Double) -> String { ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: seconds)) }

    @Test("a year ends with today, all begins with the first time that is known, but no later than four weeks ago")
    func windows() {
        #expect(text(window(.year).end) == "2026-11-24T00:00:00Z" && text(window(.year).start) == "2025-11-23T00:00:00Z")
        #expect(text(window(.all, since: Scenes.now.addingTimeInterval(-1000 * 86_400)).start) == "2024-02-27T00:00:00Z")
        #expect(text(window(.all, since: Scenes.now).start) == "2026-10-27T00:00:00Z")
        #expect(abs(window(.week).end - Scenes.now.timeIntervalSince1970) <= 3100)
    }

    @Test(
        "the axis of time has hours, weekdays, dates, months and years, as many as have room",
        arguments: [
            (HistorySpan.threeHours, 80, "14:30 15:00 15:30 16:00 16:30 17:00"),
            (.day, 80, "18:00 21:00 Mon 03:00 06:00 09:00 12:00 15:00"),
            (.day, 32, "18:00 Mon 06:00 12:00"), (.week, 80, "Tue Wed Thu Fri Sat Sun Mon"), (.week, 40, "Tue Thu Sat Mon"),
            (.month, 80, "26 Oct 2 Nov 9 Nov 16 Nov 23 Nov"),
            (.year, 120, "Dec 2026 Feb Mar Apr May Jun Jul Aug Sep Oct Nov"), (.year, 40, "2026 Apr Jul Oct"),
            (.all, 80, "2024 Jul 2025 Jul 2026 Jul"),
        ])
    func labels(span: HistorySpan, columns: Int, expected: String) {
        let window = window(span, since: Scenes.now.addingTimeInterval(-1100 * 86_400))
        #expect(window.labels(columns: columns, time: .utc).map(\.text).joined(separator: " ") == expected)
    }

    // MARK: Rain

    @Test(
        "bars of rain stand for hours, three hours, days, months and years",
        arguments: [
            (HistorySpan.threeHours, 3, 3600.0), (.day, 24, 3600), (.threeDays, 24, 10_800), (.week, 7, 86_400), (.month, 31, 86_400),
            (.year, 12, 31 * 86_400),
        ])
    func bars(span: HistorySpan, count: Int, width: Double) {
        let bars = RainBars(of: span, now: Scenes.now, time: .utc)
        #expect(bars.edges.count == count + 1)
        #expect(bars.width == width)
        let ends: [Double: String] = [3600: "2026-11-23T18:00:00Z", 10_800: "2026-11-23T18:00:00Z", 86_400: "2026-11-24T00:00:00Z"]
        #expect(bars.edges.last.map(text) == ends[width] ?? "2026-12-01T00:00:00Z")
    }

    @Test("bars of all are months, and years from the fifth year on")
    func barsOfAll() {
        func names(since days: Double) -> [String] {
            let bars = RainBars(of: .all, now: Scenes.now, time: .utc, since: Scenes.now.addingTimeInterval(-days * 86_400))
            return bars.edges.indices.dropLast().map { bars.name(of: $0, .utc) }
        }
        #expect(names(since: 500).suffix(2) == ["Oct 2026", "Nov 2026"])
        #expect(names(since: 500).first == "Jun 2025")
        #expect(names(since: 1700).suffix(2) == ["2025", "2026"])
    }

    @Test("each measurement is summed up once, in the bar of the time before it; the steps of other scales in the bar that they begin in")
    func sums() {
        let bars = RainBars(of: .threeHours, now: Scenes.now, time: .utc)
        let hour = { (number: Double) in Date(timeIntervalSince1970: bars.edges[0] + number * 3600) }
        let hours: [Double] = [0, 0.5, 1, 1.5, 2]
        let points = hours.map { number -> MeasureHistory.Point in MeasureHistory.Point(time: hour(number), value: 1 + number) }
        #expect(bars.sums(of: points, at: .measurement).map(\.sum) == [3.5, 5.5, nil])
        #expect(bars.sums(of: points, at: .halfHour).map(\.sum) == [2.5, 4.5, 3])
    }

    // MARK: What it comes to

    @Test("the lowest and the highest are those of the steps' extremes, the mean that of their values")
    func extremes() throws {
        let points = (0..<3).map { index -> MeasureHistory.Point in
            let value = Double(index)
            return MeasureHistory.Point(time: Scenes.now.addingTimeInterval(value), value: value, extremes: value - 5...value + 5)
        }
        let span = try #require(SpanExtremes(of: points + [.init(time: Scenes.now, value: nil)]))
        #expect(span.lowest == .init(value: -5, time: Scenes.now))
        #expect(span.highest == .init(value: 7, time: Scenes.now.addingTimeInterval(2)))
        #expect(span.mean == 1)
        let exact = Scenes.now.addingTimeInterval(-3)
        let day = MeasureHistory.Point(time: Scenes.now, value: 1, extremes: 0...2, leastTime: exact, greatestTime: Scenes.now)
        #expect(SpanExtremes(of: [day])?.lowest == .init(value: 0, time: exact), "the time of the extreme, where it is known")
        #expect(SpanExtremes(of: [.init(time: Scenes.now, value: nil)]) == nil)
    }

    @Test("a module in full says the lowest, the highest and the mean of the span that its charts show, and when")
    func moduleView() {
        var state = Scenes.main(columns: 120, rows: 50)
        _ = state.handle(.key(.enter))
        func line(_ name: String) -> String? { state.frame.lines.first { $0.hasPrefix("│ \(name) ") && $0.contains(":") } }
        #expect(state.frame.lines.contains { $0.hasPrefix("│ 24 h  lowest, highest, mean") })
        #expect(line("CO₂")?.hasPrefix("│ CO₂            644 23:57   1182 11:57    919 ") == true, "\(line("CO₂") ?? "")")
        _ = state.handle(.key(.character("-")))
        #expect(state.frame.lines.contains { $0.hasPrefix("│ 12 h  lowest, highest, mean") })
        // The lowest of the day was more than 12 hours ago.
        #expect(line("CO₂")?.contains(" 1182 11:57 ") == true && line("CO₂")?.contains("23:57") == false, "\(line("CO₂") ?? "")")
    }

    @Test("of rain it says the sum and the wettest hour, of the wind the strongest gust", arguments: [(2, "Most"), (3, "Strongest gust")])
    func moduleViewOfOthers(row: Int, name: String) {
        var state = Scenes.main(columns: 120, rows: 50)
        for key in Array(repeating: Key.down, count: row) + [.enter] { _ = state.handle(.key(key)) }
        #expect(state.frame.lines.contains { $0.hasPrefix("│ 24 h ") })
        #expect(state.frame.lines.contains { $0.hasPrefix("│ \(name) ") && $0.contains(":") })
    }
}
