import Foundation
import NIOHTTP1
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import EngineRemote
@testable import Homes
@testable import OperatingSystem
@testable import Server

@Suite("The server on the control socket")
struct ControlServerTests {
    @Test("answers each path by its method, and any other method in a line that says which")
    func paths() async throws {
        let bench = try ControlBench()
        try await bench.serving {
            for path in ControlPath.allCases where path != .state {
                let query = path == .history ? "?device=70:ee&measures=temperature" : ""
                let answer = try await bench.send(
                    path.changesSomething ? .POST : .GET, path.rawValue + query, body: path == .signInAnswer ? #"{"text":"x"}"# : nil)
                #expect(answer.status == 200, "\(path.rawValue): \(answer.text)")
            }
            for path in ControlPath.allCases {
                let (allowed, other): (String, HTTPMethod) = path.changesSomething ? ("POST", .GET) : ("GET", .POST)
                for method in [other, .PUT, .DELETE] {
                    let answer = try await bench.send(method, path.rawValue)
                    #expect(answer.status == 405 && answer.allow == allowed, "\(method) \(path.rawValue)")
                    #expect(answer.text == "\(path.rawValue) takes \(allowed)\n")
                }
            }
            for path in ["/", "/v1", "/v1/", "/v2/state", "/metrics", "/v1/state/", "/v1//state", "/%76%31/nothing"] {
                let answer = try await bench.send(.GET, path)
                #expect(answer.status == 404 && answer.text.hasPrefix("no such path; there are /v1/state, "), "\(path)")
                #expect(answer.text.filter { $0 == "\n" }.count == 1)
            }
        }
    }

    @Test(
        "refuses in a line what is no history, and does not ask for it",
        arguments: [
            "", "?", "?device=a", "?measures=temperature", "?device=&measures=temperature", "?device=a&measures=",
            "?device=a&measures=warmth",
            "?device=a&measures=temperature,,warmth", "?device=\(String(repeating: "a", count: 1001))&measures=temperature",
            "?device=a&measures=\([String](repeating: "temperature", count: 1000).joined(separator: ","))",
        ])
    func badHistory(query: String) async throws {
        let bench = try ControlBench()
        try await bench.serving {
            let answer = try await bench.send(.GET, "/v1/history\(query)")
            #expect(answer.status == 400)
            #expect(answer.text == "expected device=ID, module=ID for a module, and measures=KEY,KEY of /api/status\n")
            #expect(bench.engine.asked == [])
        }
    }

    @Test(
        "refuses in a line what is no pasted text, or too much of it, and signs nobody in",
        arguments: [
            (nil, 400), ("", 400), ("{}", 400), (#"{"text":""}"#, 400), (#"{"text":7}"#, 400), ("[", 400),
            (#"{"text":""# + String(repeating: "x", count: 64 << 10) + #""}"#, 413), (String(repeating: " ", count: 1 << 20), 413),
        ] as [(String?, Int)])
    func badPaste(body: String?, status: Int) async throws {
        let bench = try ControlBench()
        try await bench.serving {
            let answer = try await bench.send(.POST, "/v1/sign-in/answer", body: body)
            #expect(answer.status == status)
            #expect(answer.text.hasPrefix("expected ") && answer.text.filter { $0 == "\n" }.count == 1, "\(answer.text)")
            #expect(bench.engine.asked == [])
            #expect(try await bench.send(.POST, "/v1/fetch").status == 200, "and it goes on")
            #expect(!bench.log.lines.contains { $0.contains("failed") })
        }
    }

    @Test("streams the state: all of it, and then each change as a line, to several readers, and goes on when one has gone")
    func streams() async throws {
        let bench = try ControlBench()
        bench.store.publish(DataStatus(stations: SampleStations.all, fetchedAt: SampleStations.now))
        try await bench.serving {
            let readers = try (0..<3).map { _ in try RawConnection(socket: bench.socket.path) }
            for reader in readers {
                reader.send("GET /v1/state HTTP/1.1\r\nHost: x\r\n\r\n")
                let first = await reader.read(upTo: "}\n")
                #expect(first.contains("application/x-ndjson") && first.contains(#""command":"serve""#) && first.contains("Stue"))
            }
            let own = "by uid \(geteuid()), pid \(getpid())"
            try await bench.logged("control screen attached \(own)", times: 3)
            bench.store.update { $0.signIn = .failed(reason: "one") }
            for reader in readers { #expect(await !reader.read(upTo: #""reason":"one""#).contains(RawConnection.silence)) }
            // One that sends no more reads no more either: so it is with a client that has gone.
            readers[0].finish()
            #expect(await !readers[0].read().contains(RawConnection.silence))
            try await bench.logged("control screen detached \(own)")
            bench.note("a line of the log")
            for reader in readers.dropFirst() {
                #expect(await !reader.read(upTo: "a line of the log").contains(RawConnection.silence))
            }
        }
    }

    @Test("ends the streams, and takes its socket away, when the program stops")
    func shutdown() async throws {
        let bench = try ControlBench()
        let (readers, reader) = AsyncStream.makeStream(of: RawConnection.self)
        try await bench.serving {
            let connection = try RawConnection(socket: bench.socket.path)
            connection.send("GET /v1/state HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = await connection.read(upTo: "}\n")
            reader.yield(connection)
        }
        #expect(bench.socket.presence() == .absent)
        #expect(try names(in: bench.directory) == [])
        let connection = try #require(await readers.first { _ in true })
        #expect(await !connection.read().contains(RawConnection.silence))
        #expect(bench.failures == [])
    }

    @Test("holds no more than a line for a reader that does not read; that one gets the newest state")
    func backPressure() async throws {
        let bench = try ControlBench()
        let many = Self.stations(modules: 1500)
        bench.store.publish(DataStatus(stations: many, fetchedAt: SampleStations.now))
        try await bench.serving {
            let slow = try RawConnection(socket: bench.socket.path)
            let quick = try RawConnection(socket: bench.socket.path)
            for reader in [slow, quick] { reader.send("GET /v1/state HTTP/1.1\r\nHost: x\r\n\r\n") }
            _ = await quick.read(upTo: "}\n")
            for number in 1...1000 {
                bench.store.update { snapshot in
                    snapshot.events.append(
                        Event(time: SampleStations.now(Double(number)), kind: .dataFetched(modules: number, took: .seconds(1))))
                    snapshot.forgottenEvents += snapshot.events.count > 500 ? 1 : 0
                    snapshot.events = snapshot.events.suffix(500)
                }
                if number % 50 == 0 {
                    bench.store.publish(DataStatus(stations: many, fetchedAt: SampleStations.now(Double(number))))
                    #expect(await !quick.read(upTo: "T\(Self.clock(number))Z").contains(RawConnection.silence), "the others go on")
                }
            }
            bench.store.update { $0.signIn = .failed(reason: "the last") }
            let text = await slow.read(upTo: "the last")
            #expect(!text.contains(RawConnection.silence))
            let lines = text.split(separator: "\r\n").filter { $0.contains(#""now":"#) }
            #expect(lines.count <= 6, "\(lines.count) lines")
            #expect(text.contains(#""modules":1000"#), "the newest event")
        }
    }

    /// The time of day so many seconds after the samples' time.
    private static func clock(_ seconds: Int) -> String {
        RFC3339.text(SampleStations.now(Double(seconds))).dropFirst(11).dropLast().description
    }

    private static func stations(modules: Int) -> [Station] {
        let readings = Readings(time: SampleStations.now, values: [.temperature: 21.4, .humidity: 41, .co2: 913])
        let devices = (0..<modules).map { Device(id: "02:\($0)", kind: .indoor, name: "Module \($0)", reachable: true, readings: readings) }
        return [
            Station(
                base: devices[0], modules: Array(devices.dropFirst()), name: "x", homeName: nil, homeID: nil, place: nil, isFavorite: false)
        ]
    }

    @Test("says in the log who asked for what, by the kernel's word, and never what was pasted")
    func actions() async throws {
        let bench = try ControlBench()
        try await bench.serving {
            for (path, action) in [("fetch", "fetch asked for"), ("renewal", "renewal asked for"), ("sign-in", "sign-in asked for")] {
                _ = try await bench.send(.POST, "/v1/\(path)")
                try await bench.logged("info control \(action) by uid \(geteuid()), pid \(getpid())")
            }
            #expect(try await bench.send(.POST, "/v1/sign-in/answer", body: #"{"text":"pasted-5f1e0d9a"}"#).status == 200)
            try await bench.logged("info control sign-in pasted by uid \(geteuid()), pid \(getpid())")
            #expect(bench.engine.asked == ["fetch", "renewal", "offer", "sign-in pasted-5f1e0d9a"])
            #expect(!bench.log.lines.contains { $0.contains("pasted-5f1e0d9a") })
        }
    }
}
