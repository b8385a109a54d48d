/// The command line in the form that the parser reads.
///
/// netatmo-exporter's flags may be written `--debug-handlers=true`, which ours can't: a switch is on by its name, and off by its name
/// with `no-` before it. And Prometheus's exporters have an option with dots in its name, which ours has another name for.
enum CommandLineForm {
    /// What was given behind the program's name.
    ///
    /// - Parameter whole: `CommandLine.arguments`. Swift reads them from `/proc/self/cmdline`, and has none at all where that can't be
    ///   opened; the name is always there otherwise.
    static func given(_ whole: [String]) throws(ConfigurationError) -> [String] {
        guard !whole.isEmpty else {
            throw .invalid(option: "/proc", found: nil, expected: "to be mounted, since the command line is read from there")
        }
        return Array(whole.dropFirst())
    }

    /// The same arguments, with each `--switch=true` and `--switch=false` as a plain switch.
    ///
    /// What is behind `--` is no option, and what a switch has that is no boolean is refused.
    static func plain(_ arguments: [String]) throws(ConfigurationError) -> [String] {
        let options = arguments.prefix { $0 != "--" }
        var plain: [String] = []
        for option in options { plain += try self.plain(option) }
        return plain + arguments.dropFirst(options.count)
    }

    private static func plain(_ argument: String) throws(ConfigurationError) -> [String] {
        if argument == webConfiguration { return ["--web-config"] }
        if argument.hasPrefix(webConfiguration + "=") { return ["--web-config" + argument.dropFirst(webConfiguration.count)] }
        guard argument.hasPrefix("--"), let sign = argument.firstIndex(of: "=") else { return [argument] }
        let name = String(argument[..<sign].dropFirst(2))
        let isTwoWay = twoWaySwitches.contains(name)
        guard isTwoWay || switches.contains(name) else { return [argument] }
        let value = String(argument[argument.index(after: sign)...])
        guard let isOn = SettingParser.boolean.parse(value) else {
            throw .invalid(option: "--\(name)", found: value, expected: SettingParser.boolean.expectation)
        }
        if isOn { return ["--\(name)"] }
        // A switch that no variable can have set is off anyhow.
        return isTwoWay ? ["--no-\(name)"] : []
    }

    /// The option's name in exporter-toolkit.
    private static let webConfiguration = "--web.config.file"

    /// Switches that a variable can set too.
    static let twoWaySwitches: Set = [
        "ascii", "attach", "color", "debug-handlers", "energy", "favorites", "home-coach", "insecure-api", "mouse", "plain",
        "renew-expired", "state",
    ]
    /// Switches that are off where they are not given.
    static let switches: Set = ["example", "hostile", "json", "no-attach", "no-color", "no-mouse", "no-state", "overwrite", "resume"]
}
