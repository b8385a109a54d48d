import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("An export of the past")
    struct HistoryExportTests {
        private let folder: TemporaryFolder

        init() throws {
            folder = try TemporaryFolder()
        }

        private func export(
            _ arguments: [String], environment: [String: String] = Simulator.environment
        ) async throws -> (code: Int32, output: String, errors: String) {
            let process = try ChildProcess(["history", "export"] + arguments, environment: environment)
            let code = try await process.exitCode(within: .seconds(40))
            return (code, process.output, process.errors)
        }

        private func options(of simulator: Simulator) throws -> [String] {
            let tokenFile = folder.path("token.json")
            if !FileManager.default.fileExists(atPath: tokenFile) {
                try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            }
            return simulator.options(tokenFile: tokenFile)
        }

        /// What the simulator itself has of Ute's temperature, by half an hour.
        private func truth(of simulator: Simulator, from start: Int, to end: Int) async throws -> [Int: Double] {
            struct Tokens: Decodable { let access_token: String }
            struct Answer: Decodable { let body: [String: [Double?]] }
            let address = "http://127.0.0.1:\(simulator.port)"
            let pair = try await HTTP.post("\(address)/simulator/tokens?scope=read_station", form: "").body
            let token = try JSONDecoder().decode(Tokens.self, from: Data(pair.utf8)).access_token
            let query =
                "device_id=70:ee:50:00:10:01&module_id=02:00:00:00:10:02&scale=30min&type=temperature&optimize=false&real_time=true"
            let answer = try await HTTP.get(
                "\(address)/api/getmeasure?\(query)&date_begin=\(start)&date_end=\(end)", fields: ["Authorization: Bearer \(token)"])
            let rows = try JSONDecoder().decode(Answer.self, from: Data(answer.body.utf8)).body
            return rows.reduce(into: [:]) { $0[Int($1.key) ?? 0] = $1.value.first ?? nil }
        }

        @Test("Prometheus, started on the blocks that promtool makes of it, answers with the simulator's values, over a night of 25 hours")
        func prometheus() async throws {
            let simulator = try await Simulator()
            let output = folder.path("past.om")
            // The clocks of Norway went back on 26 October 2025; each measure of a base and a rain gauge, in two requests.
            let (start, end) = (1_761_350_400, 1_761_609_600)
            let (code, _, errors) = try await export(
                [
                    "--from", "2025-10-25T00:00:00Z", "--to", "2025-10-28T00:00:00Z", "--module", "ute", "--module", "Regn", "--scale",
                    "30min", "--format", "openmetrics", "--output", output,
                ] + options(of: simulator))
            #expect(code == 0, "\(errors)")
            #expect(errors.contains("2 requests to NetAtmo, about 11 s at the 500 an hour"))
            #expect(errors.contains("100 %, 2 of 2 requests: Regn until 2025-10-28\n"))
            let blocks = folder.path("blocks")
            let promtool = try ChildProcess(
                executable: "promtool", ["tsdb", "create-blocks-from", "openmetrics", output, blocks])
            #expect(try await promtool.exitCode() == 0, "\(promtool.errors)")
            let prometheus = try await Prometheus(jobs: [:], data: blocks)
            let truth = try await truth(of: simulator, from: start, to: end)
            #expect(truth.count >= 144)
            for (time, value) in truth.sorted(by: { $0.key < $1.key }).prefix(150)
            where time % 7200 == 0 || (1_761_433_200...1_761_444_000).contains(time) {
                let samples = try await prometheus.answer(
                    to: #"netatmo_sensor_temperature_celsius{home="Fjord",module="Ute",station="Fjord (Stue)"}"#, at: time)
                #expect(samples.map(\.value) == [value], "at \(time)")
            }
            let rain = try await prometheus.answer(to: "count_over_time(netatmo_sensor_rain_amount_mm_sum[3d])", at: end)
            #expect(rain.map(\.value).allSatisfy { (144...145).contains($0) })
        }

        @Test("interrupted with Ctrl-C it says how to go on, which it does, and no request is made twice")
        func interrupted() async throws {
            let simulator = try await Simulator()
            let output = folder.path("past file.csv")
            let options = try options(of: simulator)
            let process = try ChildProcess(
                [
                    "history", "export", "--from", "2025-09-01", "--to", "2025-12-31", "--module", "Ute", "--module", "Regn", "--module",
                    "Vind", "--scale",
                    "3hours",
                ]
                    + ["--format", "csv", "--output", output] + options, environment: Simulator.environment)
            _ = try await until("the first page") { process.errors.contains(" 1 of ") ? true : nil }
            process.signal(SIGINT)
            #expect(try await process.exitCode() == 130)
            let command = try #require(
                process.errors.split(separator: "\n").last?.wholeMatch(of: /netatmo-dashboard: interrupted; go on with: (.*)/)?.1)
            #expect(command.hasPrefix("netatmo-dashboard history export --resume --output '\(output)' --client-id simulator-client "))
            #expect(!FileManager.default.fileExists(atPath: output))
            let refused = try await export(["--from", "2025-01-01", "--format", "csv", "--output", output] + options)
            #expect(refused.code == 64 && refused.errors.contains("--resume goes on with it, --overwrite begins anew"))
            // By nothing but what it said, in a shell.
            let program = try Program.path
            let here = String(command.replacing("netatmo-dashboard", with: "'\(program)'", maxReplacements: 1))
            let resumed = try ChildProcess(executable: "sh", ["-c", here], environment: Simulator.environment)
            let code = try await resumed.exitCode(within: .seconds(120))
            #expect(code == 0, "\(resumed.errors)")
            #expect(resumed.errors.contains(", after 1 before, "))
            let rows = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
            #expect(
                rows.first
                    == "time,home,station,module,id,temperature,temperatureMin,temperatureMax,humidity,humidityMin,humidityMax,windStrength,windAngle,gustStrength,gustAngle,rain"
            )
            for module in ["Ute", "Regn", "Vind"] { #expect(rows.contains { $0.contains(",\(module),") }, "\(module)") }
            #expect(Set(rows).count == rows.count)
        }

        @Test("goes through the engine that runs, whose scrapes go on, and leaves it alone")
        func attached() async throws {
            let socket = folder.path("control.sock")
            let engine = try ChildProcess(["demo", "--plain", "--socket", socket, "--addr", "127.0.0.1:0"])
            _ = try await until("the readings") { engine.output.contains("data ok") || engine.output.contains("modules") ? true : nil }
            let (code, output, errors) = try await export(
                ["--from", "2025-01-01", "--to", "2025-02-28", "--scale", "1hour", "--format", "influx", "--socket", socket],
                environment: [:])
            #expect(code == 0, "\(errors)")
            let lines = output.split(separator: "\n")
            #expect(lines.count > 5000)
            #expect(lines.allSatisfy { $0.hasPrefix("netatmo,") })
            #expect(errors.contains("without --output it can't be resumed"))
            engine.signal(SIGINT)
            #expect(try await engine.exitCode() == 0)
        }

        @Test(
            "what can't be is told in one line, before anything is asked",
            arguments: [
                (["--format", "csv"], "--from: expected a day such as"),
                (["--from", "2023-01-01"], "--format: expected one of openmetrics, csv, json, influx"),
                (["--from", "yesterday", "--format", "csv"], #"--from: "yesterday" is not a day such as"#),
                (["--from", "2023-02-30", "--format", "csv"], #"--from: "2023-02-30" is not a day such as"#),
                (
                    ["--from", "2023-01-02", "--to", "2023-01-01", "--format", "csv"],
                    #"--from: "2023-01-02" is not a time before --to 2023-01-01"#
                ),
                (["--from", "2090-01-01", "--format", "csv"], #"--from: "2090-01-01" is not a time in the past"#),
                (["--from", "2023-01-01", "--format", "xml"], #"--format: "xml" is not one of openmetrics, csv, json, influx"#),
                (["--from", "2023-01-01", "--format", "csv", "--scale", "5min"], #"--scale: "5min" is not one of max, 30min"#),
                (
                    ["--from", "2023-01-01", "--format", "csv", "--measure", "warmth"],
                    #"--measure: "warmth" is not one of temperature, humidity"#
                ),
                (["--resume"], "--resume: expected beside --output FILE"),
                (["--resume", "--output", "/tmp/none", "--format", "csv"], #"--format: "csv" is not allowed beside --resume"#),
                (["--resume", "--output", "/tmp/no-such-export"], "is not the output of an export that was interrupted"),
                (["--from", "2023-01-01", "--format", "csv", "--output", "/dev/null"], #"--output: "/dev/null" is not a file"#),
                (["--from", "2023-01-01", "--format", "csv", "--output", "/etc/passwd"], "the file is there; --overwrite replaces it"),
            ])
        func refused(arguments: [String], words: String) async throws {
            let (code, output, errors) = try await export(arguments)
            #expect(code == 64)
            #expect(output.isEmpty)
            #expect(errors.contains(words), "\(errors)")
            #expect(errors.split(separator: "\n").count == 1)
        }

        @Test("a module that is not there is told with those that are, and nothing is exported")
        func unknownModule() async throws {
            let simulator = try await Simulator()
            let (code, _, errors) = try await export(
                ["--from", "2025-01-01", "--format", "csv", "--module", "Cellar"] + options(of: simulator))
            #expect(code == 64)
            #expect(errors.contains(#"--module: "Cellar" is not one of Stue, Ute, Regn, Vind, Loft, "#), "\(errors)")
        }

        @Test("the present readings in line protocol, with NetAtmo's times")
        func status() async throws {
            let simulator = try await Simulator()
            let process = try ChildProcess(["status", "--format", "influx"] + options(of: simulator), environment: Simulator.environment)
            #expect(try await process.exitCode() == 0)
            let lines = process.output.split(separator: "\n")
            #expect(lines.count == 7)
            let stue = try #require(lines.first { $0.contains(",module=Stue,") })
            #expect(stue.hasPrefix(#"netatmo,home=Fjord,id=70:ee:50:00:10:01,module=Stue,station=Fjord\ (Stue) temperature="#))
            #expect(stue.contains(",co2=") && stue.contains(",wifiSignal="))
            #expect(stue.hasSuffix("000000000"))
            let wrong = try ChildProcess(["status", "--format", "xml"])
            #expect(try await wrong.exitCode() == 64)
            #expect(wrong.errors == "netatmo-dashboard: --format: \"xml\" is not one of text, json, influx\n")
        }
    }
}
