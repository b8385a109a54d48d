import TestSupport
import Testing

@testable import Engine
@testable import Homes
@testable import PrometheusMetrics

@Suite("The counter of rain")
struct RainMetricsTests {
    private static let series = #"netatmo_sensor_rain_mm_total{home="Bergen",module="Regn",station="Fjord"}"#

    @Test("is a counter in each format, under the name that the format wants")
    func formats() {
        let bench = MetricsBench(stations: SampleStations.all)
        bench.rain([0.101, 0.101, 0.101])
        let (prometheus, openMetrics) = (bench.text(), bench.text(.openMetrics))
        #expect(prometheus.contains("\n# TYPE netatmo_sensor_rain_mm_total counter\n\(Self.series) 0.303\n"))
        #expect(openMetrics.contains("\n# TYPE netatmo_sensor_rain_mm counter\n\(Self.series) 0.303\n"))
        #expect(openMetrics.contains("\n# HELP netatmo_sensor_rain_mm Rain") && !openMetrics.contains("TYPE netatmo_sensor_rain_mm_total"))
    }

    @Test("goes on at once, though the readings are those of before, and stays when they are stale")
    func kept() {
        let bench = MetricsBench(stations: SampleStations.all)
        #expect(bench.samples("netatmo_sensor_rain_mm_total") == [], "none that is not counted")
        bench.rain([0])
        #expect(bench.samples("netatmo_sensor_rain_mm_total") == ["\(Self.series) 0"])
        bench.rain([0.1, 0.2])
        #expect(bench.samples("netatmo_sensor_rain_mm_total") == ["\(Self.series) 0.3"], "30 s later, from the same clock's second")
        #expect(bench.samples("netatmo_sensor_rain_mm_total", at: 10_000) == ["\(Self.series) 0.3"])
        #expect(bench.samples("netatmo_sensor_rain_amount_mm", at: 10_000) == [])
    }

    @Test("is of the gauges that there are")
    func otherStations() {
        let bench = MetricsBench(stations: SampleStations.all)
        bench.rain([1])
        bench.publish([SampleStations.hytte], at: 1)
        #expect(bench.samples("netatmo_sensor_rain_mm_total") == [])
        bench.publish([SampleStations.fjord], at: 2)
        #expect(bench.samples("netatmo_sensor_rain_mm_total") == ["\(Self.series) 1"])
    }

    @Test("has its place in the bound of the text")
    func bound() throws {
        let gauge = try #require(LabelledDevice.all(of: SampleStations.all).first { $0.device.kind == .rain })
        let lines = SensorMetric.all.filter { $0.value(gauge.device) != nil }
        let others = lines.reduce(0) { $0 + $1.name.utf8.count + gauge.labels.utf8.count + 20 }
        let info = SensorMetric.information.utf8.count + gauge.infoLabels.utf8.count + 20
        #expect(MetricsBound.cost(of: gauge) == others + info + RainText.name.utf8.count + gauge.labels.utf8.count + 20)
    }
}
