import ArgumentParser
import Engine
import FoundationEssentials
import OperatingSystem

/// Tells what is in force, and where each value comes from.
struct ConfigCommand: ExporterCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Print the settings that are in force and where each comes from, or an example of a file.",
        discussion: """
            Takes the options of the dashboard and of serve, reads the environment and the configuration file as they do, and stops where \
            they would. The secret is not printed.
            """
    )

    @Flag(help: "Print a configuration file with every setting, as comments.")
    var example = false

    @OptionGroup(title: "NetAtmo") var netatmo: NetatmoOptions
    @OptionGroup(title: "Exporter") var server: ServerOptions
    @OptionGroup(title: "Exporter") var control: ControlOptions
    @OptionGroup(title: "Screen") var display: DisplayOptions
    @OptionGroup(title: "Screen") var attachment: AttachmentOptions

    func run() async throws {
        guard !example else { return writeToStandardOutput(ConfigurationText.example) }
        let text = try Failure.sayingWhatIsWrong { () throws(ConfigurationError) in
            let sources = try SettingSources.current(config: netatmo.config)
            return try self.text(from: sources)
        }
        writeToStandardOutput(text)
    }

    /// - Throws: ``ConfigurationError`` for a value that is wrong. One that is missing is told as not set.
    func text(from sources: SettingSources) throws(ConfigurationError) -> String {
        _ = try display.settings(from: sources)
        _ = try attachment.wantsAttachment(SettingReader(sources: sources))
        if case .success(let settings) = try exporter.completeOrMissing(from: sources, defaultAddress: .thisMachine) {
            _ = try settings.serving()
        }
        return ConfigurationText(sources: sources, given: given).text
    }

    /// What the command line says, by the options' names.
    private var given: [String: String] {
        let texts: [String: String?] = [
            "client-id": netatmo.clientId, "client-secret": netatmo.clientSecret, "client-secret-file": netatmo.clientSecretFile,
            "token-file": netatmo.tokenFile, "refresh-interval": netatmo.refreshInterval, "api-url": netatmo.apiUrl,
            "addr": server.addr, "external-url": server.externalUrl, "web-config": server.webConfig,
            "age-stale": server.ageStale, "log-level": server.logLevel,
            "alerts": server.alerts, "notify-command": server.notifyCommand,
            "socket": control.socket, "socket-group": control.socketGroup, "notify": display.notify, "theme": display.theme,
        ]
        let switches: [String: Bool?] = [
            "home-coach": netatmo.homeCoach, "energy": netatmo.energy, "favorites": netatmo.favorites,
            "renew-expired": netatmo.renewExpired,
            "insecure-api": netatmo.insecureApi, "debug-handlers": server.debugHandlers, "plain": display.plain, "ascii": display.ascii,
            "mouse": display.mouse, "color": display.color, "attach": attachment.attach, "state": display.state,
        ]
        return texts.compactMapValues(\.self).merging(switches.compactMapValues { $0.map(String.init) }) { text, _ in text }
    }
}

/// What `config` prints.
struct ConfigurationText {
    let sources: SettingSources
    /// What the command line says, by the options' names.
    let given: [String: String]

    /// The files that were looked for, and a line for each setting: its variable, its value, and where that comes from.
    var text: String {
        let rows = Setting.all.map { setting in (setting, self.row(setting)) }
        let (names, values) = (width(rows.map(\.0.variable)), width(rows.map(\.1.value)))
        var text = "# \(files)\n"
        for group in Setting.Group.allCases {
            text += "\n# \(group.rawValue)\n"
            for (setting, row) in rows where setting.group == group {
                text += padded(setting.variable, to: names) + "  " + padded(row.value, to: values) + "  " + row.origin + "\n"
            }
        }
        return text + unknown.map { "\n# \($0) is set in the environment, but is no setting of this program\n" }.joined()
    }

    private var files: String {
        if let file = sources.file { return "Configuration file: \(file.path)" }
        let looked = [ConfigurationFile.ofUser(sources.environment), ConfigurationFile.ofMachine].compactMap(\.self)
        return "No configuration file; looked for \(looked.joined(separator: " and "))"
    }

    private func row(_ setting: Setting) -> (value: String, origin: String) {
        let option = setting.option.map { "--\($0)" } ?? ""
        let found = SettingReader(sources: sources).found(option, setting.option.flatMap { given[$0] }, setting.variable)
        guard let found else { return (setting.standard, "default") }
        let value = setting.isSecret ? "(set, not shown)" : shown(found.text, of: setting)
        return switch found.origin {
        case .flag(let option): (value, option)
        case .environment: (value, "environment")
        case .file(let path, let line, _): (value, "\(path):\(line)")
        }
    }

    /// What a terminal can be shown. A proxy's address may hold a password.
    private func shown(_ text: String, of setting: Setting) -> String {
        if setting.variable.hasSuffix("_PROXY"), setting.variable != "NO_PROXY" { return "(set, not shown)" }
        return text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : String($0) }.joined()
    }

    /// Names in the environment that look like ours; other programs may have them.
    private var unknown: [String] {
        sources.environment.keys.filter {
            $0.hasPrefix("NETATMO_") && !Setting.variables.contains($0) && $0 != Setting.configurationFile
        }.sorted()
    }

    private func width(_ texts: [String]) -> Int { texts.map(\.count).max() ?? 0 }
    private func padded(_ text: String, to width: Int) -> String { text + String(repeating: " ", count: width - text.count) }

    /// A file with every setting, each as a comment.
    static var example: String {
        var text = """
            # Settings of netatmo-dashboard: ~/.config/netatmo-dashboard/environment, or \(ConfigurationFile.ofMachine).
            # systemd (EnvironmentFile=) and containers (--env-file) read the same form; values of containers take no quotation marks.
            # A flag wins over the environment, the environment over this file. netatmo-dashboard config tells what is in force.

            """
        for group in Setting.Group.allCases {
            text += "\n# \(group.rawValue)\n"
            for setting in Setting.all where setting.group == group {
                text += "\n# \(setting.purpose) (default: \(setting.standard))\n#\(setting.variable)=\(setting.example)\n"
            }
        }
        return text
    }
}
