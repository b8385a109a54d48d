import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes

@Suite("Fresh and stale readings")
struct FreshnessTests {
    private static func device(_ id: String = "02:01", measuredAt seconds: TimeInterval) -> Device {
        Device(
            id: id, kind: .indoor, name: id, reachable: true, battery: nil, signal: nil,
            readings: Readings(time: SampleStations.now(seconds), values: [.co2: 2500]))
    }

    @Test(
        "what is exactly as old as the age is fresh, and stale a moment later",
        arguments: [(3599.999, true), (3600, true), (3600.001, false), (0, true), (-600, true)])
    func border(age: TimeInterval, isFresh: Bool) {
        let freshness = Freshness(at: SampleStations.now(age), staleAge: .seconds(3600))
        #expect(freshness.isFresh(Self.device(measuredAt: 0)) == isFresh)
    }

    @Test("the time in which nothing turns stale ends right after the last moment in which all that is fresh is so")
    func validity() throws {
        let station = Station(
            base: Self.device("70:01", measuredAt: -100), modules: [Self.device(measuredAt: -5000), Self.device(measuredAt: -50)],
            name: "S", homeName: nil, homeID: nil, place: nil)
        let validity = Freshness(at: SampleStations.now, staleAge: .seconds(3600)).validity(for: [station])
        #expect(validity.lowerBound == SampleStations.now)
        #expect(validity.contains(SampleStations.now(3500)))
        #expect(!validity.contains(SampleStations.now(3500.01)))
        #expect(Freshness(at: SampleStations.now, staleAge: .seconds(3600)).validity(for: []).contains(SampleStations.now(1e9)))
    }

    @Test("a series of readings is there in the last moment of their age, and gone in the next", arguments: [3570.0, 3570.1])
    func series(seconds: TimeInterval) throws {
        let bench = MetricsBench(stations: [
            Station(base: Self.device("70:01", measuredAt: -30), modules: [], name: "S", homeName: nil, homeID: nil, place: nil)
        ])
        for scrape in [0, seconds] {
            #expect(bench.samples("netatmo_sensor_co2_ppm", at: scrape).isEmpty == (scrape > 3570))
        }
    }
}
