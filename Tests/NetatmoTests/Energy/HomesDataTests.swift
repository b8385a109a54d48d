import FoundationEssentials
import Homes
import Testing

@testable import Netatmo

@Suite("Reading homesdata")
struct HomesDataTests {
    private func homes(_ homes: String, user: String = "{}") throws -> HomesData {
        try answer(#"{"status":"ok","time_server":1795465000,"body":{"homes":\#(homes),"user":\#(user)}}"#)
    }

    private func answer(_ json: String) throws -> HomesData {
        try NetatmoAnswer(status: 200, body: Array(json.utf8)).decoded(as: HomesData.self)
    }

    /// A house with a relay, a thermostat and a valve, and with a weather station, a camera and a plug.
    private static let house = #"""
        [{"id":"5f8d","name":"Fjord","timezone":"Europe/Oslo","therm_mode":"away","altitude":12,"coordinates":[5.3,60.4],
          "rooms":[{"id":"2001","name":"Stue","type":"livingroom","module_ids":["04:00:01"]},
                   {"id":2002,"name":"Bad","type":"bathroom","module_ids":[]},
                   {"id":"2003","name":"Loft","type":"custom","module_ids":["70:ee:50:01"]}],
          "modules":[{"id":"70:ee:50:00","type":"NAPlug","name":"Relé","setup_date":1602848000,"modules_bridged":["04:00:01"]},
                     {"id":"04:00:01","type":"NATherm1","name":"Termostat","room_id":"2001","bridge":"70:ee:50:00"},
                     {"id":"09:00:02","type":"NRV","name":"Ventil","room_id":2002,"bridge":"70:ee:50:00"},
                     {"id":"70:ee:50:01","type":"NAMain","name":"Loft","room_id":"2003"},
                     {"id":"70:ee:50:02","type":"NACamera","name":"Dør"},{"id":"70:ee:50:03","type":"NLP","name":"Støpsel"}],
          "schedules":[{"id":"s1","name":"Vinter","type":"therm","selected":true,"away_temp":12,"hg_temp":7,
             "zones":[{"id":0,"name":"Dag","type":0,"rooms":[{"id":"2001","therm_setpoint_temperature":21},{"id":2002,"temp":22.5}]},
                      {"id":1,"name":"Natt","type":1,"rooms":[]}],
             "timetable":[{"zone_id":1,"m_offset":0},{"zone_id":0,"m_offset":390},{"zone_id":1,"m_offset":1350}]},
            {"id":"s2","name":"Pris","type":"electricity","zones":[],"timetable":[]}]}]
        """#

    @Test("A home has its rooms and devices; weather stations, cameras and plugs of the same home are left to others")
    func home() throws {
        let home = try #require(try homes(Self.house).homes.first)
        #expect(home.id == "5f8d" && home.name == "Fjord" && home.timeZone == "Europe/Oslo" && home.mode == .away)
        #expect(home.devices.map(\.kind) == [.relay, .thermostat, .valve])
        #expect(home.devices.map(\.name) == ["Relé", "Termostat", "Ventil"])
        #expect(home.devices.map(\.roomID) == [nil, "2001", "2002"])
        #expect(home.devices.map(\.relayID) == [nil, "70:ee:50:00", "70:ee:50:00"])
        #expect(home.devices[0].setUp?.timeIntervalSince1970 == 1_602_848_000)
        #expect(home.rooms.map(\.name) == ["Stue", "Bad"], "a room with a weather station alone is none of Energy's")
        #expect(home.rooms.map(\.id) == ["2001", "2002"] && home.rooms.map(\.type) == ["livingroom", "bathroom"])
        #expect(home.rooms.map { home.devices(of: $0).map(\.id) } == [["04:00:01"], ["09:00:02"]])
        #expect(home.toldAt == nil && home.rooms.allSatisfy { $0.state == nil })
    }

    @Test("A schedule has its zones with the rooms' setpoints, by either of NetAtmo's names, and its changes; one of prices is none")
    func schedule() throws {
        let home = try #require(try homes(Self.house).homes.first)
        #expect(home.schedules.map(\.name) == ["Vinter"])
        let schedule = try #require(home.schedule)
        #expect(schedule.awaySetpoint == 12 && schedule.frostGuardSetpoint == 7)
        #expect(schedule.zones.map(\.kind) == [.day, .night] && schedule.zones.map(\.name) == ["Dag", "Natt"])
        #expect(schedule.zones[0].setpoints == ["2001": 21, "2002": 22.5])
        #expect(schedule.changes == [.init(minute: 0, zoneID: 1), .init(minute: 390, zoneID: 0), .init(minute: 1350, zoneID: 1)])
    }

    @Test(
        "Shapes that occur cost nothing but themselves",
        arguments: [
            ("[]", []), (#"[{"id":"a"}]"#, []), (#"[{"name":"no id"}]"#, []), ("[null,3,\"x\",[]]", []), ("{}", []), ("null", []),
            (#"[{"id":"a","modules":[{"id":"v","type":"NRV"}]}]"#, ["id-a: v"]),
            (#"[{"id":7,"modules":[{"id":"v","type":"NRV"}],"rooms":null,"schedules":"x"}]"#, ["id-7: v"]),
            (#"[{"id":"a","name":"A\u0007","modules":[{"id":8,"type":"NRV"},{"type":"NRV"},{"id":"w","type":9},null]}]"#, ["A\u{FFFD}: 8"]),
            (#"[{"id":"a","modules":[{"id":"x","type":"NANew"}],"rooms":[{"id":"r","module_ids":["x"]}]}]"#, []),
        ])
    func shapes(json: String, expected: [String]) throws {
        let homes = try homes(json).homes
        #expect(homes.map { home in "\(home.displayName): \(home.devices.map(\.id).joined(separator: ", "))" } == expected)
    }

    @Test("No more than 50 homes are taken, and no more rooms and devices than of stations; how many are left out is known")
    func bounds() throws {
        let home = { (id: Int) in #"{"id":"\#(id)","modules":[{"id":"v\#(id)","type":"NRV"}]}"# }
        #expect(try homes("[\((0..<60).map(home).joined(separator: ","))]").homes.map(\.id) == (0..<50).map(String.init))
        let modules = (0..<20_001).map { #"{"id":"\#($0)","type":"NRV"}"# }
        let rooms = (0..<3).map { #"{"id":"\#($0)","module_ids":["1"]}"# }
        let read = try homes(#"[{"id":"h","modules":[\#(modules.joined(separator: ","))],"rooms":[\#(rooms.joined(separator: ","))]}]"#)
        #expect(read.homes.map(\.devices.count) == [20_000] && read.homes[0].rooms.isEmpty && read.leftOut == 4)
    }

    @Test("An empty body has no homes; without a body it is no answer")
    func bodies() throws {
        #expect(try answer(#"{"body":{}}"#).homes.isEmpty)
        #expect(throws: NetatmoError.self) { try answer(#"{"status":"ok"}"#) }
    }

    @Test("Units are the account's, under the names of homesdata; where it says nothing there are none")
    func units() throws {
        #expect(try homes("[]").preferences == nil)
        let told = try homes("[]", user: #"{"unit_system":1,"unit_wind":2,"unit_pressure":1,"feel_like_algorithm":0}"#).preferences
        #expect(told == Units(temperature: .fahrenheit, rain: .inches, wind: .metersPerSecond, pressure: .inchesOfMercury))
    }

    @Test("Odd parts of a schedule are left out", arguments: ["-1", "10080", "null", "\"x\"", "1e99"])
    func oddChanges(minute: String) throws {
        let zones = #"[{"id":0,"type":77,"rooms":[{"id":"r","temp":"warm"},{"temp":20},3]},{"name":"no id"},null]"#
        let schedule = #"{"id":1,"zones":\#(zones),"timetable":[{"zone_id":0,"m_offset":\#(minute)},{"zone_id":0,"m_offset":10079}]}"#
        let json = #"[{"id":"a","modules":[{"id":"v","type":"NRV"}],"schedules":[\#(schedule),{"name":"x"}]}]"#
        let read = try #require(try homes(json).homes.first?.schedules.first)
        #expect(read.id == "1" && !read.isSelected && read.zones.map(\.kind) == [.other(77)] && read.zones[0].setpoints.isEmpty)
        #expect(read.changes == [.init(minute: 10_079, zoneID: 0)])
    }
}
