import FoundationEssentials
import OperatingSystem
import TerminalUI
import TestSupport
import Testing

@testable import EngineAPI
@testable import Homes
@testable import Screen

/// Each kind of chart with all that a cell looks like: its character, the role that terminals of 8 and 16 colours show, and the tint
/// that those of 256 and more show in its place. Without colours an area is shown in shades by its tint: see `PaletteTests`.
@Suite("Pictures of the charts")
struct ChartPictureTests {
    private static let start = Scenes.now.timeIntervalSince1970 - 86_400

    private static func wave(_ index: Int, _ low: Double, _ high: Double) -> Double {
        let phase = Double(index % 96) / 48 - 1
        return low + (high - low) * (1 - abs(phase)) + Double(index % 7) * (high - low) / 40
    }

    private static func points(_ low: Double, _ high: Double, gap: Range<Int> = 0..<0) -> [ChartSeries.Point] {
        (0...288).map { .init(x: start + Double($0) * 300, y: gap.contains($0) ? nil : wave($0, low, high)) }
    }

    private static func chart(
        _ series: [ChartSeries], _ measure: Measure, _ y: ClosedRange<Double>, _ symbols: Symbols
    ) -> Chart {
        var chart = Chart(series: series, x: start...start + 86_400, y: y, symbols: symbols)
        chart.unit = symbols.isASCII ? measure.unit.rawValue.filter(\.isASCII) : measure.unit.rawValue
        chart.xLabels = (0..<6).map { ChartLabel(x: start + Double($0) * 14_400, text: "\(17 + $0 * 4):18") }
        chart.endLabel = "now"
        chart.marks = [LocalTime.utc.startOfDay(Scenes.now).timeIntervalSince1970]
        chart.tint = { measure.tint(of: $0) }
        return chart
    }

    static let kinds = ["area", "band", "wind", "rain", "co2", "cursor", "compact"]

    private static func chart(_ kind: String, _ symbols: Symbols) -> Chart {
        switch kind {
        case "band":
            let points = (0..<53).map { week in
                let mean = wave(week * 2, -4, 22)
                return ChartSeries.Point(x: start + Double(week) * 1661, y: mean, extremes: mean - 5...mean + 6)
            }
            return chart([ChartSeries(points: points, shape: .area)], .temperature, -9...28, symbols)
        case "wind":
            let series = [ChartSeries(points: points(3, 22), shape: .area), ChartSeries(points: points(12, 48), style: .muted)]
            var chart = chart(series, .windStrength, 0...52, symbols)
            chart.baseline = 0
            chart.directions = (0...288).map {
                .init(x: start + Double($0) * 300, degrees: Double($0) * 1.25, strength: (100..<110).contains($0) ? 0 : 8)
            }
            return chart
        case "rain":
            let points = (0..<24).map { hour in
                ChartSeries.Point(x: start + Double(hour) * 3600, y: hour == 9 ? nil : [0, 0.2, 4.1, 12.6, 0, 0, 0.1][hour % 7])
            }
            var chart = chart([ChartSeries(points: points, shape: .bars(width: 3600))], .rain, 0...12.6, symbols)
            (chart.baseline, chart.sumDecimals) = (0, 1)
            return chart
        case "co2":
            var chart = chart([ChartSeries(points: points(450, 1400), shape: .area)], .co2, 450...2000, symbols)
            chart.levels = [ChartLevel(y: 1000, text: "1000"), ChartLevel(y: 2000, text: "2000")]
            chart.highlight = { $0 > 2000 ? .bad : $0 > 1000 ? .warning : nil }
            return chart
        default:
            var chart = chart([ChartSeries(points: points(-7, 9, gap: 100..<130), shape: .area)], .temperature, -7...10, symbols)
            chart.cursor = kind == "cursor" ? start + 60_000 : nil
            return chart
        }
    }

    @Test("of each kind", arguments: kinds, ["unicode", "ascii"])
    func kind(_ name: String, _ set: String) throws {
        var frame = Frame(size: name == "compact" ? Size(columns: 24, rows: 6) : Size(columns: 84, rows: 16))
        Self.chart(name, set == "ascii" ? .ascii : .unicode).render(into: &frame, in: frame.bounds)
        try PictureFile.expect(frame, matches: "kind-\(name)-\(set)")
    }

    /// The rain gauge of the scenes, after these millimetres at these hours before now, and nothing since.
    private func withoutRain(_ falls: [(hours: Double, millimeters: Double)], days: [Double?], _ size: Size, _ symbols: Symbols) throws
        -> Frame
    {
        var state = Scenes.state(columns: 120, rows: 36, symbols: symbols)
        let module = try #require(state.snapshot.data.stations.flatMap(\.devices).first { $0.kind == .rain })
        var history = MeasureHistory(measures: [.rain])
        for step in stride(from: -70.0, through: 0, by: 0.5) {
            let time = Scenes.now.addingTimeInterval(step * 3600)
            history.append(at: time) { _ in falls.first { $0.hours == -step }?.millimeters ?? 0 }
        }
        state.chart.histories.noteAsked(module)
        state.chart.histories.take(.success(history), of: module.id, scale: .measurement, at: Scenes.now)
        let environment = ViewEnvironment(now: Scenes.now, time: .utc, symbols: symbols, units: .metric, staleAge: .seconds(3600))
        let rain = days.enumerated().map { DayOfRain(day: Scenes.now.addingTimeInterval(Double($0 - days.count + 1) * 86_400), sum: $1) }
        var frame = Frame(size: size)
        MeasureChart(module: module, measure: .rain, chart: state.chart, environment: environment, rainOfDays: rain)
            .render(into: &frame, in: frame.bounds)
        return frame
    }

    @Test("without rain: since when in words, and the last seven days as bars where they are known", arguments: ["unicode", "ascii"])
    func dry(_ set: String) throws {
        let symbols = set == "ascii" ? Symbols.ascii : .unicode
        let days: [Double?] = [1, 2.4, 0, nil, 8.8, 3.2, 0, 0]
        let frame = try withoutRain([(40, 3), (40.5, 0.2)], days: days, Size(columns: 60, rows: 12), symbols)
        try PictureFile.expect(frame, matches: "kind-dry-\(set)")
    }

    @Test("without rain there is no axis; the words say what is known")
    func dryWords() throws {
        let size = Size(columns: 60, rows: 12)
        let known = try withoutRain([(40, 3), (40.5, 0.2)], days: [], size, .unicode).lines.joined()
        #expect(known.contains("no rain since Sun 22 Nov, 3.2 mm"), "\(known)")
        let never = try withoutRain([], days: [], size, .unicode).lines.joined()
        #expect(never.contains("no rain in 24 hours"), "\(never)")
        let byDays = try withoutRain([], days: [0, 5.5, 0, 0, 0, 0, 0], size, .unicode).lines.joined()
        #expect(byDays.contains("no rain since Wed 18 Nov, 5.5 mm"), "\(byDays)")
        let low = try withoutRain([(40, 3)], days: [9, 9, 9, 9, 9, 9, 0], Size(columns: 40, rows: 4), .unicode).lines.joined()
        #expect(low.contains("no rain since") && !low.contains("┤"), "\(low)")
        for words in [known, never, low] { #expect(!words.contains("┴"), "\(words)") }
    }

    @Test("Colours mean the same in every chart, in whatever unit it is drawn")
    func sameColours() {
        for measure in Measure.allCases {
            for units in [Units.metric, .imperial, Units(wind: .knots, pressure: .millimetersOfMercury)] {
                for value in [-20.0, 0, 3, 12.5, 21, 40, 1013, 1500] {
                    let back = units.metricValue(units.value(value, of: measure), of: measure)
                    #expect(abs(back - value) < 1e-6, "\(measure) \(value) \(units)")
                }
            }
        }
        let beaufort = Units(wind: .beaufort)
        #expect([1.0, 12, 50, 118].allSatisfy { beaufort.metricValue(beaufort.value($0, of: .windStrength), of: .windStrength) == $0 })
    }

    @Test(
        "Intensity rises with the value, and stays within its bounds",
        arguments: [Measure.temperature, .co2, .humidity, .noise, .pressure, .windStrength, .rain])
    func intensity(_ measure: Measure) {
        let values = stride(from: -200.0, through: 3000, by: 0.5).map { measure.intensity(of: $0) }
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(values.first == 0 && values.last == 1)
        #expect(measure.intensity(of: .nan) == 0)
        #expect(Measure.co2.intensity(of: Thresholds.carbonDioxide.warning) == 0.5)
    }
}
