import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("The status, once")
    struct StatusTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator
        private var tokenFile: String { folder.path("token.json") }

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
        }

        private func writeRefreshToken(_ token: String? = nil) throws {
            try #"{"refresh_token":"\#(token ?? simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
        }

        private func status(_ arguments: [String]) async throws -> (code: Int32, output: String, errors: String) {
            let process = try ChildProcess(["status"] + arguments, environment: Simulator.environment)
            let code = try await process.exitCode()
            return (code, process.output, process.errors)
        }

        private func serve() async throws -> (process: ChildProcess, address: String) {
            let process = try ChildProcess(["serve"] + simulator.options(tokenFile: tokenFile), environment: Simulator.environment)
            let port = try await until("the readings") {
                process.errors.contains("data ok") ? process.errors.firstMatch(of: /exporter started: 127\.0\.0\.1:(\d+)/)?.1 : nil
            }
            return (process, "127.0.0.1:\(port)")
        }

        @Test("where nothing runs, fetches by itself: the new token is saved, and nobody listens")
        func singleFetch() async throws {
            try writeRefreshToken()
            for _ in 1...2 {
                let (code, output, errors) = try await status(simulator.options(tokenFile: tokenFile))
                #expect(code == 0, "\(errors)")
                #expect(output.hasPrefix("Token: VALID, expires in 2 h 59 min, at "))
                #expect(output.contains("\nReadings: 8 modules, fetched at "))
                #expect(output.contains("\nExporter: not running\n"))
                #expect(output.contains("\nStue: temperature "))
                #expect(!output.contains("\u{1B}"))
                #expect(!output.contains(simulator.refreshToken))
            }
            let saved = try String(contentsOfFile: tokenFile, encoding: .utf8)
            #expect(saved.contains("access_token"))
            #expect(!saved.contains(simulator.refreshToken))
        }

        @Test("as JSON is the document of /api/status")
        func json() async throws {
            try writeRefreshToken()
            let alone = try await status(simulator.options(tokenFile: tokenFile) + ["--json"])
            let (process, address) = try await serve()
            let asked = try await status(["--addr", address, "--json"])
            #expect(alone.code == 0 && asked.code == 0)
            let documents = try [alone, asked].map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.output.utf8)) as? [String: Any])
            }
            #expect(Set(documents[0].keys) == Set(documents[1].keys))
            #expect((documents[1]["exporter"] as? [String: Any])?["address"] as? String == address)
            _ = process
        }

        @Test("is ASCII where that is asked for, or the locale has no more; JSON says the same in it")
        func ascii() async throws {
            try writeRefreshToken()
            let (process, address) = try await serve()
            let asked = try await status(["--addr", address, "--ascii"])
            let locale = try ChildProcess(["status", "--addr", address], environment: ["LC_ALL": "C"])
            let json = try await status(["--addr", address, "--ascii", "--json"])
            #expect(try await locale.exitCode() == 0)
            for output in [asked.output, locale.output, json.output] {
                #expect(output.utf8.allSatisfy { $0 < 0x80 })
                #expect(output.contains("Stue"))
            }
            #expect(json.output.contains(#""unit":"\u00b0C""#))
            _ = process
        }

        @Test("comes from the instance that runs, whose token file stays locked")
        func runningInstance() async throws {
            try writeRefreshToken()
            let (process, address) = try await serve()
            let asked = try await status(["--addr", address])
            #expect(asked.code == 0)
            #expect(asked.output.contains("\nExporter: on \(address), "))
            let other = try await status(simulator.options(tokenFile: tokenFile))
            #expect(other.code == 1)
            #expect(other.errors.contains("is in use by process \(process.processID)"))
            #expect(other.output.isEmpty)
        }

        @Test("without a token ends with 2, with a token and without readings with 3")
        func codes() async throws {
            #expect(try await status(simulator.options(tokenFile: tokenFile)).code == 2)
            try writeRefreshToken()
            let fault = #"{"fault":"status","status":503,"on":"stationsData","times":1}"#
            #expect(try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/faults", form: fault).status < 300)
            let stale = try await status(simulator.options(tokenFile: tokenFile))
            #expect(stale.code == 3)
            #expect(stale.output.contains("Readings: none, last try failed: "))
        }

        @Test("of a refresh token that NetAtmo refuses ends with 2, and the file is left as it is")
        func refused() async throws {
            try writeRefreshToken("no-such-token")
            let before = FileManager.default.contents(atPath: tokenFile)
            #expect(try await status(simulator.options(tokenFile: tokenFile)).code == 2)
            #expect(FileManager.default.contents(atPath: tokenFile) == before)
        }

        @Test("is refused in one line where something else answers at the address")
        func notOurs() async throws {
            let (code, output, errors) = try await status(["--addr", "127.0.0.1:\(simulator.port)"])
            #expect(code == 1)
            #expect(output.isEmpty)
            #expect(
                errors
                    == "netatmo-dashboard: 127.0.0.1:\(simulator.port) does not answer as netatmo-dashboard does: HTTP 404 for /api/status\n"
            )
        }

        @Test("needs the options of an exporter only where none runs")
        func missingOption() async throws {
            let (code, _, errors) = try await status(["--addr", "127.0.0.1:1"])
            #expect(code == 64)
            #expect(errors.contains("no engine runs to ask; to fetch by itself, --client-id (or NETATMO_CLIENT_ID) is missing"))
        }

        @Test("interrupted while NetAtmo hangs, keeps the token and gives the lock back")
        func interrupted() async throws {
            try writeRefreshToken()
            let fault = #"{"fault":"hang","on":"stationsData","times":1}"#
            #expect(try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/faults", form: fault).status < 300)
            let process = try ChildProcess(["status"] + simulator.options(tokenFile: tokenFile), environment: Simulator.environment)
            _ = try await until("the new token to be saved") {
                FileManager.default.contents(atPath: tokenFile).flatMap {
                    String(decoding: $0, as: UTF8.self).contains("access_token") ? true : nil
                }
            }
            // Not before it hangs: the next one would, in its place.
            _ = try await until("the readings to be asked for") {
                let requests = try await HTTP.get("http://127.0.0.1:\(simulator.port)/simulator/requests").body
                return requests.contains(#""count":2"#) ? true : nil
            }
            process.signal(SIGINT)
            #expect(try await process.exitCode() == 1)
            #expect(process.errors == "netatmo-dashboard: interrupted before the readings came\n")
            #expect(try await status(simulator.options(tokenFile: tokenFile)).code == 0)
        }
    }
}
