import Foundation
import Testing

@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("What getmeasure is asked at each scale")
struct HistoryScaleTests {
    private static let since = Date(timeIntervalSince1970: 1_795_400_000)
    private static let room: [Measure] = [.temperature, .co2, .humidity, .noise, .pressure]
    private static let wind: [Measure] = [.windStrength, .windAngle, .gustStrength, .gustAngle]

    private static let values = "Temperature,CO2,Humidity,Noise,Pressure"
    private static let hours = values + ",min_temp,max_temp,min_hum,max_hum,min_noise,max_noise,min_pressure,max_pressure"
    private static let days =
        values
        + ["temp", "co2", "hum", "noise", "pressure"].map { ",min_\($0),max_\($0),date_min_\($0),date_max_\($0)" }.joined()
    private static let winds = "WindStrength,WindAngle,GustStrength,GustAngle"

    private static let table: [(HistoryScale, [Measure], String)] = [
        (.measurement, room, values), (.halfHour, room, hours), (.hour, room, hours), (.threeHours, room, hours), (.day, room, days),
        (.week, room, days), (.month, room, days), (.measurement, [.rain], "Rain"), (.halfHour, [.rain], "sum_rain"),
        (.day, [.rain], "sum_rain"), (.measurement, wind, winds), (.threeHours, wind, winds), (.day, wind, winds + ",date_max_gust"),
    ]

    @Test("it is asked for what NetAtmo has at it", arguments: table)
    func types(scale: HistoryScale, measures: [Measure], types: String) async throws {
        let transport = RecordingTransport(#"{"body": []}"#)
        let subject = HistorySubject(deviceID: "70:ee", moduleID: nil, measures: measures, scale: scale)
        _ = try await StationsClient(transport: transport).history(of: subject, since: Self.since, accessToken: #require(Secret("a1")))
        let form = try #require(transport.sent.first?.form)
        let fields = Dictionary(form.map { ($0.name, $0.value) }) { first, _ in first }
        #expect(fields["scale"] == scale.rawValue && fields["type"] == types && fields["real_time"] == "true")
        // At a step of 24 hours nothing would be right after the night on which the clocks change.
        #expect(fields["optimize"] == (scale.isOfCalendar ? "false" : "true"))
        #expect(types.split(separator: ",").count <= 32, "the most that are read of a row")
    }

    @Test("it is asked until a time where one is given")
    func until() async throws {
        let transport = RecordingTransport(#"{"body": []}"#)
        let subject = HistorySubject(deviceID: "70:ee", moduleID: nil, measures: [.co2], scale: .hour)
        _ = try await StationsClient(transport: transport).history(
            of: subject, since: Self.since, until: Self.since.addingTimeInterval(3600), accessToken: #require(Secret("a1")))
        #expect(
            transport.sent.first?.formText
                == "device_id=70%3Aee&scale=1hour&type=CO2&date_begin=1795400000&date_end=1795403600&limit=1024&optimize=true&real_time=true"
        )
    }

    private func history(_ body: String, _ measures: [Measure], _ scale: HistoryScale) throws -> MeasureHistory {
        let answer = NetatmoAnswer(status: 200, body: Array(#"{"body": \#(body)}"#.utf8))
        let subject = HistorySubject(deviceID: "d", moduleID: nil, measures: measures, scale: scale)
        return try answer.decoded(as: MeasureAnswer.self).history(of: subject, columns: HistoryColumn.all(of: subject))
    }

    @Test("a day is read with its extremes and when they were; what can't be is none")
    func day() throws {
        let history = try history(
            #"{"1795388400": [21.4, 600, 19.9, 23, 1795390000, 1795440000], "1795302000": [20, null, 99, 23, -1, 0]}"#,
            [.temperature, .co2], .day)
        let points = history.points(of: .temperature)
        #expect(points.map(\.value) == [20, 21.4])
        #expect(points.map(\.extremes) == [nil, 19.9...23])
        #expect(points.map { $0.leastTime?.timeIntervalSince1970 } == [nil, 1_795_390_000])
        #expect(points.map { $0.greatestTime?.timeIntervalSince1970 } == [nil, 1_795_440_000])
        #expect(history.points(of: .co2).map(\.value) == [nil, 600])
        #expect(history.points(of: .co2).allSatisfy { $0.extremes == nil })
    }

    @Test(
        "sums of rain may be more than a measurement's, but no more than ever fell",
        arguments: [
            (HistoryScale.measurement, 500.0, 500.1), (.halfHour, 2000, 2000.1), (.day, 2000, 2000.1), (.week, 10_000, 10_000.1),
            (.month, 10_000, 10_000.1),
        ])
    func rain(scale: HistoryScale, most: Double, tooMuch: Double) throws {
        let body = #"[{"beg_time": 1795388400, "step_time": 3600, "value": [[\#(most)], [\#(tooMuch)], [-0.1]]}]"#
        #expect(try history(body, [.rain], scale).points(of: .rain).map(\.value) == [most, nil, nil])
    }

    /// Refuses whatever asks for extremes.
    private final class Refusing: NetatmoTransport {
        let recorded = RecordingTransport(#"{"body": [{"beg_time": 1795388400, "value": [[21.4]]}]}"#)
        let status: Int

        init(status: Int) { self.status = status }

        func send(_ request: NetatmoRequest) async throws(NetatmoError) -> NetatmoAnswer {
            let answer = try await recorded.send(request)
            guard request.formText.contains("min_") else { return answer }
            return NetatmoAnswer(status: status, body: Array(#"{"error": {"code": 21, "message": "Invalid type"}}"#.utf8))
        }
    }

    @Test("where a module is refused its extremes its values come without them", arguments: [400, 404])
    func refusedExtremes(status: Int) async throws {
        let transport = Refusing(status: status)
        let client = StationsClient(transport: transport)
        let subject = HistorySubject(deviceID: "70:ee", moduleID: nil, measures: [.temperature], scale: .threeHours)
        let token = try #require(Secret("a1"))
        if status == 400 {
            let history = try await client.history(of: subject, since: Self.since, accessToken: token)
            #expect(history.points(of: .temperature).map(\.value) == [21.4])
            #expect(history.points(of: .temperature).map(\.extremes) == [nil])
            #expect(transport.recorded.sent.count == 2)
        } else {
            await #expect(throws: NetatmoError.self) { try await client.history(of: subject, since: Self.since, accessToken: token) }
            #expect(transport.recorded.sent.count == 1, "another refusal has another reason")
        }
    }
}
