import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("The page in a browser")
    struct BrowserTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator(["--seed", "7"])
        }

        /// Starts an exporter with a refresh token.
        private func start(_ more: [String] = []) throws -> ChildProcess {
            let tokenFile = folder.path("token.json")
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            return try ChildProcess(["serve"] + simulator.options(tokenFile: tokenFile) + more, environment: Simulator.environment)
        }

        private func page(of process: ChildProcess) async throws -> String {
            try await until("the exporter to listen") {
                process.errors.firstMatch(of: /exporter started: 127\.0\.0\.1:(\d+)/).map { "http://127.0.0.1:\($0.1)/" }
            }
        }

        /// Starts an exporter, and returns it with its page once it has readings.
        private func serve(_ more: String...) async throws -> (process: ChildProcess, page: String) {
            let process = try start(more)
            let page = try await page(of: process)
            _ = try await until("the readings") { process.errors.contains("data ok") ? true : nil }
            return (process, page)
        }

        @Test("shows the token's state with a countdown, and the readings with their values")
        func shows() async throws {
            let (process, page) = try await serve()
            defer { process.signal(SIGTERM) }
            let shown = try await Chromium.open(page)
            #expect(shown.html.contains(#"id="state">VALID<"#))
            #expect(shown.text.contains(/expires in 2:59:\d\d/))
            for text in ["Fjord", "Stue", "Ute", "Vind", "Hytte", "CO₂", " ppm", " mbar", "battery 12 %, low", "unreachable", "renewed"] {
                #expect(shown.text.contains(text), "\(text)")
            }
            #expect(shown.text.contains(/−?\d+\.\d °C/))
            #expect(shown.text.contains(/measured \d+:\d\d ago/))
            #expect(shown.complaints == [])
        }

        @Test("counts down by the exporter's clock, second by second")
        func countsDown() async throws {
            let (process, page) = try await serve()
            defer { process.signal(SIGTERM) }
            // The browser's time runs ahead of everybody else's here, by so many milliseconds; between two polls it counts on its own.
            let early = try await Chromium.open(page, virtualMilliseconds: 500)
            let late = try await Chromium.open(page, virtualMilliseconds: 4_500)
            let seconds = try [early, late].map { shown in
                let match = try #require(shown.text.firstMatch(of: /expires in (\d):(\d\d):(\d\d)/))
                return try [match.1, match.2, match.3].reduce(0) { try $0 * 60 + #require(Int($1)) }
            }
            #expect(seconds[0] - seconds[1] >= 3)
        }

        @Test("shows names that are HTML, or that turn text around, as text, and runs nothing of them")
        func hostileNames() async throws {
            let script = "<script>document.title='owned'</script>"
            let names = [script, #""><img src=x onerror="document.title='owned'">"#, "\u{202E}gnp.exe", "\u{1B}[2J", "a&lt;b"]
            try await answer(withModulesNamed: names)
            let (process, page) = try await serve()
            defer { process.signal(SIGTERM) }
            let shown = try await Chromium.open(page)
            #expect(shown.html.contains("&lt;script&gt;document.title='owned'&lt;/script&gt;"))
            #expect(shown.html.contains("<title>VALID · netatmo-dashboard</title>"))
            #expect(shown.html.contains("\u{FFFD}gnp.exe"))
            #expect(shown.html.contains("a&amp;lt;b"))
            #expect(!shown.html.contains("<img"))
            #expect(!shown.html.unicodeScalars.contains("\u{202E}"))
            #expect(!shown.html.unicodeScalars.contains("\u{1B}"))
            #expect(shown.complaints == [])
        }

        @Test("stays while a fetch fails, with the last readings, and says what fails")
        func failures() async throws {
            let (process, page) = try await serve("--refresh-interval", "10s")
            defer { process.signal(SIGTERM) }
            try await fault(#"{"fault":"status","status":503,"on":"stationsData","forever":true}"#)
            _ = try await until("a fetch to fail", within: .seconds(30)) { process.errors.contains("data failed") ? true : nil }
            let shown = try await Chromium.open(page)
            #expect(shown.text.contains(/The last fetch failed at \d\d:\d\d:\d\d: NetAtmo is out of order \(HTTP 503/))
            #expect(shown.text.contains("Stue"))
            #expect(shown.html.contains(#"id="state">VALID<"#))
            #expect(shown.complaints == [])
        }

        @Test("says that there is no token and why, while none comes")
        func noToken() async throws {
            try await fault(#"{"fault":"status","status":503,"on":"token","forever":true}"#)
            let process = try start()
            defer { process.signal(SIGTERM) }
            let page = try await page(of: process)
            _ = try await until("the renewal to fail") { process.errors.contains("token failed") ? true : nil }
            let shown = try await Chromium.open(page)
            #expect(shown.html.contains(#"id="state">NO TOKEN<"#))
            #expect(shown.text.contains(/The renewal fails.*: NetAtmo is out of order \(HTTP 503/))
            #expect(shown.text.contains("No readings yet."))
            #expect(shown.html.contains(#"href="/auth/authorize""#))
            #expect(shown.complaints == [])
        }

        @Test("has the state, the sign-in link and the form where no script runs")
        func withoutScript() async throws {
            let (process, page) = try await serve()
            defer { process.signal(SIGTERM) }
            let html = try await HTTP.get(page).body
            #expect(html.contains(/<p>valid, expires at [-0-9T:.]+Z<\/p>/))
            #expect(html.contains("<noscript>"))
            #expect(html.contains(#"href="/auth/authorize""#))
            #expect(html.contains(#"<form method="post" action="/auth/settoken">"#))
        }

        @discardableResult
        private func fault(_ json: String) async throws -> HTTP.Answer {
            try await HTTP.post("http://127.0.0.1:\(simulator.port)/simulator/faults", form: json)
        }

        /// Lets NetAtmo tell of one station whose modules, and whose home, have such names.
        private func answer(withModulesNamed names: [String]) async throws {
            let time = Int(Date.now.timeIntervalSince1970)
            func device(_ number: Int, _ name: String) -> [String: Any] {
                [
                    "_id": "02:00:00:00:00:0\(number)", "type": number == 0 ? "NAMain" : "NAModule4", "module_name": name,
                    "dashboard_data": ["time_utc": time, "Temperature": 20.5] as [String: Any],
                ]
            }
            var base = device(0, names[0])
            base["home_name"] = names[1]
            base["modules"] = names.enumerated().map { device($0.offset + 1, $0.element) }
            let body = try JSONSerialization.data(withJSONObject: ["body": ["devices": [base]], "status": "ok"] as [String: Any])
            let fault: [String: Any] = [
                "fault": "status", "status": 200, "on": "stationsData", "forever": true, "content_type": "application/json",
                "body": String(decoding: body, as: UTF8.self),
            ]
            let json = try JSONSerialization.data(withJSONObject: fault)
            #expect(try await self.fault(String(decoding: json, as: UTF8.self)).status == 204)
        }
    }
}
