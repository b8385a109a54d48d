import Foundation
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import EngineRemote
@testable import Homes
@testable import OperatingSystem
@testable import Server

@Suite("Energy over the control socket")
struct EnergyStateTests {
    @Test("arrives whole: homes with all schedules, rooms with their alerts, devices, and how the fetch went; none where there is none")
    func whole() async throws {
        var wire = StateBench()
        wire.publish(SampleStations.all)
        var remote = try await wire.attach()
        #expect(remote.snapshot.energy == nil)
        for energy in [
            EnergyReadings(), SampleEnergy.readings(), SampleEnergy.readings(at: 480, error: NetatmoError(.outage, status: 503)),
            SampleEnergy.readings([], at: 960),
        ] {
            wire.store.publish(energy)
            #expect(try await wire.tell(&remote) != nil)
            #expect(remote.snapshot.energy == energy)
            #expect(remote.snapshot.energy?.roomStations == energy.roomStations)
            #expect(try await wire.tell(&remote) == nil, "nothing is told twice")
        }
        #expect(remote.snapshot.data == wire.store.snapshot.data)
    }

    @Test("is told where it changed, homes and fetch apart, and no weather station with it")
    func parts() async throws {
        var wire = StateBench()
        wire.publish(SampleStations.all)
        wire.store.publish(SampleEnergy.readings())
        var remote = try await wire.attach()
        func keys(_ energy: EnergyReadings) async throws -> Set<String> {
            wire.store.publish(energy)
            let line = try #require(try await wire.tell(&remote))
            #expect(remote.snapshot.energy == energy)
            return Set(try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]).keys)
        }
        #expect(try await keys(SampleEnergy.readings(at: 480)) == ["now", "energy"])
        let warmer = SampleEnergy.home(rooms: [SampleEnergy.living(22)])
        #expect(try await keys(SampleEnergy.readings([warmer], at: 480)) == ["now", "homes"])
        #expect(try await keys(SampleEnergy.readings(at: 960)) == ["now", "energy", "homes"])
    }

    @Test("keeps the rooms of before as long as an engine that has just started has none")
    func restarted() {
        let known = SampleEnergy.readings()
        let before = Snapshot(data: StateBench.data(SampleStations.all), energy: known)
        #expect(Snapshot().keepingReadings(of: before).energy == known, "it may not have said yet that it is asked for rooms")
        var started = EnergyReadings()
        started.nextFetch = SampleStations.now(7)
        let shown = Snapshot(data: StateBench.data([]), energy: started).keepingReadings(of: before).energy
        #expect(shown?.homes == known.homes && shown?.roomStations == known.roomStations && shown?.fetchedAt == known.fetchedAt)
        #expect(shown?.nextFetch == SampleStations.now(7) && shown?.lastAttempt == nil, "all else is news")
    }

    @Test("keeps no rooms that the engine is not asked for, that the token does not allow, or in place of newer ones")
    func notKept() {
        let before = Snapshot(data: StateBench.data(SampleStations.all), energy: SampleEnergy.readings())
        #expect(Snapshot(data: StateBench.data([])).keepingReadings(of: before).energy == nil)
        var refused = EnergyReadings()
        refused.isRefused = true
        #expect(Snapshot(energy: refused).keepingReadings(of: before).energy == refused)
        let none = SampleEnergy.readings([], at: 5)
        #expect(Snapshot(energy: none).keepingReadings(of: before).energy == none)
        #expect(Snapshot(energy: EnergyReadings()).keepingReadings(of: Snapshot()).energy == EnergyReadings())
    }

    /// A line that follows, with these members.
    private func line(_ members: String) -> [UInt8] { Array(#"{"now":"2026-11-23T17:18:05Z",\#(members)}"#.utf8) }

    private static let plan = #"{"id":"s","isSelected":true,"zones":[],"changes":[{"minute":1e9,"zoneID":1}]}"#

    @Test(
        "is refused where a line of it is none, and what was there before stays",
        arguments: [
            #""homes":{}"#, #""homes":[1]"#, #""homes":[{}]"#, #""homes":[{"id":"h","rooms":[]}]"#, #""homes":[{"id":"h","devices":[]}]"#,
            #""homes":[{"id":"h","devices":[],"rooms":[{"id":"1"}]}]"#, #""energy":{}"#, #""energy":[]"#,
            #""energy":{"isRefused":false,"fetchedAt":1}"#, #""homes":[{"id":7,"rooms":[],"devices":[]}]"#,
            #""homes":[{"id":"h","devices":[],"rooms":[{"id":"1","isTold":true,"readings":{"setpoint":{"value":1e999}}}]}]"#,
            #""homes":[{"id":"h","devices":[{"type":"NRV"}],"rooms":[]}]"#,
            #""homes":[{"id":"h","devices":[],"rooms":[],"schedules":[\#(plan)]}]"#,
        ])
    func refused(members: String) async throws {
        var wire = StateBench()
        wire.store.publish(SampleEnergy.readings())
        var remote = try await wire.attach()
        #expect(throws: RemoteState.Fault.unreadable("a line that is no state")) { try remote.take(line: line(members)) }
        #expect(remote.snapshot.energy == SampleEnergy.readings())
    }

    @Test("of an engine that tells homes and no fetch, or a home with little, is taken as far as it goes")
    func little() async throws {
        var wire = StateBench()
        var remote = try await wire.attach()
        try remote.take(line: line(#""homes":[{"id":"h","rooms":[],"devices":[]}]"#))
        #expect(remote.snapshot.energy == nil)
        try remote.take(line: line(#""energy":{"isRefused":true},"homes":[{"id":"h","rooms":[{"id":"1","isTold":false}],"devices":[]}]"#))
        #expect(remote.snapshot.energy?.isRefused == true)
        #expect(
            remote.snapshot.energy?.homes == [
                EnergyHome(id: "h", name: nil, rooms: [Room(id: "1", name: nil, deviceIDs: [])], devices: [])
            ])
    }
}
