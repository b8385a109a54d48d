import ArgumentParser
import Testing

@testable import Engine
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem
@testable import netatmo_dashboard

@Suite("What config tells")
struct ConfigTests {
    /// A setting, and a value for the file, the environment and the command line.
    struct Sample: Sendable, CustomTestStringConvertible {
        let variable: String
        let file: String
        let environment: String
        let flag: [String]
        let flagValue: String
        var testDescription: String { variable }

        init(_ variable: String, _ file: String, _ environment: String, _ option: String? = nil, _ value: String? = nil) {
            self.variable = variable
            self.file = file
            self.environment = environment
            flag = option.map { [$0] + (value.map { [$0] } ?? []) } ?? []
            flagValue = value ?? (option?.hasPrefix("--no-") == true ? "false" : "true")
        }
    }

    static let samples = [
        Sample("NETATMO_CLIENT_ID", "file", "variable", "--client-id", "flag"),
        Sample("NETATMO_CLIENT_SECRET", "hush-file", "hush-variable", "--client-secret", "hush-flag"),
        Sample("NETATMO_CLIENT_SECRET_FILE", "/proc/version", "/proc/self/comm", "--client-secret-file", "/proc/version"),
        Sample("NETATMO_EXPORTER_TOKEN_FILE", "/f.json", "/v.json", "--token-file", "/o.json"),
        Sample("NETATMO_REFRESH_INTERVAL", "11s", "12s", "--refresh-interval", "13s"),
        Sample("NETATMO_HOME_COACH", "true", "false", "--home-coach"), Sample("NETATMO_FAVORITES", "false", "true", "--no-favorites"),
        Sample("NETATMO_ENERGY", "true", "false", "--energy"),
        Sample("NETATMO_RENEW_EXPIRED", "on", "off", "--renew-expired"),
        Sample("NETATMO_API_URL", "https://f.example", "https://v.example", "--api-url", "https://o.example"),
        Sample("NETATMO_INSECURE_API", "1", "0", "--insecure-api"), Sample("NETATMO_EXPORTER_ADDR", ":1", ":2", "--addr", ":3"),
        Sample("NETATMO_EXPORTER_EXTERNAL_URL", "https://f.example", "https://v.example", "--external-url", "https://o.example"),
        Sample("NETATMO_WEB_CONFIG", "/f.json", "/v.json", "--web-config", "/o.json"),
        Sample("NETATMO_AGE_STALE", "2h", "3h", "--age-stale", "4h"), Sample("NETATMO_LOG_LEVEL", "warn", "error", "--log-level", "debug"),
        Sample("NETATMO_ALERTS", "co2 > 1", "battery < 2", "--alerts", "noise > 3"),
        Sample("NETATMO_NOTIFY_COMMAND", "/f", "/v", "--notify-command", "/o"), Sample("DEBUG_HANDLERS", "yes", "no", "--debug-handlers"),
        Sample("NETATMO_SOCKET", "/f.sock", "/v.sock", "--socket", "/o.sock"),
        Sample("NETATMO_SOCKET_GROUP", "root", "0", "--socket-group", "root"), Sample("NETATMO_ATTACH", "true", "false", "--attach"),
        Sample("NETATMO_PLAIN", "false", "true", "--no-plain"), Sample("NETATMO_ASCII", "true", "false", "--ascii"),
        Sample("NETATMO_MOUSE", "false", "true", "--no-mouse"), Sample("NO_COLOR", "1", "yes", "--no-color"),
        Sample("NETATMO_THEME", "light", "mono", "--theme", "dark"), Sample("NETATMO_STATE", "true", "no", "--state"),
        Sample("NETATMO_NOTIFY", "bell", "osc9", "--notify", "off"), Sample("HTTPS_PROXY", "http://f:1", "http://v:1"),
        Sample("HTTP_PROXY", "http://f:1", "http://v:1"), Sample("NO_PROXY", "f.example", "v.example"),
        Sample("SSL_CERT_FILE", "/f.pem", "/v.pem"), Sample("SSL_CERT_DIR", "/f", "/v"),
    ]

    @Test("is known for every setting that there is")
    func complete() {
        #expect(Set(Self.samples.map(\.variable)) == Setting.variables)
    }

    /// The line of a setting.
    private func line(
        _ sample: Sample, file: String? = nil, environment: [String: String] = [:], _ command: ConfigCommand
    ) throws -> String? {
        let file = try file.map { try ConfigurationFile(path: "/c", bytes: Array("# a comment\n\(sample.variable)=\($0)".utf8)) }
        let sources = SettingSources(environment: environment.merging(["HOME": "/h"]) { $1 }, file: file)
        // Certificates of nowhere can't be read, which is not asked here.
        let text = sample.variable.hasPrefix("SSL") ? ConfigurationText(sources: sources, given: [:]).text : try command.text(from: sources)
        return text.split(separator: "\n").first { $0.hasPrefix("\(sample.variable) ") }.map(String.init)
    }

    @Test("the command line decides before the environment, that before the file, and that before the default", arguments: samples)
    func order(_ sample: Sample) throws {
        func expected(_ value: String) -> String {
            sample.variable == "NETATMO_CLIENT_SECRET" || ["HTTPS_PROXY", "HTTP_PROXY"].contains(sample.variable)
                ? "(set, not shown)" : value
        }
        func expect(_ line: String?, _ value: String, _ origin: String) {
            let rest = line.map { String($0.dropFirst(sample.variable.count)).drop { $0 == " " } } ?? ""
            #expect(rest.hasPrefix(expected(value) + " ") && rest.hasSuffix("  " + origin), "\(line ?? "no line")")
            #expect(!rest.contains("hush"))
        }
        let variable = [sample.variable: sample.environment]
        let standard = try #require(Setting.all.first { $0.variable == sample.variable }?.standard)
        // Each command line once: a debug build takes its time to read one.
        let plain = try ConfigCommand.parse([])
        let isDefault = try #require(try line(sample, plain))
        #expect(isDefault.contains(standard) && isDefault.hasSuffix("  default"))
        expect(try line(sample, file: sample.file, plain), sample.file, "/c:2")
        expect(try line(sample, file: sample.file, environment: variable, plain), sample.environment, "environment")
        expect(try line(sample, file: sample.file, environment: [sample.variable: " "], plain), sample.file, "/c:2")
        guard let option = sample.flag.first else { return }
        let name = option.hasPrefix("--no-") ? "--" + option.dropFirst(5) : option
        let given = try ConfigCommand.parse(sample.flag)
        expect(try line(sample, file: sample.file, environment: variable, given), sample.flagValue, name)
        expect(try line(sample, file: sample.file, given), sample.flagValue, name)
    }

    @Test("is what the program works with, from each of the four sources")
    func settings() throws {
        func texts(_ settings: Settings) -> [String] {
            let exporter = settings.exporter
            return [
                exporter.credentials.id, exporter.credentials.secret.reveal(), settings.tokenFile, "\(exporter.refreshInterval)",
                "\(exporter.homeCoach)", "\(exporter.energy)", "\(exporter.favorites)", "\(exporter.renewExpired)", exporter.apiURL,
                exporter.address.description, exporter.externalURL ?? "", "\(exporter.staleAge)", "\(settings.logLevel)",
                exporter.alerts.map { "\($0.subject.word) \($0.limit)" }.joined(), exporter.notifyCommand?.path ?? "",
                "\(exporter.debugHandlers)",
                settings.controlSockets.first?.path ?? "", "\(settings.socketGroup ?? 99)",
            ]
        }
        let asked = Self.samples.prefix { $0.variable != "NETATMO_ATTACH" }.filter {
            !["NETATMO_CLIENT_SECRET_FILE", "NETATMO_INSECURE_API"].contains($0.variable)
        }
        let lines = asked.map { "\($0.variable)=\($0.file)" }.joined(separator: "\n")
        let file = try ConfigurationFile(path: "/c", bytes: Array(lines.utf8))
        let environment = Dictionary(uniqueKeysWithValues: asked.map { ($0.variable, $0.environment) })
        func settings(_ arguments: [String], _ environment: [String: String]) throws -> [String] {
            texts(
                try Settings(
                    ExporterOptions.parse(arguments),
                    from: SettingSources(environment: environment.merging(["HOME": "/h"]) { $1 }, file: file),
                    defaultAddress: .thisMachine))
        }
        #expect(
            try settings([], [:]) == [
                "file", "hush-file", "/f.json", "30.0 seconds", "true", "true", "false", "true", "https://f.example", ":1",
                "https://f.example",
                "7200.0 seconds", "warning", "co2 1.0", "/f", "true", "/f.sock", "0",
            ])
        #expect(
            try settings([], environment) == [
                "variable", "hush-variable", "/v.json", "12.0 seconds", "false", "false", "true", "false", "https://v.example", ":2",
                "https://v.example", "10800.0 seconds", "error", "battery 2.0", "/v", "false", "/v.sock", "0",
            ])
        #expect(
            try settings(asked.flatMap(\.flag), environment) == [
                "flag", "hush-flag", "/o.json", "30.0 seconds", "true", "true", "false", "true", "https://o.example", ":3",
                "https://o.example",
                "14400.0 seconds", "debug", "noise 3.0", "/o", "true", "/o.sock", "0",
            ])
    }

    @Test("the secret's file of the environment decides before the secret of the configuration file")
    func secretFile() throws {
        let file = try ConfigurationFile(path: "/c", bytes: Array("NETATMO_CLIENT_SECRET=hush".utf8))
        let sources = SettingSources(environment: ["NETATMO_CLIENT_SECRET_FILE": "/proc/sys/kernel/ostype"], file: file)
        let secret = try SettingReader(sources: sources).clientSecret(NetatmoOptions.parse([]), files: LocalFileSystem())
        #expect(secret?.secret.reveal() == "Linux")
    }

    @Test("names of the environment that look like ours and are not")
    func unknown() throws {
        let sources = SettingSources(environment: ["NETATMO_SCREEN": "x", "NETATMO_CONFIG": "/c", "HOME": "/h", "OTHER": "y"])
        let text = try ConfigCommand.parse([]).text(from: sources)
        #expect(text.contains("# NETATMO_SCREEN is set in the environment, but is no setting of this program\n"))
        #expect(text.count { $0 == "#" } == 6)
        #expect(
            text.hasPrefix(
                "# No configuration file; looked for /h/.config/netatmo-dashboard/environment and /etc/netatmo-dashboard/environment\n"))
    }

    @Test("a wrong value stops it, a missing one does not")
    func wrong() throws {
        #expect(throws: ConfigurationError.self) {
            try ConfigCommand.parse([]).text(from: SettingSources(environment: ["NETATMO_NOTIFY": "loud"]))
        }
        #expect(throws: ConfigurationError.self) {
            try ConfigCommand.parse([]).text(from: SettingSources(environment: ["HOME": "/h", "NETATMO_ATTACH": "perhaps"]))
        }
        #expect(throws: Never.self) { try ConfigCommand.parse([]).text(from: SettingSources(environment: [:])) }
    }

    @Test("stops where serve would at a web configuration that can't be worked with")
    func webConfiguration() throws {
        let environment = ["HOME": "/h", "NETATMO_CLIENT_ID": "id", "NETATMO_CLIENT_SECRET": "secret"]
        let command = try ConfigCommand.parse(["--web-config", "/nowhere.json"])
        #expect {
            try command.text(from: SettingSources(environment: environment))
        } throws: { error in
            "\(error)" == "/nowhere.json: expected a file that exists, not /nowhere.json"
        }
    }

    @Test("each option is in the help with its variable", arguments: Setting.all)
    func help(_ setting: Setting) throws {
        guard let option = setting.option else { return }
        let help = ConfigCommand.helpMessage(columns: 500)
        #expect(help.contains("--\(option)"))
        #expect(help.contains("[env: \(setting.variable)"))
    }
}
