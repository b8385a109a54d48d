import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("The charts of the page in a browser")
    struct ChartPageTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator(["--seed", "7"])
        }

        /// Starts an exporter, and returns it with its page.
        private func started() async throws -> (process: ChildProcess, page: String) {
            let tokenFile = folder.path("token.json")
            try #"{"refresh_token":"\#(simulator.refreshToken)"}"#.write(toFile: tokenFile, atomically: false, encoding: .utf8)
            let process = try ChildProcess(["serve"] + simulator.options(tokenFile: tokenFile), environment: Simulator.environment)
            let page = try await until("the exporter to listen") {
                process.errors.firstMatch(of: /exporter started: 127\.0\.0\.1:(\d+)/).map { "http://127.0.0.1:\($0.1)/" }
            }
            return (process, page)
        }

        /// The page, once its charts have their history.
        private func drawn(_ page: String) async throws -> String {
            try await until("a curve", within: .seconds(60)) {
                let html = try await HTTP.get(page).body
                return html.contains("<svg class=\"plot\"") ? html : nil
            }
        }

        @Test("are there where no script runs, lead to a page of each module, and break no rule of the browser")
        func charts() async throws {
            let (process, page) = try await started()
            defer { process.signal(SIGTERM) }
            let id = try await until("a station") { try await HTTP.get(page + "api/status").body.firstMatch(of: /"id":"([^"]+)"/)?.1 }
            // A span that is not kept comes by itself, after the page said that it is asked for. The first to be wished for is the first to
            // come; another one follows each 11 s.
            let year = page + "module/\(id)?span=1y"
            let asked = try await HTTP.get(year).body
            #expect(asked.contains("Asking NetAtmo for the past") && asked.contains("http-equiv"))
            let filled = try await until("the year", within: .seconds(90)) {
                let body = try await HTTP.get(year).body
                return body.contains("class=\"band\"") ? body : nil
            }
            #expect(!filled.contains("http-equiv"))
            let links = try await drawn(page).matches(of: /<a class="chart panel" href="\/([^"]*)"/).map { String($0.1) }
            #expect(links.count >= 6)
            for address in [page, page + links[0], page + links[0].replacing("span=1d", with: "span=1y")] {
                let shown = try await Chromium.open(address)
                #expect(shown.complaints == [], "\(address)")
                #expect(shown.html.contains("linearGradient") || address.hasSuffix("1y"))
            }
        }

        /// A page as a phone of 360 pixels shows it, with what it measures of itself there.
        private func phone(_ address: String, _ scheme: Chromium.ColourScheme) async throws -> String {
            let style = try await HTTP.get(URL(string: "/style.css", relativeTo: URL(string: address))?.absoluteString ?? "").body
            let html = try await HTTP.get(address).body.replacing(/<link rel="stylesheet"[^>]*>/, with: "<style>\(style)</style>")
                .replacing(/<script[^>]*><\/script>/, with: "").replacing(/<meta http-equiv[^>]*>/, with: "")
            let file = folder.path("phone.html")
            let data = try JSONEncoder().encode(html)
            try """
            <!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="light dark">
            <iframe width="360" height="740" frameborder="0"></iframe><p id="measured"></p>
            <script>
            const frame = document.querySelector("iframe");
            frame.onload = () => {
                const page = frame.contentDocument, root = page.documentElement, view = frame.contentWindow;
                const wide = [...page.querySelectorAll("body *")].filter((node) =>
                    !node.closest("svg svg") && getComputedStyle(node).position !== "absolute"
                    && node.getBoundingClientRect().right > 360.5 && !node.closest(".plot"));
                const text = page.querySelector(".plot text");
                document.getElementById("measured").textContent = JSON.stringify({
                    scroll: root.scrollWidth, view: root.clientWidth, wide: wide.map((node) => node.outerHTML.slice(0, 80)),
                    ground: view.getComputedStyle(page.body).backgroundColor, ink: view.getComputedStyle(page.body).color,
                    label: text && view.getComputedStyle(text).fontSize, plots: page.querySelectorAll(".plot").length,
                });
            };
            frame.srcdoc = \(String(decoding: data, as: UTF8.self).replacing("</", with: "<\\/"));
            </script>
            """.write(toFile: file, atomically: false, encoding: .utf8)
            let shown = try await Chromium.open("file://\(file)", scheme: scheme)
            return shown.html.firstMatch(of: /<p id="measured">([^<]*)<\/p>/).map { String($0.1) } ?? ""
        }

        @Test("fit a phone of 360 pixels, with texts of a readable size, light and dark")
        func phone() async throws {
            let (process, page) = try await started()
            defer { process.signal(SIGTERM) }
            let link = try #require(try await drawn(page).firstMatch(of: /<a class="chart panel" href="\/([^"]*)"/)?.1)
            for (address, scheme) in [(page, .dark), (page + link, .dark), (page + link, .light)] as [(String, Chromium.ColourScheme)] {
                let measured = try await phone(address, scheme)
                #expect(measured.contains(#""scroll":360,"view":360,"wide":[]"#), "\(measured)")
                #expect(measured.contains(#""label":"11px""#), "\(measured)")
                #expect(!measured.contains(#""plots":0"#))
                let colours = measured.matches(of: /rgb\((\d+), (\d+), (\d+)\)/).compactMap { Int($0.1) }
                #expect(colours.count == 2 && (colours[0] < colours[1]) == (scheme == .dark), "\(measured)")
            }
        }
    }
}
