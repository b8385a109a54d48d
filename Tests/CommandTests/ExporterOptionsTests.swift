import ArgumentParser
import Testing

@testable import netatmo_dashboard

@Suite("The options of an account, given once more")
struct ExporterOptionsTests {
    @Test(
        "are those that were given, and nothing where none was",
        arguments: [
            [], ["--client-id", "a", "--token-file", "/t o.json"], ["--token-file=-x"],
            [
                "--config", "/c", "--client-id", "a", "--client-secret-file", "/s", "--token-file", "/t", "--api-url", "http://127.0.0.1:1",
                "--socket", "/k", "--home-coach", "--no-energy", "--favorites", "--no-renew-expired", "--insecure-api",
            ],
        ])
    func given(_ arguments: [String]) throws {
        #expect(try ExporterOptions.parse(arguments).account == arguments)
    }

    @Test("are neither the client secret nor what is about serving")
    func others() throws {
        let options = try ExporterOptions.parse([
            "--client-secret", "hush", "--addr", ":1", "--log-level", "debug", "--refresh-interval", "1h",
        ])
        #expect(options.account == [])
    }

    @Test("of an export are told with what it is to go on with, each as a shell takes it for one word, and not the client secret")
    func wayOn() throws {
        #expect(try HistoryExportCommand.parse(["--client-id", "a", "--no-attach"]).account == ["--client-id", "a", "--no-attach"])
        #expect(try HistoryExportCommand.parse(["--attach"]).account == ["--attach"])
        #expect(
            ExportSession.wayOn(output: "/a b", account: ["--token-file", "/t o"], hidesSecret: false)
                == "; go on with: netatmo-dashboard history export --resume --output '/a b' --token-file '/t o'")
        #expect(
            ExportSession.wayOn(output: "/a", account: [], hidesSecret: true)
                == "; go on with the client secret and: netatmo-dashboard history export --resume --output /a")
    }
}
