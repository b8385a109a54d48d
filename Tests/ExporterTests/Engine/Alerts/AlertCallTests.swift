import Foundation
import ServiceLifecycle
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import OperatingSystem

@Suite("Calls of the user's command")
struct AlertCallTests {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)

    private func alert(_ name: String, _ value: Double = 1043, isRaised: Bool = true) -> ReadingAlert {
        ReadingAlert(deviceID: name, name: name, rule: AlertRule(.measure(.co2), .over, 1000), value: value, isRaised: isRaised)
    }

    @Test("are one a minute and module; what comes meanwhile is said together then")
    func pace() {
        var calls = AlertCalls()
        func add(_ alert: ReadingAlert) -> Bool { calls.add(alert) }
        func step(_ seconds: TimeInterval) -> AlertCalls.Step { calls.next(at: Self.start.addingTimeInterval(seconds)) }
        #expect(step(0) == .idle)
        #expect(add(alert("A")) && add(alert("B")) && add(alert("A", 1200)))
        #expect(step(0) == .call("A CO2 1043 ppm, over 1000; A CO2 1200 ppm, over 1000"))
        #expect(step(0) == .call("B CO2 1043 ppm, over 1000"))
        #expect(step(0) == .idle)
        #expect(add(alert("A", 1300)))
        #expect(step(10) == .wait(until: Self.start.addingTimeInterval(60)))
        #expect(add(alert("C")))
        #expect(step(20) == .call("C CO2 1043 ppm, over 1000"))
        #expect(step(59.9) == .wait(until: Self.start.addingTimeInterval(60)))
        #expect(step(60) == .call("A CO2 1300 ppm, over 1000"))
        // A clock that was set back holds nothing up.
        #expect(add(alert("A", 1400)))
        #expect(step(-3600) == .call("A CO2 1400 ppm, over 1000"))
    }

    @Test("are bounded, however much is wrong")
    func bounded() {
        var calls = AlertCalls()
        func add(_ alert: ReadingAlert) -> Bool { calls.add(alert) }
        for number in 0..<AlertCalls.mostModules { #expect(add(alert("\(number)"))) }
        #expect(!add(alert("more")))
        for _ in 1..<AlertCalls.mostTexts { #expect(add(alert("0"))) }
        #expect(!add(alert("0")))
    }

    /// A program that is written for a test.
    private func withProgram(_ script: String, _ body: (_ program: String, _ output: String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "alert-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (program, output) = (folder.path() + "/program", folder.path() + "/output")
        // Written by another process: a file that some child of this one still has open for writing can't be run (ETXTBSY).
        let text = "#!/bin/sh\n\(script.replacing("OUTPUT", with: output))"
        let writer = try SpawnedProcess(["sh", "-c", #"printf '%s\n' "$2" >"$1"; chmod 700 "$1""#, "sh", program, text])
        writer.waitForEnd()
        try await body(program, output)
    }

    private static let environment = [
        "PATH": "/usr/bin:/bin", "HOME": "/h", "NETATMO_CLIENT_SECRET": "hush", "NETATMO_CLIENT_ID": "id", "OTHER": "hush",
    ]

    @Test("run it without a shell, the text its one argument, with nothing of the environment that could hold a secret")
    func child() async throws {
        try await withProgram("echo loud; echo \"$# $1\" >OUTPUT; env >>OUTPUT; cat >>OUTPUT; ls -l /proc/self/fd | wc -l >>OUTPUT") {
            program, output in
            let (clock, command) = (ManualClock(), NotifyCommand(path: program, environment: Self.environment))
            #expect(await command.call("Stue $(id) `id`; 'CO2' \"x\" > 1000", patience: .seconds(10), clock: clock) == nil)
            let text = try String(contentsOfFile: output, encoding: .utf8)
            let lines = text.split(separator: "\n").map(String.init)
            #expect(lines.first == "1 Stue $(id) `id`; 'CO2' \"x\" > 1000")
            #expect(lines.contains("HOME=/h") && !text.contains("hush") && !text.contains("NETATMO"))
            // 0, 1 and 2, the directory that ls reads, and the line above them.
            #expect(lines.last.map { $0.trimmingCharacters(in: .whitespaces) } == "5")
            #expect(await command.call("-h", patience: .seconds(10), clock: clock) == nil)
            #expect(try String(contentsOfFile: output, encoding: .utf8).hasPrefix("1 module -h\n"))
        }
    }

    @Test("that fail are told in a few words")
    func failures() async throws {
        let clock = ManualClock()
        try await withProgram("exit 3") { program, _ in
            #expect(
                await NotifyCommand(path: program, environment: [:]).call("x", patience: .seconds(10), clock: clock)
                    == "ended with exit code 3")
        }
        try await withProgram("kill -9 $$") { program, _ in
            #expect(
                await NotifyCommand(path: program, environment: [:]).call("x", patience: .seconds(10), clock: clock) == "ended by signal 9")
        }
        let missing = NotifyCommand(path: "/nowhere/program", environment: [:])
        #expect(await missing.call("x", patience: .seconds(10), clock: clock) == "can't run it: No such file or directory")
    }

    @Test("that take too long are ended, with all that the command started, be they deaf to it")
    func slow() async throws {
        let clock = ManualClock()
        try await withProgram("sleep 600 & echo $! >OUTPUT; wait") { program, output in
            async let failure = NotifyCommand(path: program, environment: Self.environment).call("x", patience: .seconds(10), clock: clock)
            let child = try await number(in: output)
            clock.advance(by: .seconds(9.9))
            #expect(isRunning(child))
            clock.advance(by: .seconds(0.1))
            #expect(await failure == "took longer than 10 s, and was ended")
            // It may be a zombie until init has seen it.
            _ = try await until("the end of what it started", every: .milliseconds(5)) { isRunning(child) ? nil : true }
        }
        try await withProgram("trap 'echo 1 >OUTPUT' TERM; echo 0 >OUTPUT; while :; do sleep 0.05; done") { program, output in
            let start = clock.uptime
            let child = try ChildProcess(starting: [program], environment: Self.environment)
            async let ended = child.wait(since: start, patience: .seconds(10), grace: .seconds(2), clock: clock)
            _ = try await until("its start", every: .milliseconds(5)) { textOfFile(output) == "0\n" ? true : nil }
            clock.advance(by: .seconds(10))
            _ = try await until("its being asked to end", every: .milliseconds(5)) { textOfFile(output) == "1\n" ? true : nil }
            #expect(isRunning(child.processID))
            clock.advance(by: .seconds(2))
            let (ending, wasMadeTo) = try #require(await ended)
            #expect(ending == .killed(signal: SIGKILL) && wasMadeTo)
        }
    }

    /// The number that a program has written, once it has.
    private func number(in output: String) async throws -> pid_t {
        try await until("a number in \(output)", every: .milliseconds(5)) {
            textOfFile(output).flatMap { $0.hasSuffix("\n") ? pid_t($0.dropLast()) : nil }
        }
    }

    private func isRunning(_ process: pid_t) -> Bool {
        let state = textOfFile("/proc/\(process)/stat")
        return state.map { !$0.contains(") Z ") && !$0.contains(") X ") } ?? false
    }

    @Test("are made for what is raised alone, and a failure is one line of the log")
    func caller() async throws {
        try await withProgram("echo \"$1\" >>OUTPUT; exit 7") { program, output in
            let (clock, log) = (ManualClock(), CollectedLog())
            let caller = AlertCaller(NotifyCommand(path: program, environment: Self.environment), clock: clock, logger: log.logger)
            try await running([caller]) { _ in
                caller.note([alert("A", isRaised: false), alert("B")])
                while !log.lines.contains(where: { $0.contains("exit code") }) { try await Task.sleep(for: .milliseconds(5)) }
                caller.note([alert("B", 1100)])
                try await clock.sleeper(until: clock.now.addingTimeInterval(60))
                #expect(try String(contentsOfFile: output, encoding: .utf8) == "B CO2 1043 ppm, over 1000\n")
                clock.advance(by: .seconds(60))
                while log.lines.count(where: { $0.contains("exit code") }) < 2 { try await Task.sleep(for: .milliseconds(5)) }
                #expect(try String(contentsOfFile: output, encoding: .utf8).hasSuffix("B CO2 1100 ppm, over 1000\n"))
            }
            #expect(log.lines.count { $0.contains("notify command \(program): ended with exit code 7") } == 2)
        }
    }
}

@Suite("Alerts of the engine")
struct EngineAlertTests {
    private static let rule = AlertRule(.measure(.co2), .over, 100)

    private func alerts(_ bench: PollerBench) -> [ReadingAlert] {
        bench.events.compactMap { if case .readingAlert(let alert) = $0 { alert } else { nil } }
    }

    @Test("stand in the events once, mark the readings, and are passed on")
    func once() async throws {
        let journal = Journal()
        let bench = PollerBench(rules: [Self.rule], onAlerts: { for alert in $0 { journal.note(alert.text) } })
        bench.transport.stations(.stations, .stations)
        try await bench.run {
            try await bench.attempt(at: 0)
            // The readings are published first, and then what there is to tell of them.
            let count = bench.data.stations.flatMap(\.devices).count { $0.alerts[.measure(.co2)] == .over }
            #expect(count > 1)
            try await bench.store.first("alerts") {
                $0.events.count { if case .readingAlert = $0.kind { true } else { false } } >= count
            }
            #expect(alerts(bench).count == count)
            try await bench.wake(at: 480)
            try await bench.attempt(at: 480)
            try await bench.store.first("the second word") {
                $0.events.count { if case .dataFetched = $0.kind { true } else { false } } == 2
            }
            #expect(alerts(bench).count == count)
        }
        #expect(journal.entries == alerts(bench).map(\.text) && !journal.entries.isEmpty)
        #expect(bench.log.lines.contains { $0.contains("data alert: ") && $0.contains(" ppm, over 100") })
    }

    @Test("that a run before this one told are not told again")
    func restart() async throws {
        let first = PollerBench(rules: [Self.rule])
        first.transport.stations(.stations)
        try await first.run {
            try await first.attempt(at: 0)
            let count = first.data.stations.flatMap(\.devices).count { $0.alerts[.measure(.co2)] == .over }
            try await first.store.first("alerts") { _ in alerts(first).count == count }
        }
        let second = PollerBench(rules: [Self.rule], earlier: first.store.snapshot.events)
        second.transport.stations(.stations)
        try await second.run {
            try await second.store.first("a word") { $0.events.count { if case .dataFetched = $0.kind { true } else { false } } == 2 }
        }
        #expect(alerts(second) == alerts(first))
        #expect(second.data.stations.flatMap(\.devices).contains { $0.alerts[.measure(.co2)] == .over })
    }
}
