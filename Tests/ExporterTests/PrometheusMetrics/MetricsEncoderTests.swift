import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import PrometheusMetrics

@Suite("Prometheus's text format")
struct MetricsEncoderTests {
    @Test(
        "Numbers are the shortest decimal text",
        arguments: [
            (21.4, "21.4"), (-3.6, "-3.6"), (0, "0"), (-0.0, "0"), (37, "37"), (0.1 + 0.2, "0.30000000000000004"), (0.101, "0.101"),
            (1013.2, "1013.2"), (1_795_454_255, "1795454255"), (999_999_999_999_999, "999999999999999"), (1e15, "1000000000000000"),
            (1e16, "1e+16"), (1e300, "1e+300"),
            (0.00001, "1e-05"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        ]
    )
    func numbers(value: Double, text: String) {
        #expect(MetricsEncoder.text(value) == text)
    }

    @Test("Line feeds and backslashes in HELP are escaped, quotes are not")
    func help() {
        var encoder = MetricsEncoder()
        encoder.single("name", .counter, help: "a \"b\"\n\\c", 1)
        #expect(String(buffer: encoder.buffer) == "# HELP name a \"b\"\\n\\\\c\n# TYPE name counter\nname 1\n")
    }

    @Test("Every line is a comment or a sample, and every series stands below its HELP and TYPE")
    func wellFormed() throws {
        let json = SampleStations.json(baseNamed: "q\"\\\r\n\u{2028}", modules: [("1", "q\"\\\r\n")])
        let bench = MetricsBench(stations: SampleStations.all + SampleStations.stations(json))
        let sample = /([a-z_][a-z0-9_]*)(\{([a-z]+="([^"\\]|\\[\\"n])*"(,|(?=\})))+\})? [-+0-9.e]+/
        var family: Substring = ""
        let bytes = bench.text().utf8.split(separator: UInt8(ascii: "\n"))
        for line in bytes.map({ String(decoding: $0, as: UTF8.self) }) {
            if line.hasPrefix("# ") {
                family = line.split(separator: " ")[2]
            } else {
                let match = try #require(try sample.matchingSemantics(.unicodeScalar).wholeMatch(in: line), "\(line)")
                #expect(match.1 == family || ["_bucket", "_count", "_sum"].contains { match.1 == family + $0 })
            }
        }
    }
}
