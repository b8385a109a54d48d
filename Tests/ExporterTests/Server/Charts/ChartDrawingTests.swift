import Foundation
import TestSupport
import Testing

@testable import Homes
@testable import OperatingSystem
@testable import Server

@Suite("A chart of the page")
struct ChartDrawingTests {
    private static let rising = (0..<48).map { Double(18) + Double($0) / 10 }

    @Test("A curve is joined, filled down to its ground, and coloured by value from its bottom up")
    func curve() throws {
        let svg = try #require(ChartBench.svg(ChartBench.content(.temperature, ChartBench.history(.temperature, Self.rising))))
        let lines = svg.attributes("d", ofClass: "line")
        #expect(lines.count == 1)
        #expect(lines.first?.matches(of: /[ML]/).count == 48)
        // The latest stands at the right edge.
        #expect(lines.first?.contains(/L1000 [\d.]+$/) == true)
        let areas = svg.attributes("d", ofClass: "area")
        #expect(areas.count == 1)
        #expect(areas.first?.hasSuffix(" 102Z") == true, "\(areas)")
        let line = try #require(lines.first)
        #expect(areas.first?.hasPrefix(line) == true, "the area is below the line")
        #expect(svg.attributes("stroke", ofClass: "line") == ["url(#chart-3)"])
        #expect(svg.contains(#"<linearGradient id="chart-3" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="102" y2="14">"#))
        #expect(svg.attributes("d", ofClass: "band").isEmpty)
    }

    @Test("A higher value stands higher, and the same value has the same colour in every chart")
    func heights() throws {
        let svg = try #require(ChartBench.svg(ChartBench.content(.temperature, ChartBench.history(.temperature, [18, 20, 19]))))
        let heights = try #require(svg.attributes("d", ofClass: "line").first).matches(of: /[ML][\d.]+ ([\d.]+)/).map { Double($0.1) ?? 0 }
        #expect(heights[1] < heights[2] && heights[2] < heights[0])
        let same = [-20.0, 16, 40].map { value in
            ChartColours.gradient(of: .temperature) { _ in value }.map(\.colour)
        }
        #expect(same.allSatisfy { Set($0).count == 1 })
        #expect(same.map { $0[0] } == ["#8a5ce0", "#14a25c", "#d22c60"])
        let fahrenheit = try #require(
            ChartBench.svg(
                ChartBench.content(
                    .temperature, ChartBench.history(.temperature, [-20, 40]), units: Units(temperature: .fahrenheit))))
        // The axis goes from -50 to 150 °F, which are -46 and 66 °C.
        #expect(fahrenheit.contains(##"<stop offset="0%" stop-color="#8a5ce0"/>"##))
        #expect(fahrenheit.contains(##"<stop offset="100%" stop-color="#d22c60"/>"##))
    }

    @Test("A gap breaks line and area: of more than twenty minutes between measurements", arguments: [(4, 1), (5, 2)])
    func gaps(missing: Int, pieces: Int) throws {
        let values: [Double?] = [20, 20.1, 20.2] + Array(repeating: nil, count: missing - 1) + [20.4, 20.5]
        let svg = try #require(ChartBench.svg(ChartBench.content(.temperature, ChartBench.history(.temperature, values))))
        #expect(svg.attributes("d", ofClass: "line").count == pieces)
        #expect(svg.attributes("d", ofClass: "area").count == pieces)
    }

    @Test("A single value is a dot, without an area")
    func onePoint() throws {
        let svg = try #require(ChartBench.svg(ChartBench.content(.temperature, ChartBench.history(.temperature, [21.4]))))
        let dots = svg.attributes("d", ofClass: "line dot")
        #expect(dots.count == 1)
        #expect(dots.first?.contains(/^M1000 ([\d.]+)L1000 \1$/) == true)
        #expect(svg.attributes("d", ofClass: "area").isEmpty)
    }

    @Test("Without a value there are words in place of a drawing", arguments: [[], [nil, nil]] as [[Double?]])
    func empty(values: [Double?]) {
        let content = ChartBench.content(.temperature, ChartBench.history(.temperature, values))
        #expect(ChartBench.svg(content) == nil)
        let words = values.isEmpty ? "nothing of the last 24 hours is here yet" : "nothing was measured in the last 24 hours"
        #expect(content.figure(number: 0, height: 120, isDetailed: false, others: []).text == "<p class=\"empty quiet\">\(words)</p>")
    }

    @Test("Where a step holds many measurements, a band goes from the lowest to the highest")
    func band() throws {
        let history = ChartBench.history(
            .temperature, [10, 11, nil, 12, 13], step: 86_400, until: LocalTime.utc.startOfDay(ChartBench.now)
        ) { $0 - 4...$0 + 3 }
        let svg = try #require(ChartBench.svg(ChartBench.content(.temperature, history, span: .year)))
        // A day without a value is a gap, in the band too: days in a row are at most 1.6 days apart.
        #expect(svg.attributes("d", ofClass: "band").count == 2)
        #expect(svg.attributes("d", ofClass: "line").count == 2)
        // Of the first piece 3 above the values, and 4 below on the way back.
        let heights = svg.attributes("d", ofClass: "band").first?.matches(of: /[ML][\d.]+ ([\d.]+)/).compactMap { Double($0.1) } ?? []
        let line = svg.attributes("d", ofClass: "line").first?.matches(of: /[ML][\d.]+ ([\d.]+)/).compactMap { Double($0.1) } ?? []
        try #require(heights.count == 4 && line.count == 2)
        let degree = line[0] - line[1]
        #expect(abs(line[0] - heights[0] - 3 * degree) < 1 && abs(heights[3] - line[0] - 4 * degree) < 1)
        // The axis has room for the band: from 6 to 16.
        #expect(svg.texts(ofClass: "value").first == "5" && svg.texts(ofClass: "value").last == "20 °C")
    }

    @Test("CO2 has its two thresholds as lines where they are in sight, the first one always")
    func thresholds() throws {
        let low = try #require(ChartBench.svg(ChartBench.content(.co2, ChartBench.history(.co2, [500, 600]))))
        #expect(low.attributes("y1", ofClass: "threshold warning").count == 1)
        #expect(low.attributes("y1", ofClass: "threshold bad").isEmpty)
        let high = try #require(ChartBench.svg(ChartBench.content(.co2, ChartBench.history(.co2, [500, 2100]))))
        let heights = ["warning", "bad"].compactMap { high.attributes("y1", ofClass: "threshold \($0)").first }.compactMap(Double.init)
        #expect(heights.count == 2 && heights[0] > heights[1])
        let other = try #require(ChartBench.svg(ChartBench.content(.temperature, ChartBench.history(.temperature, [20]))))
        #expect(!other.contains("threshold"))
    }

    @Test("Midnight is marked, and times are written at round hours of the clock on the wall")
    func time() throws {
        let svg = try #require(ChartBench.svg(ChartBench.content(.temperature, ChartBench.history(.temperature, Self.rising))))
        // 24 hours before 17:18 there is one midnight, 6:42 after the left edge.
        #expect(svg.attributes("x1", ofClass: "division") == ["27.9%"])
        #expect(svg.texts(ofClass: "time") == ["20:00", "Mon", "04:00", "08:00", "12:00", "16:00"])
    }

    @Test(
        "The axis of time has few texts, at round times",
        arguments: [
            (.threeHours, ["14:30", "15:00", "15:30", "16:00", "16:30", "17:00"]),
            (.twelveHours, ["06:00", "08:00", "10:00", "12:00", "14:00", "16:00"]),
            (.threeDays, ["Sat", "Sun", "Mon"]), (.week, ["Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon"]),
            (.month, ["26 Oct", "2 Nov", "9 Nov", "16 Nov", "23 Nov"]), (.year, ["2026", "Apr", "Jul", "Oct"]),
        ] as [(HistorySpan, [String])])
    func times(span: HistorySpan, texts: [String]) {
        let axis = TimeAxis(of: span, now: ChartBench.now, since: nil, time: .utc)
        #expect(axis.marks.compactMap(\.text) == texts)
        #expect(axis.marks.allSatisfy { (axis.start...axis.end).contains($0.time) })
    }

    @Test(
        "The axis of values has evenly spaced round numbers around all values",
        arguments: [
            (18.0...22.7, 3, 0.1, [18.0, 20, 22, 24], 0), (0.0...0.3, 3, 0.1, [0, 0.1, 0.2, 0.3], 1),
            (20.9...21.1, 3, 0.1, [20.9, 21, 21.1], 1),
            (-7.2 ... -3.1, 3, 0.1, [-8, -6, -4, -2], 0), (412.0...1043, 3, 1, [0, 500, 1000, 1500], 0), (5.0...5, 3, 1, [5, 6], 0),
        ] as [(ClosedRange<Double>, Int, Double, [Double], Int)])
    func values(range: ClosedRange<Double>, steps: Int, least: Double, ticks: [Double], decimals: Int) {
        let axis = ValueAxis(covering: range, steps: steps, leastStep: least)
        #expect(axis.ticks.map { ($0 * 1000).rounded() / 1000 } == ticks)
        #expect(axis.decimals == decimals)
    }

    @Test("Rain is bars with their sums above, each hour of a day one")
    func rain() throws {
        // From 16:00 to 17:00 twelve measurements of 0.1 mm: those on the hour are of the hour before.
        let values = (0..<12).map { _ in Double(0.1) }
        let end = Date(timeIntervalSince1970: 1_795_453_200)
        let history = ChartBench.history(.rain, values, until: end)
        let svg = try #require(ChartBench.svg(ChartBench.content(.rain, history, module: ChartBench.module(.rain))))
        #expect(svg.attributes("x", ofClass: "bar").count == 1)
        #expect(svg.texts(ofClass: "sum") == ["1.2"])
        let detailed = try #require(ChartBench.svg(ChartBench.content(.rain, history, module: ChartBench.module(.rain)), isDetailed: true))
        #expect(detailed.contains("<title>Mon 16:00 to 17:00: 1.2 mm</title>"))
    }

    @Test("Without rain there are words: since when, as far as anything that is kept tells")
    func noRain() {
        let content = ChartBench.content(.rain, ChartBench.history(.rain, [0, 0, 0]), module: ChartBench.module(.rain))
        #expect(content.noRain(others: []) == "no rain in 24 hours")
        let tuesday = ChartBench.now.addingTimeInterval(-6 * 86_400)
        let older = ChartBench.history(.rain, [0, 1.2, 2, 0, 0], step: 1800, until: tuesday)
        #expect(content.noRain(others: [(.halfHour, older)]) == "no rain since Tue 17 Nov, 3.2 mm")
        let wet = ChartBench.content(.rain, ChartBench.history(.rain, [0, 0.1, 0]), module: ChartBench.module(.rain))
        #expect(wet.noRain(others: []) == nil)
        #expect(ChartBench.content(.rain, MeasureHistory(measures: [.rain])).noRain(others: []) == nil, "nothing is known")
    }

    @Test("Where a week is kept with rain in it, its days stand below the words as bars")
    func weekOfRain() {
        let content = ChartBench.content(.rain, ChartBench.history(.rain, [0, 0, 0]), module: ChartBench.module(.rain))
        let week = ChartBench.history(.rain, [0, 1.2, 2, 0], step: 1800, until: ChartBench.now.addingTimeInterval(-5 * 86_400))
        let html = content.figure(number: 0, height: 200, isDetailed: true, others: [(.halfHour, week)]).text
        #expect(html.hasPrefix("<p class=\"empty quiet\">no rain since Wed 18 Nov, 3.2 mm</p><svg"))
        #expect(html.contains("<title>Wed 18 Nov: 3.2 mm</title>"))
        let dry = content.figure(number: 0, height: 200, isDetailed: true, others: [(.halfHour, ChartBench.history(.rain, [0, 0]))]).text
        #expect(!dry.contains("<svg"))
    }

    @Test("Wind is an area of the mean, a line of the gusts, and arrows to where it blows")
    func wind() throws {
        var history = MeasureHistory(measures: [.windStrength, .windAngle, .gustStrength, .gustAngle])
        for minute in stride(from: 1400, through: 0, by: -5) {
            history.append(at: ChartBench.now.addingTimeInterval(-Double(minute) * 60)) { measure in
                [.windStrength: 14, .windAngle: 225, .gustStrength: 31, .gustAngle: 225][measure]
            }
        }
        let svg = try #require(
            ChartBench.svg(ChartBench.content(.windStrength, history, module: ChartBench.module(.wind)), isDetailed: true))
        #expect(svg.attributes("d", ofClass: "area").count == 1)
        #expect(svg.attributes("d", ofClass: "line").count == 1)
        #expect(svg.attributes("d", ofClass: "gusts").count == 1)
        // From the south-west, and so to the north-east.
        let turns = svg.matches(of: /rotate\(([\d.]+)\)/).map(\.1)
        #expect(turns.count == 16 && Set(turns) == ["405"])
        #expect(svg.contains("14 km/h, gusts 31 km/h</title>"))
        // A calm has no direction, and winds against each other have none together.
        let points = [0.0, 90, 270].map { MeasureHistory.Point(time: ChartBench.now, value: $0) }
        let axis = TimeAxis(of: .day, now: ChartBench.now, since: nil, time: .utc)
        #expect(ChartArrows.directions(strengths: [points[0]], angles: [points[1]], on: axis).isEmpty)
    }

    @Test("It is told in words for who does not see it, and its stretches tell what was measured in them")
    func words() throws {
        let history = ChartBench.history(.temperature, [19.9, 21, 22.1])
        let svg = try #require(ChartBench.svg(ChartBench.content(.temperature, history), isDetailed: true))
        let sentence = "Stue, Temperature, the last 24 hours: lowest 19.9 °C at 17:08, highest 22.1 °C at 17:18, mean 21.0 °C"
        #expect(svg.hasPrefix(#"<svg class="plot" role="img" aria-label="\#(sentence)""#))
        #expect(svg.contains("<title>\(sentence)</title>"))
        #expect(svg.contains("<title>17:08: 19.9 to 22.1 °C</title>"))
        let imperial = ChartBench.content(.temperature, history, units: Units(temperature: .fahrenheit))
        #expect(imperial.sentence.contains("lowest 67.8 °F at 17:08"))
    }

    @Test("Of a year the lowest and the highest are those of the measurements, by their time")
    func yearExtremes() {
        var history = MeasureHistory(measures: [.temperature])
        let day = LocalTime.utc.startOfDay(ChartBench.now).addingTimeInterval(-40 * 86_400)
        history.append(at: day) { _ in
            5
        } detail: { _, detail in
            switch detail {
            case .least: -3.5
            case .greatest: 9
            case .leastTime: day.timeIntervalSince1970 + 6 * 3600
            case .greatestTime: day.timeIntervalSince1970 + 14.5 * 3600
            }
        }
        let summary = ChartBench.content(.temperature, history, span: .year).summary
        #expect(summary.map(\.value) == ["−3.5 °C", "9.0 °C", "5.0 °C"])
        #expect(summary.map(\.when) == ["14 Oct 06:00", "14 Oct 14:30", ""])
    }

    @Test(
        "No name gets out of where it stands",
        arguments: [
            "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'\" onload='x", "a&b", "\u{202E}\u{2066}abc",
            "</title></svg><p>", "]]>",
        ])
    func hostileNames(name: String) throws {
        let history = ChartBench.history(.temperature, [20, 21])
        let named = try #require(
            ChartBench.svg(ChartBench.content(.temperature, history, module: ChartBench.module(name: name)), isDetailed: true))
        let usual = try #require(
            ChartBench.svg(ChartBench.content(.temperature, history, module: ChartBench.module(name: "NAME")), isDetailed: true))
        #expect(named == usual.replacing("NAME", with: escapedHTML(name)))
        #expect(!named.unicodeScalars.contains { $0.isHarmful })
    }

    @Test("Many measurements are drawn as few points, and no spike is lost")
    func thinned() throws {
        var values = (0..<864).map { Double($0 % 7) / 10 + 20 } as [Double?]
        values[431] = 35
        let svg = try #require(ChartBench.svg(ChartBench.content(.temperature, ChartBench.history(.temperature, values), span: .threeDays)))
        let line = try #require(svg.attributes("d", ofClass: "line").first)
        let points = line.matches(of: /[ML]([\d.]+) ([\d.]+)/)
        #expect(points.count <= 362)
        // The axis has room for the spike, and nothing else comes near its top.
        #expect(svg.texts(ofClass: "value").last == "35 °C")
        let heights = points.compactMap { Double($0.2) }.sorted()
        #expect(heights[0] < 20 && heights[1] > 80, "the spike is still there")
        #expect(zip(points, points.dropFirst()).allSatisfy { (Double($0.1) ?? 0) <= (Double($1.1) ?? 0) })
    }
}
