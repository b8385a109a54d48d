import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import EngineRemote
@testable import Homes
@testable import OperatingSystem
@testable import Server

/// What a front end in another process has of an engine, without a socket between them: lines are written and read.
@Suite("A state that goes over the control socket")
struct RemoteStateTests {
    @Test("arrives whole with its first line: every part, each kind of event, each error with its path, the stations as they are")
    func whole() async throws {
        var wire = StateBench()
        wire.store.update { snapshot in
            snapshot.events = SampleEvents.kinds.enumerated().map { Event(time: SampleStations.now(Double($0)), kind: $1) }
            snapshot.forgottenEvents = 7
            snapshot.exporter = .listening(address: "127.0.0.1:9210", port: 9210)
            snapshot.signIn = .failed(reason: "denied")
            snapshot.token = TokenStatus(
                possession: .token(expiry: SampleStations.now(9600), lifetime: 10_800, renewsAt: SampleStations.now(9000)),
                saving: .blocked(SampleEvents.fullDisk, next: SampleStations.now(60)))
        }
        wire.store.publish(StateBench.data(SampleStations.all))
        wire.store.noteScrape(at: SampleStations.now(5))
        var remote = try await wire.attach()
        expect(remote.snapshot, is: wire.store.snapshot)
        #expect(remote.snapshot.connection == .attached(StateBench.engine))
        #expect(remote.log == wire.log)
        #expect(try await wire.tell(&remote) == nil, "nothing is told twice")
    }

    @Test("is told in parts afterwards, each where it changed and no other")
    func parts() async throws {
        var wire = StateBench()
        wire.store.publish(StateBench.data(SampleStations.all))
        var remote = try await wire.attach()
        func keys(_ change: () -> Void) async throws -> Set<String> {
            change()
            let line = try #require(try await wire.tell(&remote))
            expect(remote.snapshot, is: wire.store.snapshot)
            return Set(try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]).keys)
        }
        #expect(try await keys { wire.store.update { $0.token = TokenStatus(possession: .refreshTokenOnly) } } == ["now", "token"])
        #expect(try await keys { wire.store.update { $0.signIn = .exchanging } } == ["now", "signIn"])
        #expect(try await keys { wire.store.noteScrape(at: SampleStations.now(100)) } == ["now", "exporter"])
        #expect(try await keys { for _ in 0..<2 { wire.add(.stopWaits) } } == ["now", "events"])
        #expect(try await keys { wire.log.append(LogLine(time: SampleStations.now, level: .info, message: "one")) } == ["now", "log"])
        #expect(remote.log == wire.log)
        #expect(try await keys { wire.log.file = .none } == ["now", "log"])
        #expect(remote.log == wire.log)
        // Other readings of the same devices: who they are is not told anew.
        let warmer = Self.warmed(SampleStations.all)
        #expect(try await keys { wire.store.publish(StateBench.data(warmer, at: 600)) } == ["now", "data", "readings"])
        let fewer = Array(warmer.dropLast())
        #expect(try await keys { wire.store.publish(StateBench.data(fewer, at: 1200)) } == ["now", "data", "stations", "readings"])
    }

    @Test("holds any device as it is: without readings, with values that no number tells, with times of day")
    func devices() async throws {
        var wire = StateBench()
        let values = MeasureTable { _ in -0.125 }
        let times = MeasureTable { _ in SampleStations.now(-3600) }
        let trends: MeasureTable<Readings.Trend> = [.temperature: .up, .pressure: .down, .co2: .stable]
        let full = Readings(
            time: SampleStations.now(-60.5), values: values, trends: trends, times: times,
            felt: FeltTemperature(celsius: -0.25, formula: nil))
        let kinds: [Device.Kind] = [.base, .outdoor, .wind, .rain, .indoor, .homeCoach, .other("NAFuture")]
        let devices =
            kinds.enumerated().map { index, kind in
                Device(
                    id: "70:ee:50:00:00:0\(index)", kind: kind, name: index == 1 ? nil : "Røm \"\(index)\"",
                    reachable: [nil, true, false][index % 3],
                    firmware: index, battery: index % 2 == 0 ? nil : .init(percent: 12, millivolts: nil),
                    signal: [nil, .wifi(56), .radio(-3)][index % 3], lastSeen: SampleStations.now(-5), readings: index == 3 ? nil : full)
            }
            + FeltTemperature.Formula.allCases.map { formula in
                let readings = Readings(
                    time: SampleStations.now, values: [.temperature: 1], felt: FeltTemperature(celsius: -8.64, formula: formula))
                return Device(id: formula.rawValue, kind: .outdoor, name: nil, readings: readings)
            } + [Device(id: "x", kind: .indoor, name: nil, readings: Readings(time: SampleStations.now, values: [:]))]
        let place = Station.Place(timeZone: "Europe/Oslo", country: "NO", city: "Bergen", altitude: 12.5)
        let station = Station(
            base: devices[0], modules: Array(devices.dropFirst()), name: "S", homeName: "H", homeID: "h", place: place, isFavorite: true)
        wire.store.publish(StateBench.data([station]))
        let remote = try await wire.attach()
        #expect(remote.snapshot.data.stations == [station])
        // What is not a number is no reading.
        let odd = Device(
            id: "y", kind: .base, name: "odd", readings: Readings(time: nil, values: [.co2: .nan, .noise: .infinity, .humidity: 4]))
        var other = StateBench()
        other.store.publish(StateBench.data([Station(base: odd, modules: [], name: nil, homeName: nil)]))
        #expect(try await other.attach().snapshot.data.stations[0].base.readings?.values == [.humidity: 4])
        // Nor is it an altitude.
        var high = StateBench()
        let nowhere = Station.Place(timeZone: "Europe/Oslo", country: nil, city: "Bergen", altitude: .infinity)
        high.publish([Station(base: odd, modules: [], name: nil, homeName: nil, homeID: nil, place: nowhere, isFavorite: false)])
        #expect(
            try await high.attach().snapshot.data.stations[0].place
                == Station.Place(timeZone: "Europe/Oslo", country: nil, city: "Bergen", altitude: nil))
    }

    @Test("keeps the readings of before as long as an engine that has just started has none")
    func restarted() {
        let before = Snapshot(token: TokenStatus(possession: .refreshTokenOnly), data: StateBench.data(SampleStations.all))
        var started = Snapshot(data: DataStatus(nextFetch: SampleStations.now(10), isFetching: true))
        let shown = started.keepingReadings(of: before)
        #expect(shown.data.stations == SampleStations.all && shown.data.fetchedAt == before.data.fetchedAt)
        #expect(shown.data.preferences == .metric)
        #expect(shown.data.isFetching && shown.data.nextFetch == SampleStations.now(10) && shown.token == started.token, "all else is news")
        // An account without stations is no engine that has none yet.
        started.data.fetchedAt = SampleStations.now(20)
        #expect(started.keepingReadings(of: before).data.stations == [])
        #expect(Snapshot().keepingReadings(of: Snapshot()).data.fetchedAt == nil)
    }

    @Test("of a later release is read as far as it is known")
    func laterRelease() async throws {
        var wire = StateBench()
        wire.store.publish(StateBench.data(SampleStations.all))
        let line = String(decoding: try #require(try await wire.line()), as: UTF8.self)
            .replacing(#""token":{"#, with: #""brand":{"new":[1]},"token":{"colour":"red","#)
            .replacing(#""co2""#, with: #""radon""#).replacing(#""NAModule3""#, with: #""NAFuture""#)
        let remote = try RemoteState(firstLine: Array(line.utf8))
        let devices = remote.snapshot.data.stations.flatMap(\.devices)
        #expect(devices.allSatisfy { $0.readings?[.co2] == nil } && devices.contains { $0.readings?[.temperature] != nil })
        #expect(devices.contains { $0.kind == .other("NAFuture") })
    }

    @Test("with numbers beyond all bounds ends nothing")
    func absurd() async throws {
        var wire = StateBench()
        wire.store.publish(StateBench.data(SampleStations.all))
        wire.add(.stopWaits)
        let line = String(decoding: try #require(try await wire.line()), as: UTF8.self)
        for number in ["1e300", "-1e300", "9223372036854775807", "-1", "1e18"] {
            let changed = line.replacing(/:\d+(\.\d+)?/, with: ":\(number)").replacing(/[\[,]\d+(\.\d+)?/) {
                "\($0.output.0.prefix(1))\(number)"
            }
            // Read or refused: what counts is that the program goes on.
            let remote = try? RemoteState(firstLine: Array(changed.utf8))
            #expect(remote.map { $0.engine.staleAge >= .zero && $0.engine.refreshInterval >= .zero } ?? true)
        }
    }

    @Test("is refused where its readings are not those of its stations, and what was there before stays")
    func mismatch() async throws {
        var wire = StateBench()
        wire.store.publish(StateBench.data(SampleStations.all))
        var remote = try await wire.attach()
        for rows in ["[]", "[[1]]", "[[1,2],[3]]"] {
            #expect(throws: RemoteState.Fault.self, "\(rows)") {
                try remote.take(line: Array(#"{"now":"2026-11-23T17:18:05Z","readings":\#(rows)}"#.utf8))
            }
        }
        #expect(remote.snapshot.data.stations == SampleStations.all)
    }

    @Test("of another version of the protocol says of which release it is, on one harmless line")
    func otherVersion() {
        let line = #"{"version":99,"engine":{"build":{"version":"9.9\u001b[2J","commit":"c"},"other":{}},"shape":7}"#
        #expect(throws: RemoteState.Fault.otherVersion(release: "9.9\u{FFFD}[2J")) { try RemoteState(firstLine: Array(line.utf8)) }
        let long = #"{"version":99,"engine":{"build":{"version":"\#(String(repeating: "9", count: 1000))"}}}"#
        let fault = #expect(throws: RemoteState.Fault.self) { try RemoteState(firstLine: Array(long.utf8)) }
        guard case .otherVersion(let release) = fault else {
            Issue.record("it is told as: \(String(describing: fault))")
            return
        }
        #expect(release.hasPrefix("9999") && release.count <= 41)
        let words = EngineConnectionError.otherVersion(theirs: "9.9", own: "0.1").description
        #expect(words == "the engine is netatmo-dashboard 9.9, this is 0.1: restart the one that is older after its update")
    }

    private func expect(_ snapshot: Snapshot, is other: Snapshot, _ location: SourceLocation = #_sourceLocation) {
        #expect(snapshot.token == other.token, sourceLocation: location)
        #expect(snapshot.data == other.data, sourceLocation: location)
        #expect(snapshot.events == other.events, sourceLocation: location)
        #expect(snapshot.forgottenEvents == other.forgottenEvents, sourceLocation: location)
        #expect(snapshot.exporter == other.exporter, sourceLocation: location)
        #expect(snapshot.signIn == other.signIn, sourceLocation: location)
        #expect(snapshot.lastScrape == other.lastScrape, sourceLocation: location)
    }

    /// The stations a degree warmer.
    private static func warmed(_ stations: [Station]) -> [Station] {
        func warmed(_ device: Device) -> Device {
            let readings = device.readings.map { readings in
                Readings(
                    time: readings.time, values: MeasureTable(readings.values.map { ($0, $1 + 1) }), trends: readings.trends,
                    times: readings.times)
            }
            return Device(
                id: device.id, kind: device.kind, name: device.name, reachable: device.reachable, firmware: device.firmware,
                battery: device.battery, signal: device.signal, lastSeen: device.lastSeen, readings: readings)
        }
        return stations.map { station in
            Station(
                base: warmed(station.base), modules: station.modules.map(warmed), name: station.name, homeName: station.homeName,
                homeID: station.homeID, place: station.place, isFavorite: station.isFavorite)
        }
    }
}
