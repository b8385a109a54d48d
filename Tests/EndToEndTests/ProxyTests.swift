import Foundation
import Testing
import TestSupport

extension EndToEndSurroundings {
    @Suite("Behind nginx on the same machine")
    struct ProxyTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator
        private var tokenFile: String { folder.path("token.json") }

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
        }

        /// Starts an exporter, with a refresh token or without.
        private func serve(token: Bool = true, _ more: [String]) async throws -> (process: ChildProcess, port: Int) {
            if token { try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8) }
            let process = try ChildProcess(["serve"] + simulator.options(tokenFile: tokenFile) + more, environment: Simulator.environment)
            let port = try await until("the exporter to listen") {
                process.errors.firstMatch(of: /exporter started: 127\.0\.0\.1:(\d+)/).flatMap { Int($0.1) }
            }
            if token { _ = try await until("the readings") { process.errors.contains("data ok") ? true : nil } }
            return (process, port)
        }

        private static let forwards = [
            "", "proxy_set_header Host $host:$server_port;", "proxy_set_header Host localhost:EXPORTER;",
            "proxy_set_header X-Forwarded-Proto $scheme;", "proxy_http_version 1.1;",
        ]

        @Test(
            "a stranger signs nobody in, whatever nginx tells of him, with --external-url and without",
            arguments: forwards, [[], ["--external-url", "http://weather.example"]])
        func stranger(forward: String, options: [String]) async throws {
            let (process, port) = try await serve(options)
            defer { process.signal(SIGTERM) }
            let before = try Data(contentsOf: URL(fileURLWithPath: tokenFile))
            let forward = forward.replacing("EXPORTER", with: "\(port)")
            let nginx = try await Nginx("location / { proxy_pass http://127.0.0.1:\(port); \(forward) }")
            let home = "http://127.0.0.1:\(nginx.port)/"
            try await expectNothingOpens(home)
            #expect(try await HTTP.get("\(home)auth/callback?state=x&code=c").status == 400)
            #expect(try Data(contentsOf: URL(fileURLWithPath: tokenFile)) == before)
            #expect(!process.errors.contains("token sign-in: waiting"))
            #expect(process.errors.matches(of: /sign-in refused/).count == 1)
        }

        /// The page comes, and neither a browser nor a token is taken from there.
        private func expectNothingOpens(_ home: String) async throws {
            let page = try await HTTP.get(home)
            #expect(page.status == 200)
            #expect(page.body.contains(#"<body class="remote">"#))
            let begun = try await HTTP.get("\(home)auth/authorize")
            #expect(begun.status == 403)
            #expect(begun.location == nil)
            let formToken = try #require(page.body.firstMatch(of: /name="form_token" value="([^"]*)"/)).1
            let brought = try await HTTP.post("\(home)auth/settoken", form: "refresh_token=0123456789abcdef0123&form_token=\(formToken)")
            #expect(brought.status == 403)
        }

        /// As nginx does by itself from 1.29.7 on: HTTP/1.1 on connections that are kept, and no field that tells of it.
        private static let silent = """
            location / { proxy_pass http://127.0.0.1:EXPORTER; proxy_http_version 1.1; proxy_set_header Connection ""; \
            proxy_set_header Host localhost:EXPORTER; }
            """

        private static let canBeAnother: Bool = {
            guard let trial = try? SpawnedProcess(["setpriv", "--reuid=33", "--regid=33", "--clear-groups", "--", "true"]) else {
                return false
            }
            trial.waitForEnd()
            return trial.end == .exited(code: 0)
        }()

        @Test(
            "one of another user that adds nothing and keeps its connections opens nothing without the key, and all with it",
            .enabled(if: canBeAnother, "needs root, to run nginx as another user"))
        func silentProxy() async throws {
            let (process, port) = try await serve(token: false, [])
            defer { process.signal(SIGTERM) }
            let key = try await until("the key") { process.errors.firstMatch(of: /authorize\?key=([\w-]+)/)?.1 }
            let nginx = try await Nginx(Self.silent.replacing("EXPORTER", with: "\(port)"), user: 33)
            let home = "http://127.0.0.1:\(nginx.port)/"
            try await expectNothingOpens(home)
            // It is the user alone: whoever runs the exporter needs no key, straight and by the same nginx.
            #expect(try await HTTP.get("http://127.0.0.1:\(port)/auth/authorize").status == 302)
            let own = try await Nginx(Self.silent.replacing("EXPORTER", with: "\(port)"))
            #expect(try await HTTP.get("http://127.0.0.1:\(own.port)/auth/authorize").status == 302)
            let sent = try await HTTP.press(addressWithKey: "\(home)auth/authorize?key=\(key)")
            #expect(sent.status == 302)
            let query = try #require(sent.location?.split(separator: "?").last)
            let back = try await HTTP.post("http://127.0.0.1:\(simulator.port)/oauth2/authorize", form: "\(query)&decision=accept")
            let callback = try #require(back.location?.split(separator: "?").last)
            #expect(try await HTTP.get("\(home)auth/callback?\(callback)").status == 302)
            _ = try await until("the readings; \(process.errors)") { process.errors.contains("data ok") ? true : nil }
        }

        /// With the path passed on, and with the path taken off, where a slash too many is usual.
        private static let ways = [
            "location /my/netatmo { proxy_pass http://127.0.0.1:EXPORTER; proxy_set_header Host $http_host; }",
            "location /my/netatmo/ { proxy_pass http://127.0.0.1:EXPORTER/; proxy_set_header Host $http_host; }",
            "location /my/netatmo { proxy_pass http://127.0.0.1:EXPORTER/; }",
        ]

        @Test("signing in with a key works whole below a path, whether nginx takes that off or passes it on", arguments: ways)
        func belowPath(way: String) async throws {
            // The exporter has to know the port of nginx, and nginx that of the exporter.
            let port = try LoopbackPort.choose()
            let nginx = try await Nginx(way.replacing("EXPORTER", with: "\(port)"))
            let external = "http://weather.example:\(nginx.port)/my/netatmo"
            let process = try ChildProcess(
                ["serve"] + simulator.options(tokenFile: tokenFile, addr: "127.0.0.1:\(port)") + ["--external-url", external],
                environment: Simulator.environment)
            defer { process.signal(SIGTERM) }
            let announced = try await until("the address") {
                process.errors.firstMatch(of: /open (http\S+) \(good once/).map { String($0.1) }
            }
            #expect(announced.hasPrefix("\(external)/auth/authorize?key="))
            let host = ["Host: weather.example:\(nginx.port)"]
            func reached(_ address: String) -> String { address.replacing("weather.example", with: "127.0.0.1") }
            let sent = try await HTTP.press(addressWithKey: reached(announced), fields: host)
            #expect(sent.status == 302)
            let toNetatmo = try #require(sent.location)
            let query = try #require(toNetatmo.split(separator: "?").last)
            let back = try await HTTP.post("http://127.0.0.1:\(simulator.port)/oauth2/authorize", form: "\(query)&decision=accept")
            let callback = try #require(back.location)
            #expect(callback.hasPrefix("\(external)/auth/callback?"))
            let home = try await HTTP.get(reached(callback), fields: host)
            #expect(home.status == 302)
            #expect(home.location == "/my/netatmo/")
            _ = try await until("the readings") { process.errors.contains("data ok") ? true : nil }
            let shown = try await Chromium.open("\(external)/", mapping: "weather.example")
            #expect(shown.html.contains(#"id="state">VALID<"#), "its script ran, and asked")
            #expect(shown.text.contains("Stue"))
            #expect(shown.complaints == [])
            let policy = try await Chromium.open("\(external)/auth/authorize?key=abc", mapping: "weather.example")
            #expect(policy.html.contains(#"action="/my/netatmo/auth/authorize""#))
            #expect(policy.complaints == [])
        }
    }
}
