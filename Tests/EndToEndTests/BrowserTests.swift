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

        @Test("judges and words values as the screen does, in the account's units")
        func judges() async throws {
            try await answer(with: [
                device("Stue", ["Temperature": 21.4, "Humidity": 72, "CO2": 2140, "Pressure": 1013.2], ["wifi_status": 71]),
                device(
                    "Loft", ["Temperature": -3.6, "Humidity": 25],
                    ["type": "NAModule4", "rf_status": 92, "battery_percent": 12, "battery_vp": 5300]),
                device(
                    "Bod", ["Temperature": 8, "Humidity": 45],
                    ["type": "NAModule4", "rf_status": 60, "battery_percent": 40, "battery_vp": 4600]),
                device("Ute", ["Temperature": 3, "Humidity": 88], ["type": "NAModule1", "rf_status": 78]),
                device("Barn", ["Temperature": 22, "health_idx": 2], ["type": "NHC"]),
                device("Gammel", ["Temperature": 22, "CO2": 2500, "time_utc": 1_700_000_000], ["type": "NAModule4"]),
                device("Klokke", ["Temperature": 22, "CO2": 2600, "time_utc": NSNull()], ["type": "NAModule4"]),
            ])
            let (process, page) = try await serve()
            defer { process.signal(SIGTERM) }
            let shown = try await Chromium.open(page)
            for text in ["70.5", "°F", "29.92 inHg", "25.5"] { #expect(shown.text.contains(text), "\(text)") }
            for html in [
                #"<dd class="warning">72 % high</dd>"#, #"<dd class="bad">2140 ppm bad</dd>"#, #"<dd class="warning">25 % low</dd>"#,
                "<dd>88 %</dd>", #"<dd class="warning">fair</dd>"#, "<dd>2500 ppm</dd>", "<dd>2600 ppm</dd>",
                #"<span class="warning">Wi-Fi average</span>"#, #"<span class="bad">radio bad</span>"#, "<span>radio very good</span>",
                "<span>radio good</span>", "<span>battery 12 %</span>", #"<span class="warning">battery 40 %, low</span>"#,
                #"<span class="warning">stale, measured at an unknown time</span>"#, #"<span class="warning">stale, measured <span"#,
            ] { #expect(shown.html.contains(html), "\(html)") }
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
            let devices = ([names[0]] + names).map { device($0, ["Temperature": 20.5], [:]) }
            try await answer(with: devices, home: names[1])
        }

        /// A device as NetAtmo tells of it: a base, unless it says otherwise.
        private func device(_ name: String, _ readings: [String: Any], _ more: [String: Any]) -> [String: Any] {
            let measured = ["time_utc": Int(Date.now.timeIntervalSince1970)].merging(readings) { $1 }
            return ["type": "NAMain", "module_name": name, "reachable": true, "dashboard_data": measured].merging(more) { $1 }
        }

        /// Lets NetAtmo tell of one station to a user who prefers imperial units.
        private func answer(with devices: [[String: Any]], home: String = "Bergen") async throws {
            let numbered = devices.enumerated().map { number, device in
                device.merging(["_id": "02:00:00:00:00:0\(number)"]) { $1 }
            }
            var base = numbered[0]
            base["home_name"] = home
            base["modules"] = Array(numbered.dropFirst())
            let user = ["administrative": ["unit": 1, "windunit": 1, "pressureunit": 1]]
            let body = try JSONSerialization.data(
                withJSONObject: ["body": ["devices": [base], "user": user] as [String: Any], "status": "ok"] as [String: Any])
            let fault: [String: Any] = [
                "fault": "status", "status": 200, "on": "stationsData", "forever": true, "content_type": "application/json",
                "body": String(decoding: body, as: UTF8.self),
            ]
            let json = try JSONSerialization.data(withJSONObject: fault)
            #expect(try await self.fault(String(decoding: json, as: UTF8.self)).status == 204)
        }
    }
}
