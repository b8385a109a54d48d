import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import PrometheusMetrics

@Suite("The metrics")
struct MetricsPageTests {
    @Test("Names, HELP, TYPE, labels and values are netatmo-exporter's and ours, to the letter")
    func golden() throws {
        let bench = MetricsBench(stations: SampleStations.taken)
        bench.setToken(expiry: Date(timeIntervalSince1970: 1_795_463_872.302))
        bench.rain([12.303])
        let text = bench.text()
        let end = try #require(text.range(of: "# HELP netatmo_exporter_token_refreshes_total"))
        #expect(String(text[..<end.lowerBound]) == goldenMetrics)
    }

    @Test("Before the first try there is nothing but the exporter's own series, all zero")
    func empty() {
        let bench = MetricsBench()
        for name in [
            "netatmo_up", "netatmo_last_refresh_time", "netatmo_cache_updated_time", "netatmo_last_refresh_duration_seconds",
            "netatmo_exporter_token_valid", "netatmo_exporter_token_expiry_time",
        ] {
            #expect(bench.samples(name) == ["\(name) 0"])
        }
        #expect(!bench.text().contains("netatmo_sensor"))
    }

    @Test("A token of which nobody said when it expires is valid, and its expiry is 0, as in netatmo-exporter")
    func unknownExpiry() {
        let bench = MetricsBench()
        bench.store.update { $0.token = TokenStatus(possession: .token(expiry: nil, lifetime: 10_800, renewsAt: nil)) }
        #expect(bench.samples("netatmo_exporter_token_valid") == ["netatmo_exporter_token_valid 1"])
        #expect(bench.samples("netatmo_exporter_token_expiry_time") == ["netatmo_exporter_token_expiry_time 0"])
        #expect(bench.samples("netatmo_exporter_token_state{state=\"expiring\"}").allSatisfy { $0.hasSuffix(" 1") })
    }

    @Test("After a failure the last readings are served, and netatmo_up is 0")
    func failure() {
        let bench = MetricsBench()
        let attempt = DataStatus.Attempt(time: SampleStations.now(480), duration: .seconds(2), error: NetatmoError(.timeout))
        bench.store.publish(DataStatus(stations: SampleStations.all, fetchedAt: SampleStations.now, lastAttempt: attempt))
        #expect(bench.samples("netatmo_up") == ["netatmo_up 0"])
        #expect(bench.samples("netatmo_last_refresh_time") == ["netatmo_last_refresh_time 1795454765"])
        #expect(bench.samples("netatmo_last_refresh_duration_seconds") == ["netatmo_last_refresh_duration_seconds 2"])
        #expect(bench.samples("netatmo_cache_updated_time") == ["netatmo_cache_updated_time 1795454285"])
        #expect(bench.samples("netatmo_sensor_temperature_celsius").count == 4)
    }

    @Test("A device has no series of readings from the moment on when they are stale, without new data")
    func stale() {
        let bench = MetricsBench(stations: SampleStations.all)
        // Stue measured 30 s, Ute 60 s before the samples' time.
        let fjord = "home=\"Bergen\",module=\"Stue\""
        #expect(bench.text(at: 3570).contains(fjord))
        #expect(bench.samples("netatmo_sensor_updated", at: 3570).count == 1, "the others are older")
        #expect(bench.sensorFamilies(at: 3571) == ["netatmo_sensor_info", "netatmo_sensor_last_seen_time", "netatmo_sensor_reachable"])
        #expect(bench.samples("netatmo_sensor_reachable", at: 3571).count == 7, "what is known of the devices stays")
        #expect(bench.samples("netatmo_up", at: 3571) == ["netatmo_up 1"])
        #expect(bench.text(at: 30).contains(fjord), "by a clock that is set back they are fresh again")
    }

    @Test("A device without a time of measurement has no series of readings")
    func noTime() {
        let json = #"{"body":{"devices":[{"_id":"1","station_name":"S","module_name":"M","dashboard_data":{"Temperature":20.5}}]}}"#
        #expect(MetricsBench(stations: SampleStations.stations(json)).sensorFamilies() == ["netatmo_sensor_info"])
    }

    @Test("Two modules of one name: the second and later ones get their id behind it")
    func duplicates() {
        let json = SampleStations.json(baseNamed: "Base", modules: [("02:a", "Rom"), ("02:b", "Rom"), ("02:c", "Rom"), ("02:d", "Base")])
        let samples = MetricsBench(stations: SampleStations.stations(json)).samples("netatmo_sensor_temperature_celsius")
        let modules = samples.compactMap { $0.split(separator: "module=\"").last?.split(separator: "\"").first }
        #expect(modules == ["Base", "Rom", "Rom (02:b)", "Rom (02:c)", "Base (02:d)"])
    }

    @Test("Thousands of one name and one id are told apart without trying every number each time")
    func manyDuplicates() {
        let modules = Array(repeating: (id: "02:a", name: "Rom"), count: 3000)
        let devices = LabelledDevice.all(of: SampleStations.stations(SampleStations.json(baseNamed: "Base", modules: modules)))
        #expect(Set(devices.map(\.labels)).count == 3001)
        #expect(devices.last?.labels.contains(#"module="Rom (02:a, 2999)""#) == true)
    }

    @Test("No two series are the same, whatever the names are")
    func unique() {
        let json = SampleStations.json(baseNamed: "A", modules: [("1", "A"), ("1", "A"), ("2", "A (1)"), ("1", "A (1)"), ("3", "")])
        let samples = MetricsBench(stations: SampleStations.stations(json)).samples("netatmo_sensor_updated")
        #expect(samples.count == 6)
        #expect(Set(samples).count == 6)
    }

    @Test(
        "Names are escaped in labels",
        arguments: [
            (#"say "hi""#, #"say \"hi\""#), (#"back\slash"#, #"back\\slash"#), ("two\nlines", "two\u{FFFD}lines"),
            ("crlf\r\nend", "crlf\u{FFFD}\u{FFFD}end"), ("å 🌧 {x=1}", "å 🌧 {x=1}"), (#"\n"#, #"\\n"#),
        ]
    )
    func escaping(name: String, escaped: String) {
        let station = SampleStations.stations(SampleStations.json(baseNamed: name))[0]
        let labels = LabelledDevice.all(of: [station])[0].labels
        #expect(Array(labels.utf8) == Array(#"{home="\#(escaped)",module="\#(escaped)",station="\#(escaped)"}"#.utf8))
    }

    @Test("A line break that gets as far as a label is escaped there")
    func lineBreak() {
        #expect(Array(MetricsEncoder.labels(["a": "b\r\nc\nd"]).utf8) == Array("{a=\"b\r\\nc\\nd\"}".utf8))
    }

    @Test(
        "The token is valid until 10 s before its expiry",
        arguments: [(30.0, true), (89, true), (89.9, true), (90, false), (100, false), (200, false)]
    )
    func token(seconds: TimeInterval, isValid: Bool) {
        let bench = MetricsBench()
        bench.setToken(expiry: SampleStations.now(100))
        #expect(bench.samples("netatmo_exporter_token_valid", at: seconds) == ["netatmo_exporter_token_valid \(isValid ? 1 : 0)"])
        let expiry = isValid ? "1795454385" : "0"
        #expect(bench.samples("netatmo_exporter_token_expiry_time", at: seconds) == ["netatmo_exporter_token_expiry_time \(expiry)"])
    }

    /// So many that the devices' series and the exporter's own are not put together.
    private static let many = (0..<20).flatMap { _ in SampleStations.all }

    @Test("The text is encoded once each time the data changes or a device turns stale, not once a scrape")
    func cached() {
        let bench = MetricsBench(stations: Self.many)
        let first = bench.pieces(at: 0)
        bench.setToken(expiry: SampleStations.now(100))
        #expect(bench.pieces(at: 3000)[0].address == first[0].address)
        let afterStale = bench.pieces(at: 3500)
        #expect(afterStale[0].address != first[0].address)
        #expect(bench.pieces(at: 3501)[0].address == afterStale[0].address)
        bench.publish(Self.many, at: 3501)
        #expect(bench.pieces(at: 3501)[0].address != afterStale[0].address)
    }

    @Test("New readings are encoded ahead of the next scrape, once there was one")
    func prepared() throws {
        let bench = MetricsBench(stations: Self.many)
        bench.page.prepare(at: SampleStations.now)
        let first = bench.pieces(at: 0)
        bench.publish(SampleStations.stations(SampleStations.json(baseNamed: "New")), at: 10)
        bench.page.prepare(at: SampleStations.now(10))
        bench.store.publish(DataStatus(stations: SampleStations.all, fetchedAt: SampleStations.now(10)))
        let second = bench.pieces(at: 11)
        #expect(second[0].address != first[0].address)
        #expect(bench.samples("netatmo_sensor_info", at: 11).count == 1, "encoded before the scrape, not at it")
    }

    @Test("What is about the exporter is encoded once a second, and at once when it changes")
    func cachedEngine() {
        let bench = MetricsBench(stations: Self.many)
        let first = bench.pieces(at: 0)
        #expect(bench.pieces(at: 0.9)[1].address == first[1].address)
        let later = bench.pieces(at: 1)
        #expect(later[1].address != first[1].address)
        bench.setToken(expiry: SampleStations.now(11.5))
        #expect(bench.pieces(at: 1)[1].address != later[1].address)
        #expect(bench.samples("netatmo_exporter_token_valid", at: 1.4) == ["netatmo_exporter_token_valid 1"])
        #expect(bench.samples("netatmo_exporter_token_valid", at: 1.5) == ["netatmo_exporter_token_valid 0"])
        #expect(bench.samples("netatmo_exporter_token_valid", at: 1.4) == ["netatmo_exporter_token_valid 1"], "the clock was set back")
    }

    @Test("A short text is put together once, a long one stays in two pieces")
    func pieces() {
        let (short, long) = (MetricsBench(stations: SampleStations.all), MetricsBench(stations: Self.many))
        let first = short.pieces(at: 0)
        #expect(first.count == 1)
        #expect(short.pieces(at: 0.9)[0].address == first[0].address)
        #expect(short.pieces(at: 1)[0].address != first[0].address)
        #expect(long.pieces(at: 0).count == 2)
        #expect(short.page.gzippedText(at: SampleStations.now)?.count == 1)
    }

    @Test("A scrape is noted, and wakes nobody")
    func scrapeNoted() {
        let bench = MetricsBench(stations: SampleStations.all)
        #expect(bench.store.lastScrape == nil)
        _ = bench.text(at: 12)
        #expect(bench.store.lastScrape == SampleStations.now(12))
    }
}
