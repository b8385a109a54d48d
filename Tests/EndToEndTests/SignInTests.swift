import Testing
import TestSupport

extension EndToEnd {
    @Suite("Signing in from the dashboard")
    struct SignInTests {
        private let folder: TemporaryFolder
        private let simulator: Simulator

        init() async throws {
            folder = try TemporaryFolder()
            simulator = try await Simulator()
        }

        private func dashboard() throws -> Tmux {
            let options = simulator.options(tokenFile: folder.path("token.json")).map { "'\($0)'" }.joined(separator: " ")
            return try Tmux(
                "'\(try Program.path)' \(options); echo \"exit code $?\"", columns: 100, rows: 30, environment: Simulator.environment
            )
        }

        @Test("works with a browser, by the address that the screen shows, once")
        func browser() async throws {
            let tmux = try dashboard()
            try await tmux.waits(for: "NO TOKEN")
            try tmux.press("a")
            let screen = try await tmux.waits(for: "/auth/authorize?key=")
            let address = String(try #require(screen.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+\/auth\/authorize\?key=[A-Za-z0-9_-]+/)).0)
            let toNetatmo = try #require(try await HTTP.press(addressWithKey: address).location)
            try await tmux.waits(for: "a browser was sent to NetAtmo")
            let page = try await HTTP.get(toNetatmo)
            #expect(page.status == 200)
            let query = try #require(toNetatmo.split(separator: "?").last)
            let back = try await HTTP.post("http://127.0.0.1:\(simulator.port)/oauth2/authorize", form: "\(query)&decision=accept")
            let callback = try #require(back.location)
            #expect(try await HTTP.get(callback).status == 302)
            try await tmux.waits(for: "signed in: the token works until")
            try tmux.press("Escape")
            try await tmux.waits(for: "● VALID")
            try await tmux.waits(for: "data  ok")
            #expect(try await HTTP.press(addressWithKey: address).status == 403, "the address works once")
            #expect(try await HTTP.get(callback).status == 400, "and so does the answer")
            try tmux.press("q")
            try await tmux.waits(for: "exit code 0")
        }

        @Test("works with a pasted refresh token, which is never shown")
        func pastedToken() async throws {
            let tmux = try dashboard()
            try await tmux.waits(for: "NO TOKEN")
            try tmux.press("a")
            try await tmux.waits(for: "/auth/authorize?key=")
            try tmux.paste(simulator.refreshToken)
            let pasted = try await tmux.waits(for: "•••")
            #expect(!pasted.contains(simulator.refreshToken.prefix(12)))
            try tmux.press("Enter")
            try await tmux.waits(for: "signed in: the token works until")
            try tmux.press("Escape")
            try await tmux.waits(for: "data  ok")
        }

        @Test("works with the address that a browser elsewhere ended on")
        func pastedAddress() async throws {
            let tmux = try dashboard()
            try await tmux.waits(for: "NO TOKEN")
            try tmux.press("a")
            try await tmux.waits(for: "/oauth2/authorize?")
            let text = tmux.screen.split(separator: "\n").map { $0.trimmingPrefix(/[│\s]*/) }
                .map { $0.replacing(/[│\s]*$/, with: "") }.joined()
            let query = try #require(text.firstMatch(of: /\/oauth2\/authorize\?(client_id=[^ ]*?state=[A-Za-z0-9_-]{43})/)).1
            let back = try await HTTP.post("http://127.0.0.1:\(simulator.port)/oauth2/authorize", form: "\(query)&decision=accept")
            try tmux.paste(try #require(back.location))
            try await tmux.waits(for: "•••")
            try tmux.press("Enter")
            try await tmux.waits(for: "signed in: the token works until")
        }

        @Test("answers a wrong paste with what was wrong, and Esc leaves")
        func wrongPaste() async throws {
            let tmux = try dashboard()
            try await tmux.waits(for: "NO TOKEN")
            try tmux.press("a")
            try await tmux.waits(for: "/auth/authorize?key=")
            try tmux.paste("what is this?")
            try tmux.press("Enter")
            try await tmux.waits(for: "there are blanks in it")
            try tmux.paste("0123456789abcdef|00112233445566778899")
            try tmux.press("Enter")
            try await tmux.waits(for: "refused it as a refresh token")
            try tmux.press("Escape")
            try await tmux.waits(forNo: "Sign in to NetAtmo ─")
            try tmux.press("q")
            try await tmux.waits(for: "exit code 0")
        }
    }
}
