import Foundation
import Testing

@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("The past of rooms and boilers")
struct RoomHistoryTests {
    private static let since = Date(timeIntervalSince1970: 1_795_400_000)
    private static let extremes = "temperature,min_temp,max_temp,date_min_temp,date_max_temp"

    private static func room(_ scale: HistoryScale, _ measures: [Measure] = [.temperature, .setpoint]) -> HistorySubject {
        HistorySubject(room: "1160", ofHome: "5f8d", measures: measures, scale: scale)
    }

    private static func boiler(_ scale: HistoryScale) -> HistorySubject {
        HistorySubject(deviceID: "70:ee", moduleID: "04:00", measures: [.boilerMinutes], scale: scale)
    }

    /// The scale that is asked for, and the types.
    private static let table: [(HistoryScale, String, String)] = [
        (.measurement, "30min", "temperature,sp_temperature"), (.halfHour, "30min", "temperature,sp_temperature"),
        (.hour, "1hour", "temperature,sp_temperature"), (.threeHours, "3hours", "temperature,sp_temperature"), (.day, "1day", extremes),
        (.week, "1week", extremes), (.month, "1month", extremes),
    ]

    private func asked(_ subject: HistorySubject) async throws -> (path: String, form: String)? {
        let transport = RecordingTransport(#"{"body": []}"#)
        _ = try await StationsClient(transport: transport).history(of: subject, since: Self.since, accessToken: #require(Secret("a1")))
        return transport.sent.first.map { ($0.path, $0.formText) }
    }

    @Test("a room is asked for by its home, at each scale for what there is of it; half hours in place of measurements", arguments: table)
    func rooms(scale: HistoryScale, asked: String, types: String) async throws {
        let request = try #require(try await self.asked(Self.room(scale)))
        #expect(request.path == "/api/getroommeasure")
        let type = PercentEncoding.encode(types)
        let optimize = scale.isOfCalendar ? "false" : "true"
        #expect(
            request.form == "home_id=5f8d&room_id=1160&scale=\(asked)&type=\(type)&date_begin=1795400000&limit=1024"
                + "&optimize=\(optimize)&real_time=true")
    }

    @Test(
        "a boiler is asked for by its relay and its thermostat, for the seconds that it burned",
        arguments: [
            (HistoryScale.measurement, "30min", "boileron"), (.halfHour, "30min", "boileron"), (.threeHours, "3hours", "boileron"),
            (.day, "1day", "sum_boiler_on"), (.month, "1month", "sum_boiler_on"),
        ])
    func boilers(scale: HistoryScale, asked: String, type: String) async throws {
        let request = try #require(try await self.asked(Self.boiler(scale)))
        #expect(request.path == "/api/getmeasure")
        #expect(request.form.hasPrefix("device_id=70%3Aee&module_id=04%3A00&scale=\(asked)&type=\(type)&date_begin="))
    }

    @Test("of what NetAtmo keeps no past it is not asked", arguments: [(HistoryScale.day, [Measure.setpoint]), (.hour, [.heatingPower])])
    func nothing(scale: HistoryScale, measures: [Measure]) async throws {
        #expect(try await asked(Self.room(scale, measures)) == nil)
        #expect(try await asked(Self.room(.day, [.temperature, .setpoint]))?.form.contains("sp_temperature") == false)
    }

    private func history(_ body: String, _ subject: HistorySubject, toldAt: Int? = nil) throws -> MeasureHistory {
        let time = toldAt.map { #", "time_server": \#($0)"# } ?? ""
        let answer = NetatmoAnswer(status: 200, body: Array(#"{"body": \#(body), "status": "ok"\#(time)}"#.utf8))
        return try answer.decoded(as: MeasureAnswer.self).history(of: subject, columns: HistoryColumn.all(of: subject))
    }

    @Test("half hours of a room have their temperature and setpoint; what can't be is none")
    func halfHours() throws {
        let body = #"[{"beg_time": 1795399200, "step_time": 1800, "value": [[20.4, 21], [null, 19.5], ["20.6", 1e300], [99, "x"]]}]"#
        let history = try history(body, Self.room(.measurement))
        #expect(history.times == [1_795_399_200, 1_795_401_000, 1_795_402_800, 1_795_404_600])
        #expect(history.points(of: .temperature).map(\.value) == [20.4, nil, 20.6, nil])
        #expect(history.points(of: .setpoint).map(\.value) == [21, 19.5, nil, nil])
    }

    @Test("a day of a room has its extremes and their times")
    func day() throws {
        let history = try history(#"{"1795388400": [20.1, 17.5, 22.4, 1795400000, 1795430000]}"#, Self.room(.day))
        let points = history.points(of: .temperature)
        #expect(points.map(\.value) == [20.1] && points.map(\.extremes) == [17.5...22.4])
        #expect(points.map { $0.leastTime?.timeIntervalSince1970 } == [1_795_400_000])
        #expect(points.map { $0.greatestTime?.timeIntervalSince1970 } == [1_795_430_000])
        #expect(history.points(of: .setpoint).map(\.value) == [nil])
    }

    private func minutes(_ body: String, _ scale: HistoryScale, toldAt: Int? = nil) throws -> [Double?] {
        try history(body, Self.boiler(scale), toldAt: toldAt).points(of: .boilerMinutes).map(\.value)
    }

    @Test("a boiler's seconds are the minutes of each hour, never more than 60; what no step holds is none")
    func burning() throws {
        let values = #"[[0], [450], ["900"], [1800], [1801], [1891], [-1], [1e300], [null], [7.5]]"#
        let body = #"[{"beg_time": 1795399200, "step_time": 1800, "value": \#(values)}]"#
        let expected: [Double?] = [0, 15, 30, 60, 60, nil, nil, nil, nil, 0.25]
        #expect(try minutes(body, .measurement) == expected)
        #expect(try minutes(#"[{"beg_time": 1795399200, "value": [[1800]]}]"#, .threeHours) == [10])
    }

    @Test("a day of 23 or 25 hours, and a month, is as long as it was; before an outage and at the end it is as long as they are")
    func lengths() throws {
        let (short, long, usual, last) = (1_795_399_200, 1_795_399_200 + 82_800, 1_795_399_200 + 172_800, 1_795_399_200 + 777_600)
        let days = #"{"\#(short)": [41400], "\#(long)": [45000], "\#(usual)": [43200], "\#(last)": [86400]}"#
        #expect(try minutes(days, .day) == [30, 30, 30, 60])
        let months = #"{"1769900400": [1209600], "1772319600": [1314873]}"#
        #expect(try minutes(months, .month) == [30, 30])
    }

    @Test("of a step that is under way the minutes are of what there has been of it")
    func underWay() throws {
        let begin = 1_795_399_200
        let body = #"[{"beg_time": \#(begin), "step_time": 1800, "value": [[900], [150]]}]"#
        #expect(try minutes(body, .halfHour, toldAt: begin + 1800 + 600) == [30, 15])
        #expect(try minutes(body, .halfHour, toldAt: begin + 9999) == [30, 5], "it is over")
        #expect(try minutes(body, .halfHour, toldAt: begin + 1801) == [30, 60], "a clock that is a little behind")
        #expect(try minutes(body, .halfHour, toldAt: begin - 5) == [30, 5] && minutes(body, .halfHour) == [30, 5])
    }

    @Test("a room that is refused its extremes has its temperature without them")
    func refusedExtremes() async throws {
        let transport = RecordingTransport(status: 400, #"{"error": {"code": 21, "message": "Invalid type"}}"#)
        let client = StationsClient(transport: transport)
        let token = try #require(Secret("a1"))
        await #expect(throws: NetatmoError.self) { try await client.history(of: Self.room(.day), since: Self.since, accessToken: token) }
        #expect(transport.sent.map(\.path) == ["/api/getroommeasure", "/api/getroommeasure"])
        #expect(transport.sent.last?.formText.contains("&type=temperature&") == true)
        await #expect(throws: NetatmoError.self) { try await client.history(of: Self.room(.hour), since: Self.since, accessToken: token) }
        await #expect(throws: NetatmoError.self) { try await client.history(of: Self.boiler(.day), since: Self.since, accessToken: token) }
        #expect(transport.sent.count == 4, "where there are none, the same is not asked twice")
    }
}
