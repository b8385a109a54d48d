import Foundation
import NetatmoSimulator
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo

@Suite("What was asked of NetAtmo")
struct APIStatisticsTests {
    private func samples(_ bench: MetricsBench, _ prefix: String) -> [String] {
        bench.samples(prefix).map(String.init).filter { !$0.hasSuffix(" 0") }
    }

    @Test("Each endpoint and each result has its counter from the start, at zero")
    func start() {
        let bench = MetricsBench()
        #expect(bench.samples("netatmo_api_requests_total{").count == 4 * 18)
        #expect(bench.samples("netatmo_exporter_token_refreshes_total{").count == 18)
        #expect(bench.samples("netatmo_api_request_duration_seconds_count{").count == 4)
        #expect(samples(bench, "netatmo_api_").isEmpty)
        #expect(bench.text().contains(#"netatmo_api_requests_total{endpoint="getstationsdata",result="wrong_scope"} 0"#))
    }

    @Test("Energy's endpoints have theirs where Energy is wanted, and as long as there are requests of a time when it was")
    func energy() {
        let bench = MetricsBench()
        bench.store.publish(EnergyReadings())
        #expect(bench.samples("netatmo_api_requests_total{").count == 7 * 18)
        #expect(bench.samples("netatmo_api_request_duration_seconds_count{").count == 7)
        let other = MetricsBench()
        var statistics = APIStatistics()
        statistics.add(.ok, to: .homesData, seconds: 0.1)
        other.store.publish(statistics)
        #expect(samples(other, "netatmo_api_requests_total{") == [#"netatmo_api_requests_total{endpoint="homesdata",result="ok"} 1"#])
    }

    @Test("Requests are counted by endpoint and by how they ended, and their durations fall into ranges")
    func counts() async throws {
        let bench = MetricsBench()
        let clock = ManualClock()
        let meter = APIMeter(publisher: bench.store, clock: clock, events: EventLog(publisher: bench.store, logger: CollectedLog().logger))
        for milliseconds in [40, 50, 51, 40_000] {
            _ = try await meter.measure(.stations) { () async throws(NetatmoError) in clock.advance(by: .milliseconds(milliseconds)) }
        }
        for kind in [NetatmoError.Kind.quota, .quota, .invalidAnswer] {
            _ = try? await meter.measure(.token) { () async throws(NetatmoError) in throw NetatmoError(kind) }
        }
        meter.noteRefresh(.failed(.invalidGrant))
        #expect(
            samples(bench, "netatmo_api_requests_total") == [
                #"netatmo_api_requests_total{endpoint="token",result="quota"} 2"#,
                #"netatmo_api_requests_total{endpoint="token",result="invalid_answer"} 1"#,
                #"netatmo_api_requests_total{endpoint="getstationsdata",result="ok"} 4"#,
            ]
        )
        let name = "netatmo_api_request_duration_seconds"
        let buckets = bench.samples("\(name)_bucket{endpoint=\"getstationsdata\"").map { $0.split(separator: "le=").last.map(String.init) }
        #expect(buckets.first == "\"0.05\"} 2")
        #expect(buckets[1] == "\"0.1\"} 3")
        #expect(buckets.suffix(2) == ["\"30.0\"} 3", "\"+Inf\"} 4"])
        #expect(bench.samples("\(name)_count{endpoint=\"getstationsdata\"}") == ["\(name)_count{endpoint=\"getstationsdata\"} 4"])
        #expect(
            bench.samples("\(name)_sum{endpoint=\"getstationsdata\"}").first?.hasPrefix("\(name)_sum{endpoint=\"getstationsdata\"} 40.14")
                == true)
        #expect(
            samples(bench, "netatmo_exporter_token_refreshes_total") == [
                #"netatmo_exporter_token_refreshes_total{result="invalid_grant"} 1"#
            ]
        )
    }

    @Test("A request that was given up counts for nothing, a clock that was set back for no time")
    func oddities() async throws {
        let bench = MetricsBench()
        let clock = ManualClock()
        let meter = APIMeter(publisher: bench.store, clock: clock, events: EventLog(publisher: bench.store, logger: CollectedLog().logger))
        await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try? await meter.measure(.stations) { () async throws(NetatmoError) in throw NetatmoError(.network) }
        }
        .value
        #expect(samples(bench, "netatmo_api_").isEmpty)
        _ = try await meter.measure(.stations) { () async throws(NetatmoError) in clock.set(to: SampleStations.now(-3600)) }
        #expect(bench.samples("netatmo_api_request_duration_seconds_sum{endpoint=\"getstationsdata\"}").first?.hasSuffix(" 0") == true)
    }

    @Test("The whole engine counts renewals, fetches and failures, and tells the token's state")
    func engine() async throws {
        try await EngineBench.run(file: TokenAttributes.refreshTokenOnly) { bench in
            try await bench.isUp()
            await bench.netatmo.inject(.unavailable, on: .stationsData)
            bench.clock.advance(by: .seconds(11))
            _ = await bench.engine.requestRenewal()
            try await bench.store.first("the renewal") { snapshot in
                snapshot.events.count { if case .tokenRenewed = $0.kind { true } else { false } } == 2 && snapshot.token.renewal == .idle
            }
            try await bench.clock.sleeper(until: SampleStations.now(480))
            bench.clock.advance(by: .seconds(469))
            try await bench.store.first("a failed fetch") { $0.data.lastAttempt?.error != nil }
            let text = try await bench.browser.get(bench.url("/metrics")).body
            for line in [
                #"netatmo_exporter_token_refreshes_total{result="ok"} 2"#, #"netatmo_api_requests_total{endpoint="token",result="ok"} 2"#,
                #"netatmo_api_requests_total{endpoint="getstationsdata",result="ok"} 1"#,
                #"netatmo_api_requests_total{endpoint="getstationsdata",result="outage"} 1"#,
                #"netatmo_api_request_duration_seconds_count{endpoint="getstationsdata"} 2"#,
                #"netatmo_exporter_token_state{state="valid"} 1"#,
                #"netatmo_exporter_token_state{state="missing"} 0"#, #"netatmo_exporter_build_info{commit="abc1234",version="1.2.3"} 1"#,
            ] {
                #expect(text.contains("\n\(line)\n"), "\(line)")
            }
        }
    }

    @Test("Of the six states of a token one is 1", arguments: TokenStatus.State.allCases)
    func states(state: TokenStatus.State) {
        let bench = MetricsBench()
        let later = SampleStations.now(9600)
        let status: TokenStatus =
            switch state {
            case .missing: TokenStatus()
            case .valid: TokenStatus(possession: .token(expiry: later, lifetime: 10_800, renewsAt: later))
            case .expiring: TokenStatus(possession: .token(expiry: later, lifetime: 10_800, renewsAt: nil))
            case .renewing: TokenStatus(renewal: .underWay(since: SampleStations.now))
            case .expired: TokenStatus(possession: .token(expiry: SampleStations.now, lifetime: 10_800, renewsAt: nil))
            case .rejected: TokenStatus(possession: .rejected(NetatmoError(.invalidGrant), expiry: nil))
            }
        bench.store.update { $0.token = status }
        let samples = bench.samples("netatmo_exporter_token_state{")
        #expect(samples.count == 6)
        #expect(samples.filter { $0.hasSuffix(" 1") } == ["netatmo_exporter_token_state{state=\"\(state.rawValue)\"} 1"])
    }
}
