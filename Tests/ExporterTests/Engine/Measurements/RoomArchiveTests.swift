import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem

@Suite("Histories of rooms and boilers")
struct RoomArchiveTests {
    private static let path = "/api/getroommeasure"
    private static let now = Int(SampleStations.now.timeIntervalSince1970)
    /// The half hour that is under way when the clock starts, at 18 minutes past.
    private static let halfHour = now / 1800 * 1800
    private static let room = HistorySubject(room: "1", ofHome: "h", measures: [.temperature, .setpoint])
    private static let boiler = HistorySubject(deviceID: "p", moduleID: "t", measures: [.boilerMinutes])

    private static func answer(from begin: Int, _ temperatures: Double...) -> Reply {
        let rows = temperatures.map { "[\($0), 21]" }.joined(separator: ", ")
        return .status(200, #"{"body": [{"beg_time": \#(begin), "step_time": 1800, "value": [\#(rows)]}]}"#)
    }

    /// A room and a boiler, as they were told so many seconds after the clock's start.
    private static func station(told seconds: TimeInterval, temperature: Double? = 20.6, home: String = "h") throws -> Station {
        let home = EnergyHome(
            id: home, name: "Fjord",
            rooms: [Room(id: "1", name: "Stue", deviceIDs: ["t"], state: .init(temperature: temperature, setpoint: 21))],
            devices: [
                EnergyDevice(id: "p", kind: .relay, name: "Relé"),
                EnergyDevice(id: "t", kind: .thermostat, name: "Termostat", roomID: "1", relayID: "p", state: .init(isBoilerOn: true)),
            ], toldAt: SampleStations.now(seconds))
        return try #require(home.roomStation)
    }

    private func kept(_ bench: ArchiveBench, _ subject: HistorySubject) async throws -> KeptHistory {
        try #require(await bench.archive.histories.first { $0.subject == subject })
    }

    private func times(_ history: MeasureHistory) -> [Int] { history.times.map { Int($0) - Self.halfHour } }

    @Test("a room's past is asked for once a half hour at most, and what was read since stays at its end")
    func fresh() async throws {
        let bench = ArchiveBench()
        bench.transport.script(
            Self.path, Self.answer(from: Self.halfHour - 1800, 20.1, 20.3), Self.answer(from: Self.halfHour, 20.4, 20.5))
        #expect(try await bench.archive.history(of: Self.room).count == 2)
        bench.clock.advance(by: .seconds(500))
        await bench.archive.add(rooms: [try Self.station(told: 500)])
        bench.clock.advance(by: .seconds(214))
        #expect(times(try await bench.archive.history(of: Self.room)) == [-1800, 0, Self.now - Self.halfHour + 500])
        #expect(bench.transport.requests.count == 1, "until the half hour is over there is nothing new")
        bench.clock.advance(by: .seconds(300))
        await bench.archive.add(rooms: [try Self.station(told: 1000)])
        let history = try await bench.archive.history(of: Self.room)
        #expect(bench.transport.requests.count == 2)
        #expect(bench.transport.requests.last?.form["date_begin"]?.reveal() == String(Self.halfHour), "no older one is asked for again")
        #expect(times(history) == [-1800, 0, 1800, Self.now - Self.halfHour + 1000])
        #expect(history.points(of: .temperature).map(\.value) == [20.1, 20.4, 20.5, 20.6])
        #expect(history.points(of: .setpoint).allSatisfy { $0.value == 21 })
        #expect(bench.store.api.requests[.roomHistory]?.counts == [.ok: 2] && bench.store.api.requests[.history] == nil)
    }

    @Test("readings that come each minute are kept four minutes apart: a room has no time of measurement")
    func spacing() async throws {
        let bench = ArchiveBench()
        bench.transport.script(Self.path, Self.answer(from: Self.halfHour - 1800, 20.1))
        _ = try await bench.archive.history(of: Self.room)
        for minute in 0..<12 { await bench.archive.add(rooms: [try Self.station(told: Double(minute) * 60)]) }
        let behind = Self.now - Self.halfHour
        #expect(times(try await kept(bench, Self.room).history) == [-1800, behind, behind + 240, behind + 480])
    }

    @Test("a room is complete as long as its home tells of it; how long a boiler burned has to be asked for each hour")
    func complete() async throws {
        let bench = ArchiveBench()
        bench.transport.script(Self.path, Self.answer(from: Self.halfHour, 20.1))
        bench.transport.script(ArchiveBench.path, Self.answer(from: Self.halfHour, 600))
        for subject in [Self.room, Self.boiler] { #expect(await bench.archive.fill(subject) == .filled) }
        bench.clock.advance(by: .seconds(3599))
        #expect(await bench.archive.firstIncomplete(of: [Self.room, Self.boiler]) == nil)
        await bench.archive.add(rooms: [try Self.station(told: 3599)])
        bench.clock.advance(by: .seconds(1))
        #expect(await bench.archive.firstIncomplete(of: [Self.room, Self.boiler]) == Self.boiler)
        #expect(try await kept(bench, Self.boiler).history.count == 1, "a reading of a boiler has no minutes")
        // Another home told, and this one did not.
        bench.clock.advance(by: .seconds(3597))
        await bench.archive.add(rooms: [try Self.station(told: 3599), try Self.station(told: 7197, home: "other")])
        bench.clock.advance(by: .seconds(2))
        #expect(await bench.archive.firstIncomplete(of: [Self.room]) == Self.room)
    }

    @Test("a token that does not allow rooms is asked for them, and the modules' past comes all the same")
    func wrongScope() async throws {
        let bench = ArchiveBench()
        bench.transport.script(Self.path, .apiError(403, code: 13))
        bench.answers(2)
        await #expect(throws: HistoryError.self) { try await bench.archive.history(of: Self.room) }
        #expect(try await bench.history("05:00").count == 2)
        #expect(await bench.archive.firstIncomplete(of: [Self.room, bench.subject("06:00")]) == bench.subject("06:00"))
        #expect(bench.store.api.requests[.roomHistory]?.counts == [.failed(.wrongScope): 1])
    }

    @Test("a room and a device of the same ids are two")
    func kinds() async throws {
        let bench = ArchiveBench()
        bench.transport.script(Self.path, Self.answer(from: Self.halfHour, 20.1))
        _ = try await bench.archive.history(of: Self.room)
        #expect(await bench.archive.keeps(Self.room.of([.temperature]).at(.day)))
        #expect(await !bench.archive.keeps(HistorySubject(deviceID: "h", moduleID: "1", measures: [.temperature])))
    }

    @Test("a snapshot knows its rooms and boilers, and before they are told, that they may be there")
    func known() throws {
        var snapshot = Snapshot()
        snapshot.data.fetchedAt = SampleStations.now
        snapshot.data.stations = SampleStations.all
        let module = try #require(SampleStations.all.first?.historySubjects.last)
        let all = [Self.room, Self.boiler, module, module.of([.co2])]
        #expect(all.map(snapshot.has) == [false, false, true, true], "where Energy is not wanted")
        var energy = EnergyReadings()
        snapshot.energy = energy
        #expect(all.map(snapshot.has) == [nil, nil, true, true])
        energy.homes = [
            EnergyHome(
                id: "h", name: nil, rooms: [Room(id: "1", name: nil, deviceIDs: [])],
                devices: [EnergyDevice(id: "t", kind: .thermostat, name: nil, relayID: "p", state: .init(isBoilerOn: false))],
                toldAt: SampleStations.now)
        ]
        energy.fetchedAt = SampleStations.now
        snapshot.energy = energy
        #expect(all.map(snapshot.has) == [true, true, true, true])
        let strangers = [
            HistorySubject(room: "2", ofHome: "h", measures: [.temperature]),
            HistorySubject(room: "1", ofHome: "i", measures: [.temperature]),
            HistorySubject(deviceID: "h", moduleID: "1", measures: [.temperature]),
            HistorySubject(room: try #require(module.moduleID), ofHome: module.deviceID, measures: module.measures),
        ]
        #expect(strangers.map(snapshot.has) == [false, false, false, false])
        snapshot.data.fetchedAt = nil
        snapshot.data.stations = []
        #expect(([module] + strangers).map(snapshot.has) == [nil, false, false, nil, false])
        energy = EnergyReadings()
        energy.isRefused = true
        snapshot.energy = energy
        #expect(snapshot.has(Self.room) == false, "a token that does not allow rooms has none")
    }
}
