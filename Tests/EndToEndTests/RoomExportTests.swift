import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("An export of a room's past")
    struct RoomExportTests {
        private let folder: TemporaryFolder

        init() throws {
            folder = try TemporaryFolder()
        }

        private func export(_ arguments: [String], of simulator: Simulator, hasEnergy: Bool = true) async throws -> (
            code: Int32, output: String, errors: String
        ) {
            let tokenFile = folder.path("token.json")
            if !FileManager.default.fileExists(atPath: tokenFile) {
                try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            }
            let process = try ChildProcess(
                ["history", "export", "--from", "2025-10-25T00:00:00Z", "--to", "2025-10-28T00:00:00Z"] + arguments
                    + (hasEnergy ? ["--energy"] : []) + simulator.options(tokenFile: tokenFile), environment: Simulator.environment)
            let code = try await process.exitCode(within: .seconds(60))
            return (code, process.output, process.errors)
        }

        /// What the simulator itself has, by the beginning of each step.
        private func truth(of simulator: Simulator, _ query: String) async throws -> [Int: [Double]] {
            struct Tokens: Decodable { let access_token: String }
            struct Answer: Decodable { let body: [String: [Double]] }
            let address = "http://127.0.0.1:\(simulator.port)"
            let pair = try await HTTP.post("\(address)/simulator/tokens?scope=read_thermostat", form: "").body
            let token = try JSONDecoder().decode(Tokens.self, from: Data(pair.utf8)).access_token
            let answer = try await HTTP.get(
                "\(address)/api/\(query)&optimize=false&real_time=true&date_begin=1761350400&date_end=1761609600",
                fields: ["Authorization: Bearer \(token)"])
            let rows = try JSONDecoder().decode(Answer.self, from: Data(answer.body.utf8)).body
            return Dictionary(uniqueKeysWithValues: rows.compactMap { key, values in Int(key).map { ($0, values) } })
        }

        private static let stue = "getroommeasure?home_id=5f8d0c1e2b3a4c5d6e7f8001&room_id=1160310001&type=temperature,sp_temperature"

        @Test("has each half hour's temperature and setpoint as NetAtmo has them, over a night of 25 hours, in one request")
        func room() async throws {
            let simulator = try await Simulator()
            let (code, output, errors) = try await export(["--room", "Stue", "--format", "csv"], of: simulator)
            #expect(code == 0, "\(errors)")
            #expect(errors.contains("1 request to NetAtmo, "), "\(errors)")
            let rows = output.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
            #expect(rows.first?.joined(separator: ",") == "time,home,station,module,room,id,temperature,setpoint")
            let truth = try await truth(of: simulator, Self.stue + "&scale=30min")
            #expect(truth.count >= 144 && rows.count == truth.count + 1)
            let format = ISO8601DateFormatter()
            for row in rows.dropFirst() {
                let time = try #require(format.date(from: String(row[0])))
                #expect(row[1...5] == ["Fjord", "", "", "Stue", "1160310001"])
                #expect(row[6...].map { Double($0) } == truth[Int(time.timeIntervalSince1970)], "\(row)")
            }
        }

        @Test("has the series of /metrics, a room's days with their extremes, and how long the boiler burned on them")
        func series() async throws {
            let simulator = try await Simulator()
            let (code, output, errors) = try await export(
                ["--room", "Fjord/stue", "--room", "boiler", "--scale", "1day", "--format", "openmetrics"], of: simulator)
            #expect(code == 0, "\(errors)")
            let boiler = "getmeasure?device_id=70:ee:50:00:50:01&module_id=04:00:00:00:50:02&type=sum_boiler_on&scale=1day"
            let seconds = try await truth(of: simulator, boiler)
            let temperatures = try await truth(
                of: simulator, Self.stue.replacing("sp_temperature", with: "min_temp,max_temp") + "&scale=1day")
            #expect(seconds.count >= 3 && temperatures.count >= 3)
            let lines = Set(output.split(separator: "\n"))
            for (time, values) in temperatures {
                for (suffix, value) in zip(["", "_min", "_max"], values) {
                    let line = #"netatmo_room_temperature_celsius\#(suffix){home="Fjord",room="Stue"} \#(text(value)) \#(time)"#
                    #expect(lines.contains(Substring(line)), "\(line)")
                }
            }
            // The clocks went back on the 26th.
            let begins = seconds.keys.sorted()
            for (index, time) in begins.enumerated() {
                let length = index + 1 < begins.count ? begins[index + 1] - time : 86_400
                let minutes = ((seconds[time]?.first ?? -1) / Double(length) * 60_000).rounded() / 1000
                let line = #"netatmo_boiler_minutes_per_hour{home="Fjord",module="Termostat"} \#(text(minutes)) \#(time)"#
                #expect(lines.contains(Substring(line)), "\(line) is not in \(output)")
            }
            #expect(!output.contains("setpoint"), "NetAtmo has none of days")
        }

        private func text(_ value: Double) -> String {
            value == value.rounded() ? String(Int(value)) : "\(value)"
        }

        @Test("that can't be is told in one line: without Energy, of no room there is, or beside --resume")
        func refused() async throws {
            let simulator = try await Simulator()
            let without = try await export(["--room", "Stue", "--format", "csv"], of: simulator, hasEnergy: false)
            #expect(without.code == 64 && without.errors.contains("--room: expected --energy beside it"), "\(without.errors)")
            let unknown = try await export(["--room", "Cellar", "--format", "csv"], of: simulator)
            #expect(unknown.code == 64, "\(unknown.errors)")
            #expect(unknown.errors.contains(#"--room: "Cellar" is not one of "#) && unknown.errors.contains("Soverom, Kjøkken, "))
            #expect([without, unknown].allSatisfy { $0.errors.split(separator: "\n").count == 1 && $0.output.isEmpty })
            let resumed = try ChildProcess(["history", "export", "--resume", "--output", "/tmp/none", "--room", "Stue"])
            #expect(try await resumed.exitCode() == 64)
            #expect(resumed.errors.contains(#"--room: "Stue" is not allowed beside --resume"#))
        }
    }
}
