import Foundation
import Testing

extension EndToEndSurroundings {
    @Suite("Prometheus and its tools")
    struct PrometheusTests {
        private let exporter: ServedReadings

        init() async throws {
            exporter = try await ServedReadings()
        }

        @Test("a Prometheus scrapes without an error, in both formats, and answers queries with the values of the page")
        func scrapes() async throws {
            let relay = try await TextFormatRelay(to: exporter.port)
            let prometheus = try await Prometheus(jobs: ["netatmo": exporter.port, "text": relay.port])
            let page = try await exporter.metrics().values.filter { $0.key.hasPrefix("netatmo_sensor_") }
            #expect(page.count > 30)
            // A label without a value is no label to Prometheus.
            let expected = Dictionary(
                uniqueKeysWithValues: page.map { ($0.key.replacing(/,\w+=""/, with: "").replacing(/\{\w+="",/, with: "{"), $0.value) }
            )
            for job in ["netatmo", "text"] {
                let samples = try await prometheus.answer(to: #"{__name__=~"netatmo_sensor_.+",job="\#(job)"}"#)
                let found = Dictionary(uniqueKeysWithValues: samples.map { ($0.series, $0.value) })
                #expect(found.filter { expected[$0.key] != $0.value } == [:])
                #expect(expected.filter { found[$0.key] == nil } == [:])
                #expect(try await prometheus.answer(to: #"up{job="\#(job)"}"#).map(\.value) == [1])
            }
            let targets = try await prometheus.targets()
            #expect(targets.map(\.scrapePool).sorted() == ["netatmo", "text"])
            #expect(targets.map(\.health) == ["up", "up"])
            #expect(targets.map(\.lastError) == ["", ""])
        }

        /// What `promtool check metrics` says of names that the contract and the issue that asked for them force.
        private static let knownRemarks = [
            "netatmo_sensor_absolute_pressure_mb": "metric names should not contain abbreviated units",
            "netatmo_sensor_battery_millivolts": #"use base unit "volts" instead of "millivolts""#,
            "netatmo_sensor_pressure_mb": "metric names should not contain abbreviated units",
        ]

        @Test("promtool finds nothing on the page but the names that are given")
        func check() async throws {
            let page = try await exporter.metrics()
            let remarks = try await exporter.promtoolRemarks()
            let expected = Self.knownRemarks.filter { page.families.contains($0.key) }.map { "\($0.key) \($0.value)" }
            #expect(remarks.sorted() == expected.sorted())
        }

        @Test("Python's parser reads the OpenMetrics page, with the samples of the text page")
        func openMetrics() async throws {
            #expect(try await exporter.openMetricsSamples() == exporter.metrics().values.count)
        }
    }
}
