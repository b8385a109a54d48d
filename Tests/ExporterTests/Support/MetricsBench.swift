import Foundation
import NIOCore
import TestSupport

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import PrometheusMetrics

/// The page of `/metrics` over a snapshot that a test fills.
struct MetricsBench: Sendable {
    let store = SnapshotStore()
    let page: MetricsPage

    init(stations: [Station]? = nil, staleAge: Duration = .seconds(3600)) {
        page = MetricsPage(
            store: store, refreshInterval: .seconds(480), staleAge: staleAge, build: BuildInformation(version: "1.2.3", commit: "abc1234"))
        if let stations { publish(stations) }
    }

    /// Publishes the readings of a fetch that took 53 ms and began so many seconds after the samples' time.
    func publish(_ stations: [Station], at seconds: TimeInterval = 0) {
        let time = SampleStations.now(seconds)
        let attempt = DataStatus.Attempt(time: time, duration: .milliseconds(53), error: nil)
        store.publish(DataStatus(stations: stations, fetchedAt: time, lastAttempt: attempt, nextFetch: time.addingTimeInterval(480)))
    }

    /// Publishes what the gauge Regn counted: the sum of these steps, in mm.
    func rain(_ steps: [Double]) {
        var count = RainCount(gauge: "05:00:00:00:00:12", after: SampleStations.now)
        let points = steps.enumerated().map { MeasureHistory.Point(time: SampleStations.now(Double($0 + 1)), value: $1) }
        count.add(points, until: SampleStations.now(86_400))
        var totals = RainTotals()
        totals.set(count)
        store.publish(totals)
    }

    func setToken(expiry: Date) {
        store.update { $0.token = TokenStatus(possession: .token(expiry: expiry, lifetime: 10_800, renewsAt: expiry)) }
    }

    /// The whole text of a scrape so many seconds after the samples' time.
    func text(_ format: MetricsFormat = .prometheus, at seconds: TimeInterval = 30) -> String {
        page.text(format, at: SampleStations.now(seconds)).map { String(buffer: $0) }.joined()
    }

    /// The samples of a series, without its HELP and TYPE.
    func samples(_ name: String, at seconds: TimeInterval = 30) -> [Substring] {
        text(at: seconds).split(separator: "\n").filter { $0.hasPrefix(name) }
    }

    /// The names of the devices' families.
    func sensorFamilies(at seconds: TimeInterval = 30) -> [String] {
        let types = text(at: seconds).split(separator: "\n").filter { $0.hasPrefix("# TYPE netatmo_sensor_") }
        return types.map { String($0.split(separator: " ")[2]) }.sorted()
    }

    /// The pieces of a scrape, and where in memory they lie: a piece that was kept lies where it lay.
    func pieces(at seconds: TimeInterval) -> [(buffer: ByteBuffer, address: UnsafeRawPointer?)] {
        page.text(at: SampleStations.now(seconds)).map { buffer in (buffer, buffer.withUnsafeReadableBytes { $0.baseAddress }) }
    }
}
