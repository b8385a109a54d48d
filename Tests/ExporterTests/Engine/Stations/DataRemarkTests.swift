import Foundation
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import Netatmo
@testable import PrometheusMetrics

@Suite("Odd readings are told once")
struct DataRemarkTests {
    @Test("A time ahead is no time: the module is stale, which is told once as long as it lasts")
    func timesAhead() async throws {
        let bench = PollerBench()
        let ahead = Reply.status(200, SampleStations.json(baseNamed: "Stue", measuredAt: SampleStations.now(31_536_000)))
        bench.transport.stations(ahead, ahead, .stations, ahead)
        let remark = Event.Kind.dataRemark(.timesAhead(devices: 1, names: ["Stue"]))
        try await bench.run {
            for (turn, count) in [1, 1, 1, 2].enumerated() {
                if turn > 0 { try await bench.wake(at: Double(turn) * 480) }
                try await bench.attempt(at: Double(turn) * 480)
                try await bench.store.first("word \(count)") { $0.events.count { $0.kind == remark } >= count }
                #expect(bench.events.count { $0 == remark } == count)
                if turn == 1 {
                    let base = try #require(bench.data.stations.first?.base)
                    #expect(base.readings?.time == nil)
                    #expect(!Freshness(at: bench.clock.now, staleAge: .seconds(3600)).isFresh(base))
                }
            }
        }
        #expect(bench.log.lines.contains { $0.contains("data warning: times ahead of this machine's clock are not used: Stue") })
    }

    @Test("What is left out of the answer is told")
    func leftOut() {
        var remarks = DataRemarks()
        let fetched = FetchedStations(StationsData(stations: SampleStations.all, leftOut: 3), homeCoaches: .unwanted)
        #expect(remarks.check(fetched, at: SampleStations.now).remarks == [.devicesLeftOut(3, most: 20_000)])
        #expect(remarks.check(fetched, at: SampleStations.now).remarks == [])
    }

    @Test("An alert on a module that the account does not have is told, once, unless it may be a home coach that was not to be had")
    func alertsWithoutModule() throws {
        let rules = try AlertRule.rules("co2 > 1000, Stue co2 > 800, Bedrom temperature < 16, Bedrom humidity > 60, Loftt noise > 50")
        var remarks = DataRemarks(names: RuleNames(rules))
        let whole = FetchedStations(StationsData(stations: SampleStations.all), homeCoaches: .unwanted)
        let failed = FetchedStations(
            StationsData(stations: SampleStations.all), homeCoaches: .unwanted, homeCoachError: NetatmoError(.outage))
        #expect(remarks.check(failed, at: SampleStations.now).remarks == [])
        #expect(remarks.check(whole, at: SampleStations.now).remarks == [.alertsWithoutModule(names: ["Bedrom", "Loftt"])])
        #expect(remarks.check(failed, at: SampleStations.now).remarks == [] && remarks.check(whole, at: SampleStations.now).remarks == [])
        var none = DataRemarks(names: RuleNames(try AlertRule.rules("STUE co2 > 800")))
        #expect(none.check(whole, at: SampleStations.now).remarks == [])
    }

    @Test("The bound of /metrics holds for whatever devices there are, and leaves out none that have room", arguments: [0, 1, 3, 18])
    func metricsBound(measures: Int) {
        let values = MeasureTable(Measure.allCases.prefix(measures).map { ($0, $0.range.lowerBound + 0.123456789) })
        let readings = measures == 0 ? nil : Readings(time: SampleStations.now, values: values)
        // A twelfth of the program's: enough to tell.
        let limit = MetricsBound.limit / 12
        let modules = (0..<1667).map {
            Device(id: "02:\($0)", kind: .outdoor, name: "m", reachable: true, lastSeen: SampleStations.now, readings: readings)
        }
        let station = Station(base: Device(id: "s", kind: .base, name: "s", readings: nil), modules: modules, name: "S", homeName: "H")
        let freshness = Freshness(at: SampleStations.now, staleAge: .seconds(3600))
        let text = SensorText([station], freshness, limit: limit).text
        #expect(text.readableBytes <= limit)
        let leftOut = LabelledDevice.leftOut(of: [station], limit: limit)
        guard leftOut > 0 else { return #expect(String(buffer: text).contains("m (02:1666)")) }
        #expect(text.readableBytes > limit * 8 / 10, "what is left out had no room")
    }

    /// More than there is room for in `/metrics`.
    private static let hostile: Station = {
        let name = String(repeating: "\u{1F600}", count: 256)
        let values = MeasureTable { $0.range.lowerBound }
        let readings = Readings(time: SampleStations.now, values: values)
        let modules = (0..<3000).map { Device(id: "m\($0)", kind: .other("x"), name: name, readings: readings) }
        return Station(base: Device(id: "s", kind: .base, name: name, readings: nil), modules: modules, name: name, homeName: name)
    }()

    @Test("Names that would make /metrics endless cost the devices that do not fit, and no more")
    func metrics() async {
        let stations = SampleStations.all + [Self.hostile]
        let text = SensorText(stations, Freshness(at: SampleStations.now, staleAge: .seconds(3600))).text
        #expect(text.readableBytes <= MetricsBound.limit)
        #expect(String(buffer: text).contains(#"netatmo_sensor_temperature_celsius{home="Bergen",module="Stue",station="Fjord"}"#))
        let leftOut = LabelledDevice.leftOut(of: stations)
        #expect(leftOut > 2500)
        let told = Mutex<[DataRemark]>([])
        let watch = MetricsBoundWatch(store: SnapshotStore(), clock: ManualClock()) { remark in told.withLock { $0.append(remark) } }
        for stations in [stations, stations, SampleStations.all, stations] { await watch.check(stations) }
        let remark = DataRemark.seriesLeftOut(devices: leftOut, limit: 12 << 20)
        #expect(told.withLock { $0 } == [remark, remark], "told once as long as it lasts")
    }

    @Test("Series that have no room are told a second after the screens have NetAtmo's answer")
    func watch() async throws {
        let (store, clock) = (SnapshotStore(), ManualClock())
        let told = Mutex(0)
        let watch = MetricsBoundWatch(store: store, clock: clock) { _ in told.withLock { $0 += 1 } }
        try await running([watch]) { _ in
            store.publish(StateBench.data([Self.hostile]))
            try await clock.sleepers(atLeast: 1)
            #expect(told.withLock { $0 } == 0)
            clock.advance(by: .seconds(1))
            try await until("the remark") { told.withLock { $0 == 1 ? () : nil } }
        }
    }
}
