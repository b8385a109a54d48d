import Foundation
import Testing

@testable import Homes
@testable import Netatmo

@Suite("Bounds on answers")
struct AnswerBoundTests {
    private func answer(_ text: String) throws(NetatmoError) -> StationsData {
        try NetatmoAnswer(status: 200, body: Array(text.utf8)).decoded(as: StationsData.self)
    }

    private func modules(_ count: Int) -> String {
        (0..<count).map { #"{"_id":"m\#($0)"}"# }.joined(separator: ",")
    }

    @Test("20,000 devices are taken, stations and modules together; how many more there were is known")
    func devices() throws {
        let most = try answer(#"{"body":{"devices":[{"_id":"s","modules":[\#(modules(19_999))]}]}}"#)
        #expect(most.stations.map(\.devices.count) == [20_000])
        #expect(most.leftOut == 0)
        let more = try answer(#"{"body":{"devices":[{"_id":"s","modules":[\#(modules(20_003))]},{"_id":"t"}]}}"#)
        #expect(more.stations.map(\.devices.count) == [20_000])
        #expect(more.leftOut == 5)
    }

    @Test("A million values are looked at, one more is too much, whatever their shape", arguments: ["[]", "{}", "0", #""""#])
    func values(element: String) throws {
        let weight = element == "[]" || element == "{}" ? 2 : 1
        func text(_ count: Int) -> String { "[" + Array(repeating: element, count: count).joined(separator: ",") + "]" }
        #expect(!JSONBounds.areExceeded(by: Array(text(JSONBounds.entries / weight).utf8)))
        #expect(JSONBounds.areExceeded(by: Array(text(JSONBounds.entries / weight + 1).utf8)))
    }

    @Test("What holds too much is refused as that, and nothing of it is decoded")
    func tooMuch() throws {
        let many = #"{"body":{"devices":[]},"x":[\#(String(repeating: "0,", count: JSONBounds.entries))0]}"#
        let wide = "{" + (0...JSONBounds.members).map { #""k\#($0)":0"# }.joined(separator: ",") + "}"
        for text in [many, wide] {
            #expect { try answer(text) } throws: { ($0 as? NetatmoError)?.kind == .tooLarge }
        }
    }

    @Test("Commas and colons inside of texts count nothing")
    func texts() {
        let text = #"["\#(String(repeating: #",:\"[{"#, count: JSONBounds.entries))"]"#
        #expect(!JSONBounds.areExceeded(by: Array(text.utf8)))
    }
}

@Suite("Times ahead")
struct FutureTimeTests {
    private let now = Date(timeIntervalSince1970: 1_795_464_895)

    private func station(timesAt seconds: TimeInterval) throws -> Station {
        let time = now.addingTimeInterval(seconds).timeIntervalSince1970
        return try StationsSample.station(
            #"""
            {"_id":"s","type":"NAMain","dashboard_data":{"time_utc":\#(now.timeIntervalSince1970),"Temperature":20},"modules":[
              {"_id":"m","type":"NAModule1","module_name":"Ute","last_seen":\#(time),
               "dashboard_data":{"time_utc":\#(time),"Temperature":4,"date_min_temp":\#(time),"date_max_temp":\#(time)}}]}
            """#)
    }

    @Test(
        "Ten minutes ahead are taken, as clocks differ; what lies further ahead is no time",
        arguments: [(600.0, false), (601, true), (31_536_000, true)] as [(Double, Bool)])
    func borders(seconds: TimeInterval, isTaken: Bool) throws {
        let given = try station(timesAt: seconds)
        let (station, devices) = given.withoutFutureTimes(at: now)
        #expect(devices.map(\.id) == (isTaken ? ["m"] : []))
        let module = station.modules[0]
        #expect((module.readings?.time == nil) == isTaken)
        #expect((module.lastSeen == nil) == isTaken)
        #expect(module.readings?.times.isEmpty == isTaken)
        #expect(module.readings?[.temperature] == 4, "the value stays")
        #expect(station.base == given.base)
    }

    @Test("Of a module with a time ahead, those of its times stay that are not")
    func some() throws {
        let (heard, measured) = (now.addingTimeInterval(600), now.addingTimeInterval(601))
        let given = try StationsSample.station(
            #"""
            {"_id":"s","type":"NAMain","modules":[{"_id":"m","type":"NAModule1","last_seen":\#(heard.timeIntervalSince1970),
              "dashboard_data":{"time_utc":\#(measured.timeIntervalSince1970),"Temperature":4}}]}
            """#)
        let module = given.withoutFutureTimes(at: now).station.modules[0]
        #expect(module.lastSeen == heard)
        #expect(module.readings?.time == nil)
    }
}
