import ArgumentParser
import Foundation
import Logging
import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo
@testable import OperatingSystem
@testable import WebSecurity
@testable import netatmo_dashboard

@Suite("Settings")
struct SettingsTests {
    private static let credentials = ["NETATMO_CLIENT_ID": "id", "NETATMO_CLIENT_SECRET": "secret", "HOME": "/home/me"]

    private func settings(_ arguments: [String] = [], _ environment: [String: String] = [:]) throws -> Settings {
        try Settings(
            ExporterOptions.parse(try CommandLineForm.plain(arguments)),
            from: SettingSources(environment: Self.credentials.merging(environment) { $1 }),
            defaultAddress: .everyAddress
        )
    }

    @Test("have netatmo-exporter's defaults")
    func defaults() throws {
        let settings = try settings()
        #expect(settings.exporter.address.description == ":9210")
        #expect(settings.exporter.refreshInterval == .seconds(480))
        #expect(settings.exporter.staleAge == .seconds(3600))
        #expect(settings.exporter.apiURL == "https://api.netatmo.com")
        #expect(settings.exporter.externalURL == nil)
        #expect(!settings.exporter.debugHandlers)
        #expect(!settings.exporter.renewExpired)
        #expect(settings.logLevel == .info)
        #expect(settings.tokenFile == "/home/me/.local/state/netatmo-dashboard/token.json")
        #expect(settings.usesDefaultTokenFile)
        #expect(settings.logFile == "/home/me/.local/state/netatmo-dashboard/log")
    }

    @Test("keep the log in XDG's directory, wherever the token file is; nowhere where the environment names no place")
    func logFile() throws {
        let given = ["--token-file", "/t.json"]
        #expect(try settings(given, ["XDG_STATE_HOME": "/state"]).logFile == "/state/netatmo-dashboard/log")
        #expect(try settings(given, ["XDG_STATE_HOME": "state"]).logFile == "/home/me/.local/state/netatmo-dashboard/log")
        #expect(try settings(given, ["HOME": ""]).logFile == nil)
    }

    @Test("are taken from the environment under netatmo-exporter's names")
    func environment() throws {
        let settings = try settings(
            [],
            [
                "NETATMO_EXPORTER_ADDR": "127.0.0.1:1234", "NETATMO_EXPORTER_EXTERNAL_URL": "https://example.org/netatmo/",
                "NETATMO_EXPORTER_TOKEN_FILE": "/t.json", "DEBUG_HANDLERS": "true", "NETATMO_LOG_LEVEL": "warn",
                "NETATMO_REFRESH_INTERVAL": "1m", "NETATMO_AGE_STALE": "2h", "NETATMO_API_URL": "http://127.0.0.1:9211",
            ]
        )
        #expect(settings.exporter.address == ListenAddress(host: "127.0.0.1", port: 1234))
        #expect(settings.exporter.externalURL == "https://example.org/netatmo")
        #expect(settings.exporter.apiURL == "http://127.0.0.1:9211")
        #expect(settings.exporter.debugHandlers)
        #expect(settings.exporter.refreshInterval == .seconds(60))
        #expect(settings.exporter.staleAge == .seconds(7200))
        #expect(settings.logLevel == .warning)
        #expect(settings.tokenFile == "/t.json")
        #expect(!settings.usesDefaultTokenFile)
    }

    @Test("switch home coaches, favourites and Energy on by a flag or a variable, and leave them off without")
    func extras() throws {
        let off = try settings([], [:])
        #expect(!off.exporter.homeCoach)
        #expect(!off.exporter.favorites)
        #expect(!off.exporter.energy && off.exporter.scopes == [.readStation])
        for on in [
            try settings(["--home-coach", "--favorites", "--energy"], [:]),
            try settings([], ["NETATMO_HOME_COACH": "1", "NETATMO_FAVORITES": "true", "NETATMO_ENERGY": "yes"]),
        ] {
            #expect(on.exporter.homeCoach)
            #expect(on.exporter.favorites)
            #expect(on.exporter.energy && on.exporter.scopes == [.readStation, .readHomeCoach, .readThermostat])
        }
    }

    @Test(
        "raise an interval that NetAtmo's hourly limit does not allow, with a warning that names where it was given",
        arguments: [
            (["--refresh-interval", "9.99s"], [:], 10, "--refresh-interval: 9.99s is raised to 10s"),
            (["--refresh-interval", "0"], [:], 10, "--refresh-interval: 0 is raised to 10s"),
            ([], ["NETATMO_REFRESH_INTERVAL": "5s"], 10, "NETATMO_REFRESH_INTERVAL: 5s is raised to 10s"),
            (["--refresh-interval", "10s"], ["NETATMO_REFRESH_INTERVAL": "5s"], 10, nil), (["--refresh-interval=11s"], [:], 11, nil),
            (["--home-coach", "--refresh-interval", "19s"], [:], 20, "--refresh-interval: 19s is raised to 20s with --home-coach"),
            (["--home-coach", "--refresh-interval", "20s"], [:], 20, nil),
            (["--energy", "--refresh-interval", "19s"], [:], 20, "--refresh-interval: 19s is raised to 20s with --energy"),
            (
                ["--home-coach", "--energy", "--refresh-interval", "29s"], [:], 30,
                "--refresh-interval: 29s is raised to 30s with --home-coach and --energy"
            ),
        ] as [([String], [String: String], Int, String?)]
    )
    func shortInterval(_ arguments: [String], _ environment: [String: String], _ seconds: Int, _ warning: String?) throws {
        let settings = try settings(arguments, environment)
        #expect(settings.exporter.refreshInterval == .seconds(seconds))
        #expect(settings.warnings.map(\.description) == (warning.map { ["\($0), since NetAtmo allows no more requests"] } ?? []))
    }

    @Test("take Go's longest durations", arguments: ["1000000h", "2562047h"])
    func longAge(_ text: String) throws {
        let settings = try settings(["--age-stale", text, "--refresh-interval", text])
        #expect(settings.exporter.staleAge >= .seconds(3_600_000_000))
        #expect(settings.exporter.refreshInterval == settings.exporter.staleAge)
    }

    @Test(
        "switch on and off in Go's forms and in those of compose files, by a variable and behind a flag's sign",
        arguments: [
            ("1", true), ("t", true), ("T", true), ("true", true), ("TRUE", true), ("True", true), ("yes", true), ("Yes", true),
            ("y", true), ("on", true), ("ON", true), (" true\r", true), ("0", false), ("f", false), ("F", false), ("false", false),
            ("FALSE", false), ("no", false), ("NO", false), ("n", false), ("off", false), ("Off", false), ("", false),
        ]
    )
    func booleans(_ text: String, _ isOn: Bool) throws {
        let variables = [
            "DEBUG_HANDLERS", "NETATMO_HOME_COACH", "NETATMO_ENERGY", "NETATMO_FAVORITES", "NETATMO_RENEW_EXPIRED", "NETATMO_INSECURE_API",
        ]
        for names in variables.map({ [$0] }) + [variables] {
            let exporter = try settings([], Dictionary(uniqueKeysWithValues: names.map { ($0, text) })).exporter
            #expect(exporter.debugHandlers == (isOn && names.contains("DEBUG_HANDLERS")))
            #expect(exporter.homeCoach == (isOn && names.contains("NETATMO_HOME_COACH")))
            #expect(exporter.favorites == (isOn && names.contains("NETATMO_FAVORITES")))
            #expect(exporter.energy == (isOn && names.contains("NETATMO_ENERGY")))
            #expect(exporter.renewExpired == (isOn && names.contains("NETATMO_RENEW_EXPIRED")))
        }
        guard !text.isEmpty, text != " true\r" else { return }
        let flags = ["--debug-handlers=\(text)", "--home-coach=\(text)", "--favorites=\(text)", "--renew-expired=\(text)"]
        // The flag wins over a variable that says the opposite.
        let exporter = try settings(flags, Dictionary(uniqueKeysWithValues: variables.map { ($0, isOn ? "false" : "true") })).exporter
        for value in [exporter.debugHandlers, exporter.homeCoach, exporter.favorites, exporter.renewExpired] { #expect(value == isOn) }
    }

    @Test("take netatmo-exporter's short forms")
    func shortForms() throws {
        for arguments in [
            ["-iID", "-sSECRET", "-a:1234"], ["-i", "ID", "-s", "SECRET", "-a", ":1234"], ["-i=ID", "-s=SECRET", "-a=:1234"],
            ["--client-id=ID", "--client-secret=SECRET", "--addr=:1234"],
        ] {
            let settings = try settings(arguments)
            #expect(settings.exporter.credentials == ClientCredentials(id: "ID", secret: try #require(Secret("SECRET"))))
            #expect(settings.exporter.address == ListenAddress(host: nil, port: 1234))
        }
    }

    @Test("are read without the blank space and the carriage return of an environment file around them")
    func blankSpace() throws {
        let names = [
            "NETATMO_EXPORTER_ADDR": "127.0.0.1:1234", "NETATMO_EXPORTER_EXTERNAL_URL": "https://example.org",
            "NETATMO_EXPORTER_TOKEN_FILE": "/t t.json", "DEBUG_HANDLERS": "true", "NETATMO_LOG_LEVEL": "warn",
            "NETATMO_REFRESH_INTERVAL": "1m", "NETATMO_AGE_STALE": "2h", "NETATMO_API_URL": "https://api.example.org",
            "NETATMO_CLIENT_ID": "mine", "NETATMO_CLIENT_SECRET": "hush", "NETATMO_RENEW_EXPIRED": "1",
        ]
        let plain = try settings([], names)
        for (before, after) in [("", "\r"), (" ", "\t"), ("\u{FEFF}", "\r\n")] {
            let spaced = try settings([], names.mapValues { before + $0 + after })
            #expect(spaced.exporter.address == plain.exporter.address)
            #expect(spaced.exporter.externalURL == "https://example.org")
            #expect(spaced.exporter.apiURL == "https://api.example.org")
            #expect(spaced.exporter.credentials == ClientCredentials(id: "mine", secret: try #require(Secret("hush"))))
            #expect(spaced.exporter.refreshInterval == .seconds(60))
            #expect(spaced.exporter.staleAge == .seconds(7200))
            #expect(spaced.exporter.debugHandlers && spaced.exporter.renewExpired)
            #expect(spaced.logLevel == .warning)
            #expect(spaced.tokenFile == "/t t.json")
            #expect(spaced.warnings.isEmpty)
        }
        #expect(throws: ConfigurationError.self) { try settings([], ["NETATMO_CLIENT_ID": " \r"]) }
        #expect(try settings(["-i", " mine\r", "-s", "hush\r"]).exporter.credentials.id == "mine")
    }

    @Test(
        "warn of quotation marks that an environment file keeps, by the name of the option, and say it again where NetAtmo refuses the client",
        arguments: [
            ([], ["NETATMO_CLIENT_ID": "'x'"], "NETATMO_CLIENT_ID"), ([], ["NETATMO_CLIENT_ID": "\"x\"\r"], "NETATMO_CLIENT_ID"),
            ([], ["NETATMO_CLIENT_SECRET": "'hush'"], "NETATMO_CLIENT_SECRET"),
            ([], ["NETATMO_CLIENT_SECRET": "hush\u{201D}"], "NETATMO_CLIENT_SECRET"), (["-i", "\"x"], [:], "--client-id"),
            (["-s", "`hush`"], [:], "--client-secret"),
        ] as [([String], [String: String], String)]
    )
    func quotes(_ arguments: [String], _ environment: [String: String], _ named: String) throws {
        let settings = try settings(arguments, environment)
        let warning = "\(named) has quotation marks around its value, which count as part of it"
        #expect(settings.warnings.map(\.description) == [warning])
        #expect(settings.exporter.credentials.doubt == warning)
    }

    @Test("warn of quotation marks around the token file's path too, which have nothing to do with the client")
    func quotedPath() throws {
        let settings = try settings([], ["NETATMO_EXPORTER_TOKEN_FILE": "'/t.json'"])
        #expect(settings.warnings == [.quoted(option: "NETATMO_EXPORTER_TOKEN_FILE")])
        #expect(settings.exporter.credentials.doubt == nil)
    }

    @Test("hold the path of the web configuration, which who serves alone reads")
    func webConfiguration() throws {
        let attached = try settings(["--web-config", "/nowhere/web.json"])
        #expect(attached.webConfiguration == "/nowhere/web.json")
        let error = try #require(throws: ConfigurationError.self) { try attached.serving() }
        #expect("\(error)" == "/nowhere/web.json: expected a file that exists, not /nowhere/web.json")
        let none = try settings([]).serving()
        #expect(none.protection == nil && !none.exporter.servesTLS)
    }

    @Test("of a web configuration with TLS serve it, and warn of a certificate whose time is over", arguments: [true, false])
    func tls(isExpired: Bool) throws {
        let folder = try TemporaryFolder()
        let certificate = isExpired ? TestCertificates.expired : TestCertificates.good
        for (name, text) in [
            ("c", certificate), ("k", TestCertificates.key), ("w", #"{"tls_server_config": {"cert_file": "c", "key_file": "k"}}"#),
        ] {
            #expect(
                FileManager.default.createFile(atPath: folder.path(name), contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
            )
        }
        let settings = try settings([], ["NETATMO_WEB_CONFIG": folder.path("w")]).serving()
        #expect(settings.exporter.servesTLS && settings.protection?.servesTLS == true)
        #expect(
            settings.warnings.map(\.description)
                == (isExpired
                    ? ["\(folder.path("w")): the certificate of cert_file expired at 2020-01-02T03:04:05Z: clients refuse it"] : []))
    }

    @Test("without quotation marks give no warning", arguments: ["it's", "a\"b", "5f00"])
    func noQuotes(_ id: String) throws {
        #expect(try settings(["-i", id]).warnings.isEmpty)
    }

    @Test("of the screen listen on this machine alone, of serve on every address, unless it is said otherwise")
    func defaultAddress() throws {
        for (given, expected) in [(ListenAddress.thisMachine, "127.0.0.1:9210"), (.everyAddress, ":9210")] {
            let settings = try Settings(
                ExporterOptions.parse([]), from: SettingSources(environment: Self.credentials), defaultAddress: given)
            #expect(settings.exporter.address.description == expected)
            let said = try Settings(
                ExporterOptions.parse([]),
                from: SettingSources(environment: Self.credentials.merging(["NETATMO_EXPORTER_ADDR": ":1"]) { $1 }),
                defaultAddress: given)
            #expect(said.exporter.address.description == ":1")
        }
        // Where status asks, either of them answers.
        #expect(ListenAddress.thisMachine.localURL(port: 9210) == ListenAddress.everyAddress.localURL(port: 9210))
    }

    @Test("of the command line win over the environment, an empty variable counts as none")
    func precedence() throws {
        let environment = ["NETATMO_EXPORTER_ADDR": ":1", "NETATMO_REFRESH_INTERVAL": "", "NETATMO_CLIENT_ID": "other"]
        let settings = try settings(["-a", ":2", "-i", "mine", "-s", "hush"], environment)
        #expect(settings.exporter.address.port == 2)
        #expect(settings.exporter.credentials == ClientCredentials(id: "mine", secret: try #require(Secret("hush"))))
        #expect(settings.exporter.refreshInterval == .seconds(480))
    }

    @Test("the shortest interval and the least stale age are those that are named as such")
    func borders() throws {
        #expect(try settings(["--refresh-interval", "10s", "--age-stale", "10s"]).exporter.refreshInterval == .seconds(10))
        #expect(try settings(["--refresh-interval", "10s", "--age-stale", "10s"]).exporter.staleAge == .seconds(10))
        #expect(throws: ConfigurationError.self) { try settings(["--refresh-interval", "10s", "--age-stale", "9s"]) }
    }

    @Test("a wrong flag is named even where the environment is right")
    func wrongFlag() {
        #expect(throws: ConfigurationError.self) { try settings(["--addr", "nine"], ["NETATMO_EXPORTER_ADDR": ":9"]) }
    }

    @Test(
        "that can't be are named, with what they should be",
        arguments: [
            (["--addr", "9210"], [:], "--addr"), (["--addr", ":99999"], [:], "--addr"), (["--addr", "[::1:9210"], [:], "--addr"),
            (["--refresh-interval=-9s"], [:], "--refresh-interval"), (["--refresh-interval", "8"], [:], "--refresh-interval"),
            (["--age-stale", "0"], [:], "--age-stale"), (["--age-stale", "2562048h"], [:], "--age-stale"),
            (["--age-stale", "9s", "--refresh-interval", "5s"], [:], "--age-stale"), (["--age-stale", "1m"], [:], "--age-stale"),
            (["--external-url", "ftp://x"], [:], "--external-url"), (["--external-url", "https://x/?a=b"], [:], "--external-url"),
            (["--external-url", "https://münchen.example"], [:], "--external-url"),
            (["--external-url", "https://M%C3%BCnchen.example"], [:], "--external-url"),
            (["--external-url", "https://x/a/../b"], [:], "--external-url"), (["--external-url", "https://x/./b"], [:], "--external-url"),
            (["--external-url", "https://x//b"], [:], "--external-url"), (["--external-url", #"http://x/a"b"#], [:], "--external-url"),
            (["--external-url", "http://x/a<b>"], [:], "--external-url"), (["--external-url", "https://x/#a"], [:], "--external-url"),
            (["--external-url", "https://me@x"], [:], "--external-url"), (["--external-url", "https://me:hush@x"], [:], "--external-url"),
            (["--api-url", "api.netatmo.com"], [:], "--api-url"), (["--log-level", "loud"], [:], "--log-level"),
            ([], ["NETATMO_EXPORTER_ADDR": "x"], "NETATMO_EXPORTER_ADDR"), ([], ["DEBUG_HANDLERS": "maybe"], "DEBUG_HANDLERS"),
            ([], ["NETATMO_HOME_COACH": "ja"], "NETATMO_HOME_COACH"), ([], ["NETATMO_FAVORITES": "2"], "NETATMO_FAVORITES"),
            ([], ["NETATMO_AGE_STALE": "x"], "NETATMO_AGE_STALE"), ([], ["NETATMO_LOG_LEVEL": "x"], "NETATMO_LOG_LEVEL"),
            ([], ["NETATMO_CLIENT_ID": ""], "--client-id"), ([], ["NETATMO_CLIENT_SECRET": ""], "--client-secret-file"),
            ([], ["HOME": ""], "--token-file"), (["--client-secret", "two\nlines"], [:], "--client-secret"),
            (["--alerts", "co2"], [:], "--alerts"), ([], ["NETATMO_ALERTS": "battry < 15"], "NETATMO_ALERTS"),
            (["--notify-command", "tell me"], [:], "--notify-command"),
            ([], ["NETATMO_NOTIFY_COMMAND": "./tell"], "NETATMO_NOTIFY_COMMAND"),
        ] as [([String], [String: String], String)]
    )
    func wrong(_ arguments: [String], _ environment: [String: String], _ named: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try settings(arguments, environment) }
        #expect(error.description.hasPrefix(named))
        #expect(!error.description.contains("\n"))
    }

    @Test(
        "that are durations out of bounds are told the bound",
        arguments: [
            (
                ["--age-stale", "1000000000h"], [:],
                "--age-stale: \"1000000000h\" is not a duration of at most 2562047h, Go's longest (292 years)"
            ),
            (
                [], ["NETATMO_AGE_STALE": "2562048h"],
                "NETATMO_AGE_STALE: \"2562048h\" is not a duration of at most 2562047h, Go's longest (292 years)"
            ),
            (
                ["--refresh-interval=-2562048h"], [:],
                "--refresh-interval: \"-2562048h\" is not a duration of at most 2562047h, Go's longest (292 years)"
            ),
            (["--age-stale", "0"], [:], "--age-stale: \"0\" is not above 0; expected a duration such as 8m, 1h30m or 500ms"),
            (["--age-stale=-1h"], [:], "--age-stale: \"-1h\" is not above 0; expected a duration such as 8m, 1h30m or 500ms"),
            (
                ["--refresh-interval=-9s"], [:],
                "--refresh-interval: \"-9s\" is not 0 or more; expected a duration such as 8m, 1h30m or 500ms"
            ),
            (["--age-stale", "8x"], [:], "--age-stale: \"8x\" is not a duration such as 8m, 1h30m or 500ms"),
        ] as [([String], [String: String], String)]
    )
    func bounds(_ arguments: [String], _ environment: [String: String], _ message: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try settings(arguments, environment) }
        #expect(error.description == message)
    }

    @Test(
        "take netatmo-exporter's names of levels, in any case, by a flag and by the environment",
        arguments: [
            ("panic", .critical), ("fatal", .critical), ("error", .error), ("warn", .warning), ("warning", .warning), ("info", .info),
            ("debug", .debug), ("trace", .trace), ("INFO", .info), ("Warn", .warning),
        ] as [(String, Logger.Level)]
    )
    func logLevel(name: String, level: Logger.Level) throws {
        #expect(try settings(["--log-level", name]).logLevel == level)
        #expect(try settings([], ["NETATMO_LOG_LEVEL": name]).logLevel == level)
    }

    @Test("the token file's default follows XDG_STATE_HOME, where that is absolute")
    func tokenFile() throws {
        #expect(try settings([], ["XDG_STATE_HOME": "/state"]).tokenFile == "/state/netatmo-dashboard/token.json")
        #expect(try settings([], ["XDG_STATE_HOME": "state"]).tokenFile == "/home/me/.local/state/netatmo-dashboard/token.json")
    }
}

@Suite("The client secret")
struct ClientSecretTests {
    /// A file system of one file.
    private struct OneFile: ReadOnlyFileSystem {
        let bytes: [UInt8]?

        func contents(of path: String, limit: Int) throws(FileError) -> [UInt8]? {
            if path == "/locked" { throw FileError(operation: "open", code: 13) }
            return path == "/secret" ? bytes : nil
        }

        func status(of path: String, followingLinks: Bool) throws(FileError) -> FileStatus? { nil }
    }

    private func secret(_ arguments: [String], _ environment: [String: String] = [:], file: String? = "from file\n") throws -> String? {
        let options = try NetatmoOptions.parse(arguments)
        return try SettingReader(sources: SettingSources(environment: environment)).clientSecret(
            options, files: OneFile(bytes: file.map { Array($0.utf8) }))?
            .secret.reveal()
    }

    @Test("comes from the command line, then from its file, then from the environment, then from the environment's file")
    func order() throws {
        let environment = ["NETATMO_CLIENT_SECRET": "variable", "NETATMO_CLIENT_SECRET_FILE": "/secret"]
        #expect(try secret(["-s", "flag", "--client-secret-file", "/secret"], environment) == "flag")
        #expect(try secret(["--client-secret-file", "/secret"], environment) == "from file")
        #expect(try secret([], environment) == "variable")
        #expect(try secret([], ["NETATMO_CLIENT_SECRET_FILE": "/secret"]) == "from file")
        #expect(try secret([]) == nil)
    }

    @Test("of a file that can't be used is refused by the file's name", arguments: ["/nowhere", "/locked"])
    func badFile(_ path: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try secret(["--client-secret-file", path]) }
        #expect(error.description.contains(path))
    }

    @Test("of a file is read without what nobody sees around it", arguments: ["hush\r\n", "\u{FEFF}hush\r\n", " hush \n\n"])
    func invisible(_ content: String) throws {
        #expect(try secret(["--client-secret-file", "/secret"], file: content) == "hush")
    }

    @Test("of a file with quotation marks is warned of by the option that names the file")
    func quotedFile() throws {
        let options = try NetatmoOptions.parse(["--client-secret-file", "/secret"])
        let given = try SettingReader(sources: SettingSources(environment: [:])).clientSecret(
            options, files: OneFile(bytes: Array("'hush'\n".utf8)))
        #expect(given?.warning == .quoted(option: "--client-secret-file"))
        #expect(given?.warning?.description.contains("hush") == false)
    }

    @Test("never is in the error about it", arguments: ["", "   ", "hush\nhush"])
    func hidden(_ content: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try secret(["--client-secret-file", "/secret"], file: content) }
        #expect(!error.description.contains("hush"))
        #expect(error.description.contains("--client-secret-file"))
    }
}
