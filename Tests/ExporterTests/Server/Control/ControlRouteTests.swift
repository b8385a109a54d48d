import Foundation
import Glibc
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem
@testable import Server

@Suite("What the control socket answers")
struct ControlRouteTests {
    private static let historyQuery = "?device=70:ee:50:00:00:01&module=05:00&measures=temperature,humidity"

    @Test("each wish is passed to the engine, its answer comes back, and the log names who asked, as the kernel knows him")
    func wishes() async throws {
        let bench = try ControlSocketBench()
        try await bench.run {
            #expect(try await bench.ask("POST", "/v1/fetch").value(FetchReply.self) == PlayedEngine.fetchReply)
            #expect(try await bench.ask("POST", "/v1/renewal").value(RenewalReply.self) == PlayedEngine.renewalReply)
            let offer = try await bench.ask("POST", "/v1/sign-in").value(SignInOffer.self)
            #expect(offer.netatmoURL == PlayedEngine.offer.netatmoURL)
            #expect(
                try await bench.ask("POST", "/v1/sign-in/answer", body: #"{"text":"pasted-secret-9"}"#).value(SignInReply.self)
                    == .signedIn(until: PlayedEngine.signedInUntil))
            #expect(bench.engine.requests == ["fetch", "renewal", "offer", "paste"])
            #expect(bench.engine.pastedTexts == ["pasted-secret-9"])
            let who = "by uid \(geteuid()), pid \(getpid())"
            for action in ["fetch asked for", "renewal asked for", "sign-in asked for", "sign-in pasted"] {
                try await bench.logged("info control \(action) \(who)")
            }
        }
        #expect(!bench.log.lines.joined().contains("secret-9"))
    }

    @Test("what went wrong in the engine is an answer too")
    func failures() async throws {
        let bench = try ControlSocketBench()
        bench.engine.fail(signIn: .unreadable(.tooShort), history: .overtaken)
        bench.engine.withdrawOffer()
        try await bench.run {
            let answer = try await bench.ask("POST", "/v1/sign-in/answer", body: #"{"text":"x"}"#)
            #expect(answer.status == 200)
            #expect(try answer.value(SignInReply.self) == .failed(.unreadable(.tooShort)))
            guard case .failed(.overtaken) = try await bench.ask("GET", "/v1/history\(Self.historyQuery)").value(HistoryReply.self) else {
                Issue.record("the history is no failure")
                return
            }
            #expect(try await bench.ask("POST", "/v1/sign-in").text == "null\n")
        }
    }

    @Test("the status is that of /api/status, whole")
    func status() async throws {
        let bench = try ControlSocketBench()
        bench.fill()
        try await bench.run {
            let answer = try await bench.ask("GET", "/v1/status")
            let page = StatusPage(store: bench.store, settings: WebBench.settings)
            let text = try await page.text(at: bench.clock.now).map { String(buffer: $0) }.joined()
            #expect(answer.text == text)
            #expect(text.contains("Fjord"))
            #expect(answer.headers.first(name: "content-type") == "application/json")
        }
    }

    @Test("a history is asked for with its device, its module and its measures")
    func history() async throws {
        let bench = try ControlSocketBench()
        try await bench.run {
            guard case .history(let history) = try await bench.ask("GET", "/v1/history\(Self.historyQuery)").value(HistoryReply.self) else {
                Issue.record("there is no history")
                return
            }
            #expect(history.measures == [.temperature, .humidity])
            #expect(history.points(of: .humidity).map(\.value) == [61, nil])
            _ = try await bench.ask("GET", "/v1/history?device=70%3Aee&measures=co2")
            let subjects = [HistorySubject(deviceID: "70:ee:50:00:00:01", moduleID: "05:00", measures: [.temperature, .humidity])]
            #expect(
                bench.engine.requests == subjects.map { "history of \($0.deviceID), \($0.moduleID ?? ""): \($0.measures)" } + [
                    "history of 70:ee, itself: \([Measure.co2])"
                ])
        }
    }

    @Test("a history is asked for at its scale, of each measurement where none is given")
    func scale() async throws {
        let bench = try ControlSocketBench()
        try await bench.run {
            for scale in HistoryScale.allCases {
                _ = try await bench.ask("GET", "/v1/history?device=7&measures=co2&scale=\(scale.rawValue)")
            }
            let ends = ["", " at 30min", " at 1hour", " at 3hours", " at 1day", " at 1week", " at 1month"]
            #expect(bench.engine.requests == ends.map { "history of 7, itself: \([Measure.co2])\($0)" })
            for scale in ["", "day", "1DAY", "1day,max", "5min"] {
                let answer = try await bench.ask("GET", "/v1/history?device=7&measures=co2&scale=\(scale)")
                #expect(answer.status == 400 && answer.isOneLine, "\(scale)")
                #expect(answer.text == "expected as scale max, 30min, 1hour, 3hours, 1day, 1week, 1month\n")
            }
            #expect(bench.engine.requests.count == ends.count)
        }
    }

    @Test("a page of the past is asked for with its times, and without them, or with others, refused in a line")
    func historyPage() async throws {
        let bench = try ControlSocketBench()
        try await bench.run {
            let page = "/v1/history/page?device=7&module=8&measures=co2&scale=1hour"
            guard case .history(let history) = try await bench.ask("GET", page + "&from=1000&to=2000").value(HistoryReply.self) else {
                Issue.record("there is no history")
                return
            }
            #expect(history.measures == [.temperature, .humidity])
            #expect(try await bench.ask("GET", page + "&from=1000&to=1000").status == 200)
            #expect(bench.engine.requests == ["page of 8 at 1hour: 1000...2000", "page of 8 at 1hour: 1000...1000"])
            for times in [
                "", "&from=1", "&to=1", "&from=2&to=1", "&from=-1&to=1", "&from=1&to=x", "&from=1.5&to=2", "&from=1&to=99999999999",
            ] {
                let answer = try await bench.ask("GET", page + times)
                #expect(answer.status == 400 && answer.isOneLine, "\(times)")
            }
            #expect(bench.engine.requests.count == 2)
        }
    }

    @Test("a history of what the account does not have is refused in a line")
    func unknownDevice() async throws {
        let bench = try ControlSocketBench()
        bench.engine.fail(history: .unknownDevice)
        try await bench.run {
            let answer = try await bench.ask("GET", "/v1/history\(Self.historyQuery)")
            #expect(answer.status == 404)
            #expect(answer.isOneLine && answer.text.hasPrefix("no such device or module"), "\(answer.text)")
        }
    }

    @Test("a history that is not asked for as it should be is refused in a line, and the engine is not asked")
    func unreadableHistory() async throws {
        let queries = [
            "", "?", "?device=70:ee", "?measures=co2", "?device=&measures=co2", "?device=70:ee&measures=", "?device=70:ee&measures=,",
            "?device=70:ee&measures=gold", "?device=70:ee&measures=co2,gold", "?device=70:ee&measures=co2,,gold",
            "?device=70:ee&measures=Temperature",
            "?device=\(String(repeating: "7", count: 1001))&measures=co2",
            "?device=70:ee&measures=\(Array(repeating: "co2", count: Measure.allCases.count + 1).joined(separator: ","))",
            "?device=70:ee&measures=\(Array(repeating: "co2", count: 1000).joined(separator: ","))",
        ]
        let bench = try ControlSocketBench()
        try await bench.run {
            for query in queries {
                let answer = try await bench.ask("GET", "/v1/history\(query)")
                #expect(answer.status == 400, "\(query)")
                #expect(answer.isOneLine, "\(query): \(answer.text)")
                #expect(
                    answer.text == "expected device=ID, module=ID for a module, and measures=KEY,KEY of /api/status\n", "\(query)")
            }
        }
        #expect(bench.engine.requests == [])
    }

    @Test("a room's history is asked for with the ids of its home and its own; another kind is refused in a line")
    func roomHistory() async throws {
        let bench = try ControlSocketBench()
        try await bench.run {
            let query = "device=h&measures=temperature,setpoint"
            #expect(try await bench.ask("GET", "/v1/history?kind=room&module=1&\(query)").status == 200)
            #expect(try await bench.ask("GET", "/v1/history?kind=device&\(query)").status == 200)
            let measures = "\([Measure.temperature, .setpoint])"
            #expect(bench.engine.requests == ["history of room h, 1: \(measures)", "history of h, itself: \(measures)"])
            for kind in ["", "ROOM", "boiler", "room,device"] {
                let answer = try await bench.ask("GET", "/v1/history?kind=\(kind)&module=1&\(query)")
                #expect(answer.status == 400 && answer.text == "expected as kind device or room\n", "\(kind)")
            }
            for path in ["/v1/history?kind=room&\(query)", "/v1/history/page?kind=room&module=&from=1&to=2&\(query)"] {
                let answer = try await bench.ask("GET", path)
                #expect(answer.status == 400 && answer.isOneLine && answer.text.contains("beside kind=room"), "a home is no room")
            }
            #expect(bench.engine.requests.count == 2)
        }
    }

    @Test("another method than its own is refused with the one that it takes", arguments: ControlPath.allCases)
    func otherMethod(path: ControlPath) async throws {
        let bench = try ControlSocketBench()
        let (method, others) = path.changesSomething ? ("POST", ["GET", "PUT", "DELETE"]) : ("GET", ["POST", "PUT", "DELETE"])
        try await bench.run {
            for other in others {
                let answer = try await bench.ask(other, path.rawValue)
                #expect(answer.status == 405, "\(other) \(path.rawValue)")
                #expect(answer.headers["allow"] == [method])
                #expect(answer.isOneLine && answer.text == "\(path.rawValue) takes \(method)\n", "\(answer.text)")
            }
        }
        #expect(bench.engine.requests == [])
    }

    @Test(
        "a path that there is not is refused with those that there are",
        arguments: [
            "/", "/v1", "/v1/", "/v1/state/", "/v1/States", "/v2/state", "/metrics", "/auth/authorize", "/v1/../v1/state", "//v1/state",
            "/v1//state", "/%76%31/nothing",
        ])
    func unknownPath(path: String) async throws {
        let bench = try ControlSocketBench()
        try await bench.run {
            for method in ["GET", "POST"] {
                let answer = try await bench.ask(method, path)
                #expect(answer.status == 404, "\(method) \(path)")
                #expect(answer.isOneLine && answer.text.hasPrefix("no such path; there are /v1/state, "), "\(answer.text)")
                for known in ControlPath.allCases { #expect(answer.text.contains(known.rawValue)) }
            }
        }
    }

    @Test(
        "a paste that is no JSON of ours is refused in a line that holds nothing of it, and the server goes on",
        arguments: [
            nil, "", "[", "refresh-token-7", "[]", "null", "{}", #"{"text":7}"#, #"{"text":""}"#, #"{"text":null}"#,
            #"{"token":"refresh-token-7"}"#,
            #"{"text":"refresh-token-7""#,
        ] as [String?])
    func badJSON(body: String?) async throws {
        let bench = try ControlSocketBench()
        try await bench.run {
            let answer = try await bench.ask("POST", "/v1/sign-in/answer", body: body)
            #expect(answer.status == 400)
            #expect(answer.isOneLine && answer.text.hasPrefix("expected ") && answer.text.contains("JSON"), "\(answer.text)")
            #expect(!answer.text.contains("refresh-token-7"))
            #expect(try await bench.ask("POST", "/v1/fetch").status == 200)
        }
        #expect(bench.engine.requests == ["fetch"])
        #expect(!bench.log.lines.joined().contains("refresh-token-7"))
    }

    @Test(
        "a body of 64 KiB is taken, one byte more, and a whole MiB, is refused in a line, and is no error in the log",
        arguments: [0, 1, 1 << 20])
    func longBody(excess: Int) async throws {
        let frame = #"{"text":""}"#
        let text = String(repeating: "x", count: 65_536 - frame.utf8.count + excess)
        let bench = try ControlSocketBench()
        try await bench.run {
            let answer = try await bench.ask("POST", "/v1/sign-in/answer", body: #"{"text":"\#(text)"}"#)
            #expect(answer.status == (excess == 0 ? 200 : 413))
            if excess > 0 { #expect(answer.isOneLine && answer.text.contains("64 KiB"), "\(answer.text)") }
        }
        #expect(bench.engine.pastedTexts == (excess == 0 ? [text] : []))
        #expect(!bench.log.lines.contains { $0.hasPrefix("error") || $0.contains("xxx") })
    }

    @Test("a head of more than 16 KiB, and one that is no HTTP, are refused, and the server goes on")
    func noHTTP() async throws {
        let bench = try ControlSocketBench()
        try await bench.run {
            let garbage = try RawConnection(socket: bench.socket.path)
            garbage.send("\u{1}\u{2}SSH-2.0\r\n\r\n")
            #expect(await garbage.read().hasPrefix("HTTP/1.1 400 "))
            let long = try RawConnection(socket: bench.socket.path)
            long.send("GET /v1/state HTTP/1.1\r\n" + String(repeating: "X: \(String(repeating: "x", count: 1000))\r\n", count: 17))
            #expect(await long.read(upTo: "\r\n\r\n").hasPrefix("HTTP/1.1 400 "))
            #expect(try await bench.ask("POST", "/v1/fetch").status == 200)
        }
    }

    @Test("a body that ends before its length is refused in a line, and is no error in the log")
    func cutBody() async throws {
        let bench = try ControlSocketBench()
        try await bench.run {
            let connection = try RawConnection(socket: bench.socket.path)
            connection.send("POST /v1/sign-in/answer HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{\"text\":")
            connection.finish()
            _ = await connection.read()
            #expect(try await bench.ask("POST", "/v1/fetch").status == 200)
        }
        #expect(bench.engine.requests == ["fetch"])
        #expect(!bench.log.lines.contains { $0.hasPrefix("error") }, "\(bench.log.lines)")
    }

    @Test("a module whose id is longer than any is no base station: the request is refused")
    func longModule() async throws {
        let bench = try ControlSocketBench()
        try await bench.run {
            for (length, status) in [(1000, 200), (1001, 400)] {
                let module = String(repeating: "m", count: length)
                let answer = try await bench.ask("GET", "/v1/history?device=d&module=\(module)&measures=co2")
                #expect(answer.status == status)
            }
        }
        #expect(bench.engine.requests.count == 1)
    }

    @Test("nothing of it is reachable by TCP", arguments: ControlPath.allCases)
    func notByTCP(path: ControlPath) async throws {
        try await WebBench(debugHandlers: true).test(.router) { client in
            for method in [HTTPRequest.Method.get, .post] {
                let answer = try await client.send(method, path.rawValue, body: method == .post ? "{}" : nil)
                #expect(answer.status == .notFound, "\(method) \(path.rawValue)")
            }
        }
    }
}
