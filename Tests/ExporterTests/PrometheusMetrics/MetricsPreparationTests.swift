import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import PrometheusMetrics

@Suite("Metrics that are made ahead")
struct MetricsPreparationTests {
    /// One device, which measured at the samples' time: from 3600.001 s on it is stale.
    private let bench = MetricsBench(stations: SampleStations.stations(SampleStations.json(baseNamed: "Base")))

    private func keptText(at seconds: TimeInterval) -> String? {
        bench.page.keptText(.prometheus, at: SampleStations.now(seconds))?.map { String(buffer: $0) }.joined()
    }

    private let reading = "\nnetatmo_sensor_temperature_celsius{"

    @Test("Scrapes get the text before until a device turns stale, and from that moment on the one that was made beside")
    func stale() throws {
        _ = bench.text(at: 0)
        bench.page.prepare(at: SampleStations.now(3479))
        #expect(keptText(at: 3601) == nil, "it would take memory for an hour")
        bench.page.prepare(at: SampleStations.now(3481))
        #expect(try #require(keptText(at: 3481)).contains(reading))
        #expect(try #require(keptText(at: 3600)).contains(reading))
        let stale = try #require(keptText(at: 3600.1))
        #expect(!stale.contains(reading) && stale.contains("\nnetatmo_sensor_info{"))
        #expect(try #require(keptText(at: 3599)).contains(reading), "the clock was set back")
    }

    @Test("Without the text for it, a scrape of stale readings is not answered with the text before")
    func unprepared() {
        _ = bench.text(at: 0)
        #expect(keptText(at: 3600) != nil)
        #expect(keptText(at: 3600.1) == nil)
        #expect(!bench.text(at: 3600.1).contains(reading))
    }

    @Test("What is made ahead is compressed where a scrape has wanted it so", arguments: [false, true])
    func compressed(isGzipWanted: Bool) {
        _ = bench.text(at: 0)
        if isGzipWanted { _ = bench.page.gzippedText(at: SampleStations.now) }
        bench.publish(SampleStations.stations(SampleStations.json(baseNamed: "New")), at: 10)
        bench.page.prepare(at: SampleStations.now(10))
        #expect(keptText(at: 11)?.contains(#"module="New""#) == true)
        #expect((bench.page.keptGzippedText(.prometheus, at: SampleStations.now(11)) != nil) == isGzipWanted)
    }

    @Test("What comes next takes the place of what is over, not of the text of now, whichever of them was kept last")
    func inOrderOfTime() {
        let stations = [0.0, 300].flatMap {
            SampleStations.stations(SampleStations.json(baseNamed: "Base", measuredAt: SampleStations.now($0)))
        }
        func text(at seconds: TimeInterval) -> KeptMetrics.Sensors {
            .init(text: SensorText(stations, Freshness(at: SampleStations.now(seconds), staleAge: .seconds(3600))), version: 1)
        }
        var kept = KeptMetrics()
        // Of now, made ahead, and of now once more, as a first scrape by gzip keeps it.
        for seconds in [3500.0, 3601, 3500] { kept.keep(text(at: seconds)) }
        kept.keep(text(at: 3901))
        let isKept = [3500.0, 3800, 3901].map { kept.sensors(ofVersion: 1, at: SampleStations.now($0)) != nil }
        #expect(isKept == [false, true, true])
    }

    @Test("What took longer than newer readings does not take their place")
    func outrun() {
        var kept = KeptMetrics()
        for version in [2, 1] {
            let stations = SampleStations.stations(SampleStations.json(baseNamed: "Base"))
            let freshness = Freshness(at: SampleStations.now, staleAge: .seconds(3600))
            kept.keep(.init(text: SensorText(stations, freshness), version: version))
        }
        #expect([1, 2].map { kept.sensors(ofVersion: $0, at: SampleStations.now) != nil } == [false, true])
    }

    @Test("Nothing is made before the first scrape")
    func unscraped() {
        bench.page.prepare(at: SampleStations.now)
        #expect(keptText(at: 0) == nil)
    }

    @Test("It happens by itself: at new readings, and at a scrape shortly before a device turns stale")
    func byItself() async throws {
        let clock = ManualClock()
        _ = bench.text(at: 0)
        try await running([MetricsPreparation(page: bench.page, store: bench.store, clock: clock)]) { _ in
            bench.publish(SampleStations.stations(SampleStations.json(baseNamed: "New")), at: 10)
            _ = try await until("the text of new readings", every: .milliseconds(1)) {
                keptText(at: 10)?.contains(#"module="New""#) == true ? true : nil
            }
            clock.set(to: SampleStations.now(3500))
            #expect(keptText(at: 3601) == nil)
            #expect(keptText(at: 3500) != nil)
            _ = try await until("the text without the stale device", every: .milliseconds(1)) { keptText(at: 3601) != nil ? true : nil }
        }
    }
}
