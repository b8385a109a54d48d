import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("The exporter alone")
    struct ServeTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator
        private var tokenFile: String { folder.path("token.json") }

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
        }

        private func serve(_ more: String...) throws -> ChildProcess {
            try ChildProcess(["serve"] + simulator.options(tokenFile: tokenFile) + more, environment: Simulator.environment)
        }

        private func writeRefreshToken() throws {
            try #"{"refresh_token":"\#(simulator.refreshToken)","note":"mine"}"#.write(
                toFile: tokenFile, atomically: false, encoding: .utf8)
        }

        private func savedToken() throws -> [String: Any]? {
            guard let data = FileManager.default.contents(atPath: tokenFile) else { return nil }
            return try JSONSerialization.jsonObject(with: data) as? [String: Any]
        }

        private func port(of process: ChildProcess) async throws -> Int {
            try await until("the exporter to listen") {
                process.errors.firstMatch(of: /exporter started: 127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) }
            }
        }

        @Test("gets a whole token from a refresh token alone and has the readings before any scrape, within 5 s")
        func refreshTokenAlone() async throws {
            try writeRefreshToken()
            let process = try serve()
            let saved = try await until("the token to be saved") {
                try savedToken().flatMap { $0["access_token"] == nil ? nil : $0 }
            }
            #expect(Set(saved.keys) == ["access_token", "refresh_token", "expiry", "note"])
            #expect(saved["refresh_token"] as? String != simulator.refreshToken)
            _ = try await until("the readings") { process.errors.contains("data ok") ? true : nil }
            // By its own log: how long it takes until the test looks is nothing of the program's.
            let times = try ["exporter started: ", "data ok: "].map { event in
                let line = try #require(process.errors.split(separator: "\n").first { $0.contains(event) })
                return try Date(String(line.prefix { $0 != " " }), strategy: .iso8601)
            }
            #expect(times[1].timeIntervalSince(times[0]) <= 5)
            let metrics = try await HTTP.get("http://127.0.0.1:\(try await port(of: process))/metrics").body
            #expect(metrics.contains("netatmo_up 1\n"))
            #expect(metrics.contains("netatmo_exporter_token_valid 1\n"))
            let attributes = try FileManager.default.attributesOfItem(atPath: tokenFile)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }

        @Test("takes over the token that the user puts into the file, within seconds")
        func replacedFile() async throws {
            try writeRefreshToken()
            let process = try serve()
            _ = try await until("the readings") { process.errors.contains("data ok") ? true : nil }
            let answer = try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/tokens", form: "").body
            let brought = try #require(answer.firstMatch(of: /"refresh_token":"([^"]+)"/)).1
            try #"{"refresh_token":"\#(brought)"}"#.write(toFile: tokenFile, atomically: true, encoding: .utf8)
            _ = try await until("the new token") { process.errors.contains("token taken over") ? true : nil }
            let saved = try await until("it to be renewed") { try savedToken().flatMap { $0["access_token"] == nil ? nil : $0 } }
            #expect(saved["refresh_token"] as? String != String(brought))
            #expect(saved["note"] == nil)
        }

        @Test("refuses a token file that another one uses, and says who")
        func secondInstance() async throws {
            try writeRefreshToken()
            let first = try serve()
            _ = try await port(of: first)
            let second = try serve()
            #expect(try await second.exitCode() == 1)
            #expect(second.errors.contains("\(tokenFile) is in use by process \(first.processID) (127.0.0.1:0)"))
            #expect(second.errors.split(separator: "\n").count == 1)
        }

        @Test("takes the lock of one that was killed")
        func lockOfTheDead() async throws {
            let first = try serve()
            _ = try await port(of: first)
            first.signal(SIGKILL)
            _ = try await first.exitCode()
            let second = try serve()
            _ = try await port(of: second)
        }

        @Test("says at the start in one line who can reach what")
        func reach() async throws {
            let process = try serve()
            let port = try await port(of: process)
            let line = try await until("the line") { process.errors.split(separator: "\n").first { $0.contains("exporter reach: ") } }
            #expect(line.contains("this machine alone, and whomever a proxy on it serves, can read /, /module, /metrics, /api/status"))
            #expect(line.contains("signing in takes a one-time key, but from this machine itself"))
            #expect(!line.contains("\(port)"))
        }

        @Test("warns of what is hardly meant: in the log by the variable's name, and again where NetAtmo refuses the client")
        func doubtfulSettings() async throws {
            try writeRefreshToken()
            let options = simulator.options(tokenFile: tokenFile).filter { !["--client-id", "simulator-client"].contains($0) }
            let process = try ChildProcess(
                ["serve", "--debug-handlers=true", "-i'simulator-client'", "-a127.0.0.1:0"] + options,
                environment: ["NETATMO_CLIENT_SECRET": "simulator-secret\r", "NETATMO_REFRESH_INTERVAL": "5s"])
            _ = try await until("the refusal") { process.errors.contains("code invalid_client") ? true : nil }
            #expect(process.errors.contains("exporter warning: NETATMO_REFRESH_INTERVAL: 5s is raised to 10s, since"))
            #expect(
                process.errors.contains("exporter warning: --client-id has quotation marks around its value, which count as part of it\n"))
            #expect(process.errors.contains("code invalid_client: --client-id has quotation marks around its value"))
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0)
        }

        @Test("saves the token and ends with 0 on a signal", arguments: [SIGTERM, SIGINT])
        func stops(_ number: Int32) async throws {
            try writeRefreshToken()
            let process = try serve()
            _ = try await until("the readings") { process.errors.contains("data ok") ? true : nil }
            let saved = try #require(FileManager.default.contents(atPath: tokenFile))
            try FileManager.default.removeItem(atPath: tokenFile)
            process.signal(number)
            #expect(try await process.exitCode() == 0)
            #expect(FileManager.default.contents(atPath: tokenFile) == saved)
        }

        @Test("shows no secret in any output, also at level trace")
        func secrets() async throws {
            try writeRefreshToken()
            let process = try serve("--log-level", "trace", "--debug-handlers")
            let port = try await port(of: process)
            _ = try await until("the readings") { process.errors.contains("data ok") ? true : nil }
            let token = try #require(try savedToken())
            var output = ""
            for path in ["/", "/metrics", "/version", "/debug/data", "/debug/token", "/auth/callback?code=stolen-code&state=x", "/nothing"]
            {
                output += try await HTTP.get("http://127.0.0.1:\(port)\(path)").body
            }
            process.signal(SIGTERM)
            _ = try await process.exitCode()
            output += process.output + process.errors
            #expect(output.contains("netatmo_up 1"))
            for name in ["access_token", "refresh_token"] {
                let secret = try #require(token[name] as? String)
                #expect(!output.contains(secret), "\(name)")
            }
            #expect(!output.contains(simulator.refreshToken))
            #expect(!output.contains("simulator-secret"))
            #expect(!output.contains("stolen-code"))
        }

        @Test("without a token its log holds an address that works once, and the key is nowhere else")
        func announcedKey() async throws {
            let process = try serve("--log-level", "trace")
            let port = try await port(of: process)
            let key = try await until("the address") {
                process.errors.firstMatch(of: /authorize\?key=([\w-]+)/).map { String($0.1) }
            }
            let url = "http://127.0.0.1:\(port)/auth/authorize"
            // As a proxy would ask, for somebody on another machine.
            let stranger = ["Via: 1.1 proxy"]
            #expect(try await HTTP.get(url, fields: stranger).status == 403)
            let started = try await HTTP.press(addressWithKey: "\(url)?key=\(key)", fields: stranger)
            #expect(started.status == 302)
            let query = String(try #require(started.location).split(separator: "?")[1])
            let back = try await HTTP.post("http://127.0.0.1:\(simulator.port)/oauth2/authorize", form: "\(query)&decision=accept")
            #expect(try await HTTP.get(try #require(back.location), fields: stranger).status == 302)
            _ = try await until("the readings") { process.errors.contains("data ok") ? true : nil }
            #expect(try await HTTP.press(addressWithKey: "\(url)?key=\(key)", fields: stranger).status == 403)
            process.signal(SIGTERM)
            _ = try await process.exitCode()
            #expect((process.output + process.errors).components(separatedBy: key).count == 2, "once, where it is announced")
            let code = try #require(back.location?.firstMatch(of: /code=([^&]+)/)?.1)
            #expect(!process.errors.contains(code))
        }

        @Test(
            "asks for a one-time key from an address that is not loopback",
            .enabled(if: ServeTests.ownAddress != nil, "this machine has no address but its loopback ones")
        )
        func otherAddress() async throws {
            let address = try #require(Self.ownAddress)
            let process = try ChildProcess(
                ["serve"] + simulator.options(tokenFile: tokenFile, addr: ":0"), environment: Simulator.environment)
            let port = try await until("the exporter to listen") {
                process.errors.firstMatch(of: /exporter started: :(\d+)/).flatMap { Int($0.1) }
            }
            #expect(try await HTTP.get("http://\(address):\(port)/metrics").status == 200)
            #expect(try await HTTP.get("http://\(address):\(port)/auth/authorize").status == 403)
            #expect(try await HTTP.post("http://\(address):\(port)/auth/settoken", form: "refresh_token=x").status == 403)
            #expect(try await HTTP.get("http://127.0.0.1:\(port)/auth/authorize").status == 302)
            #expect(try await HTTP.get("http://[::1]:\(port)/auth/authorize").status == 302)
        }

        /// An IPv4 address of this machine's network, where it has one.
        static var ownAddress: String? {
            Host.current().addresses.first { $0.contains(".") && !$0.hasPrefix("127.") }
        }

        @Test(
            "names a token file that it can't use, and leaves it alone",
            arguments: ["\u{0}", "[]", "{", #"{"access_token":7}"#, #"{"expiry":"soon"}"#])
        func badTokenFile(_ content: String) async throws {
            try content.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            let process = try serve()
            #expect(try await process.exitCode() == 1)
            #expect(process.errors.contains(tokenFile))
            #expect(process.errors.split(separator: "\n").count == 1)
            #expect(try String(contentsOfFile: tokenFile, encoding: .utf8) == content)
        }

        @Test("takes an empty token file for one without a token, and leaves it empty", arguments: ["", " \r\n"])
        func emptyTokenFile(_ content: String) async throws {
            try content.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            let process = try serve()
            _ = try await until("the address to sign in with") { process.errors.contains("token sign-in: open") ? true : nil }
            #expect(process.errors.contains("token warning: token file holds neither an access token nor a refresh token"))
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0)
            #expect(try String(contentsOfFile: tokenFile, encoding: .utf8) == content)
        }

        @Test("says which address it can't listen on")
        func addressInUse() async throws {
            let process = try ChildProcess(
                ["serve"] + simulator.options(tokenFile: tokenFile, addr: "127.0.0.1:\(simulator.port)"), environment: Simulator.environment
            )
            #expect(try await process.exitCode() == 1)
            #expect(process.errors.contains("can't listen on 127.0.0.1:\(simulator.port): Address already in use"))
        }
    }
}
