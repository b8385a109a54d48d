import Foundation
import Testing

@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

@Suite("The answer of getmeasure")
struct MeasureAnswerTests {
    private static let start = 1_795_400_000

    private func history(_ body: String, _ measures: [Measure] = [.temperature, .humidity]) throws -> MeasureHistory {
        let answer = NetatmoAnswer(status: 200, body: Array(#"{"body": \#(body), "status": "ok"}"#.utf8))
        let subject = HistorySubject(deviceID: "d", moduleID: nil, measures: measures)
        return try answer.decoded(as: MeasureAnswer.self).history(of: subject, columns: HistoryColumn.all(of: subject))
    }

    private func times(_ history: MeasureHistory) -> [Int] {
        history.points(of: .temperature).map { Int($0.time.timeIntervalSince1970) - Self.start }
    }

    @Test("runs of equal steps follow each other, and null is a gap")
    func runs() throws {
        let history = try history(
            """
            [{"beg_time": \(Self.start), "step_time": 300, "value": [[21.4, 41], [null, 42], [21.6, null]]},
             {"beg_time": \(Self.start + 3000), "value": [[20, 44]]}]
            """
        )
        #expect(times(history) == [0, 300, 600, 3000])
        #expect(history.points(of: .temperature).map(\.value) == [21.4, nil, 21.6, 20])
        #expect(history.points(of: .humidity).map(\.value) == [41, 42, nil, 44])
        #expect(history.points(of: .co2).isEmpty)
        #expect(history.latest == Date(timeIntervalSince1970: Double(Self.start + 3000)))
    }

    @Test("an object by time is the same in rising order")
    func byTime() throws {
        let history = try history(#"{"\#(Self.start + 300)": [1, 2], "\#(Self.start)": [3, 4], "soon": [5, 6]}"#)
        #expect(times(history) == [0, 300])
        #expect(history.points(of: .temperature).map(\.value) == [3, 1])
    }

    @Test("nothing measured is an empty history", arguments: ["[]", "{}"])
    func empty(body: String) throws {
        #expect(try history(body).count == 0)
    }

    @Test(
        "what makes no sense costs nothing but itself",
        arguments: [
            (#"[{"beg_time": -5, "value": [[1, 2]]}]"#, 0),
            (#"[{"beg_time": 1e300, "step_time": 300, "value": [[1, 2]]}]"#, 0),
            (#"[7, null, "x", {"value": [[1, 2]]}, {"beg_time": 1795400000, "value": 5}]"#, 0),
            // Without a step nobody knows when the second one was.
            (#"[{"beg_time": 1795400000, "value": [[1, 2], [3, 4]]}]"#, 1),
            (#"[{"beg_time": 1795400000, "step_time": -300, "value": [[1, 2], [3, 4]]}]"#, 1),
            (#"[{"beg_time": 1795400000, "step_time": 1e9, "value": [[1, 2], [3, 4], [5, 6], [7, 8]]}]"#, 3),
            (#"[{"beg_time": "1795400000", "step_time": "300", "value": [["1", {}], [], "x", [[1], true]]}]"#, 4),
            (#"[{"beg_time": 1795400000, "step_time": 300, "value": [[1]]}, {"beg_time": 1795400000, "value": [[2]]}]"#, 1),
        ])
    func odd(body: String, count: Int) throws {
        #expect(try history(body).count == count)
    }

    @Test("values that no sensor has are none", arguments: ["1e300", "-1e7", "\"NaN\"", "\"inf\"", "true", "[1]"])
    func values(value: String) throws {
        let points = try history("[{\"beg_time\": 1795400000, \"value\": [[\(value), 5]]}]").points(of: .temperature)
        #expect(points.map(\.value) == [nil])
    }

    @Test("no more is taken than NetAtmo sends, in either form")
    func tooMany() throws {
        let row = "[" + Array(repeating: "1", count: 5000).joined(separator: ",") + "]"
        let run = #"{"beg_time": 1795400000, "step_time": 1, "value": [\#(Array(repeating: "[1]", count: 1500).joined(separator: ","))]}"#
        #expect(try history("[\(run), \(run)]").count == 1024)
        #expect(try history(#"[{"beg_time": 1795400000, "value": [\#(row)]}]"#).count == 1)
        let members = (0..<1500).map { #""\#(1_795_400_000 + $0)": [\#(Double($0) / 100)]"# }.joined(separator: ",")
        let latest = try history("{\(members)}")
        #expect(latest.count == 1024)
        #expect(latest.points(of: .temperature).last?.value == 14.99)
    }

    @Test("an answer without a body is none", arguments: ["{}", #"{"body": null}"#, #"{"body": 5}"#, "[]", "<html>", ""])
    func noBody(text: String) {
        #expect(throws: NetatmoError.self) {
            try NetatmoAnswer(status: 200, body: Array(text.utf8)).decoded(as: MeasureAnswer.self)
        }
    }

    @Test("the request names the device, the module, the measures and since when")
    func request() async throws {
        let transport = RecordingTransport(#"{"body": []}"#)
        let token = try #require(Secret("a1"))
        let since = Date(timeIntervalSince1970: Double(Self.start))
        let client = StationsClient(transport: transport)
        let base = HistorySubject(deviceID: "70:ee", moduleID: nil, measures: [.temperature, .co2])
        _ = try await client.history(of: base, since: since, accessToken: token)
        _ = try await client.history(
            of: HistorySubject(deviceID: "70:ee", moduleID: "05:00", measures: [.rain]), since: since, accessToken: token)
        let rest = "date_begin=1795400000&limit=1024&optimize=true&real_time=true"
        #expect(
            transport.sent.map(\.formText) == [
                "device_id=70%3Aee&scale=max&type=Temperature%2CCO2&\(rest)",
                "device_id=70%3Aee&module_id=05%3A00&scale=max&type=Rain&\(rest)",
            ]
        )
        #expect(transport.sent.allSatisfy { $0.path == "/api/getmeasure" && $0.accessToken == token })
    }
}

@Suite("A history")
struct MeasureHistoryTests {
    private let start = Date(timeIntervalSince1970: 1_795_400_000)

    @Test("grows by later times alone, and forgets from the start")
    func grows() {
        var history = MeasureHistory(measures: [.temperature])
        for (offset, value) in [(0.0, 20.1), (300, 20.2), (300, 99), (100, 99), (600, 20.3)] {
            history.append(at: start.addingTimeInterval(offset)) { _ in value }
        }
        #expect(history.points(of: .temperature).map(\.value) == [20.1, 20.2, 20.3])
        #expect(history.points(of: .temperature, since: start.addingTimeInterval(1)).count == 2)
        history.forget(before: start.addingTimeInterval(300))
        #expect(history.points(of: .temperature).map(\.value) == [20.2, 20.3])
    }

    @Test("values come back as NetAtmo wrote them", arguments: [21.4, -3.6, 1013.2, 0.101, 0.007, 4999, 12.345])
    func exact(value: Double) {
        var history = MeasureHistory(measures: [.rain])
        history.append(at: start) { _ in value }
        #expect(history.points(of: .rain).first?.value == value)
    }
}
