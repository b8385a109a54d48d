import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import PrometheusMetrics

@Suite("OpenMetrics")
struct OpenMetricsTests {
    @Test(
        "It is given to those who ask for it, and to nobody else",
        arguments: [
            ("application/openmetrics-text", true), ("application/openmetrics-text; version=1.0.0; charset=utf-8", true),
            ("application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;q=0.2", true),
            ("application/openmetrics-text; version=\"1.0.0\"", true), ("APPLICATION/OpenMetrics-Text", true),
            ("text/plain;version=0.0.4;q=0.9,application/openmetrics-text;version=1.0.0;q=0.8", false),
            ("application/openmetrics-text;version=2.0.0", false), ("application/openmetrics-text;q=0", false), ("*/*", false),
            ("text/plain;q=0.5,application/openmetrics-text;q=0.5", true), ("text/plain;q=0.51,application/openmetrics-text;q=0.5", false),
            ("text/plain;q=0.49,application/openmetrics-text;q=0.5", true), ("text/plain,application/openmetrics-text", true),
            ("text/plain;q=0,application/openmetrics-text;q=0.001", true), ("application/openmetrics-text;q=0.0", false),
            ("text/plain;version=0.0.1,application/openmetrics-text;q=0.1", true),
            ("text/*;q=0.9,application/openmetrics-text;q=0.1", true),
            ("application/openmetrics-text;version=2.0.0;q=0.9,application/openmetrics-text;version=1.0.0;q=0.2,text/plain;q=0.3", false),
            ("application/openmetrics-text ; q = 0.9 , text/plain ; q = 0.5", true), ("text/html,application/openmetrics-text;q=0.1", true),
            ("application/openmetrics-text;Q=0.1;VERSION=0.0.1", true),
            ("text/plain;q=0.1,text/plain;q=0.9,application/openmetrics-text;q=0.5", false),
            ("text/plain", false), ("text/html", false), ("", false), (";;,", false), ("application/openmetrics-text;q=x", false),
            (nil, false),
        ] as [(String?, Bool)]
    )
    func negotiation(accept: String?, isOpenMetrics: Bool) async throws {
        #expect(MetricsFormat(accept: accept) == (isOpenMetrics ? .openMetrics : .prometheus))
        let bench = WebBench()
        bench.fill()
        try await bench.test(.live) { client in
            let answer = try await client.send(.get, "/metrics", headers: accept.map { ["Accept": $0] } ?? [:])
            let type =
                isOpenMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8"
            #expect(answer.headers[.contentType] == type)
            #expect(answer.text.hasSuffix("\n# EOF\n") == isOpenMetrics)
        }
    }

    @Test("It is the same text but for the names of counters, the process's own and the end")
    func differences() {
        let bench = MetricsBench(stations: SampleStations.all)
        bench.setToken(expiry: SampleStations.now(9600))
        func lines(_ format: MetricsFormat) -> Set<Substring> {
            Set(bench.text(format).split(separator: "\n").filter { !$0.hasPrefix("process_") })
        }
        let names = ["netatmo_exporter_token_refreshes", "netatmo_api_requests", "process_cpu_seconds"]
        let only = lines(.openMetrics).subtracting(lines(.prometheus))
        #expect(only.count == 2 * names.count + 1)
        for name in names {
            #expect(only.contains("# TYPE \(name) counter"))
            #expect(bench.text().contains("# TYPE \(name)_total counter\n"))
            #expect(bench.text(.openMetrics).contains("\n\(name)_total"))
        }
        #expect(only.contains("# EOF"))
    }

    @Test(
        "The sum of the kept and the momentary part is one valid text: nothing comes twice, the end is at the end",
        arguments: MetricsFormat.allCases)
    func whole(format: MetricsFormat) {
        let text = MetricsBench(stations: SampleStations.all).text(format)
        let types = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }
        #expect(Set(types).count == types.count)
        #expect(text.components(separatedBy: "# EOF").count == (format == .openMetrics ? 2 : 1))
        #expect(text.hasSuffix("\n"))
    }
}
