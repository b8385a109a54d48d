import ArgumentParser
import Engine

/// The options of the exporter: netatmo-exporter's names, and ours on top. All are optional here, so that the environment and the
/// configuration file can stand in for those that are not given.
struct ExporterOptions {
    let netatmo: NetatmoOptions
    let server: ServerOptions
    let control: ControlOptions
}

extension ExporterOptions {
    /// Of the options that were given those by which an account and its engine are found, as they are given once more. The client secret
    /// is not among them, which nobody is to see.
    var account: [String] {
        let texts = [
            ("config", netatmo.config), ("client-id", netatmo.clientId), ("client-secret-file", netatmo.clientSecretFile),
            ("token-file", netatmo.tokenFile), ("api-url", netatmo.apiUrl), ("socket", control.socket),
        ]
        let switches = [
            ("home-coach", netatmo.homeCoach), ("energy", netatmo.energy), ("favorites", netatmo.favorites),
            ("renew-expired", netatmo.renewExpired), ("insecure-api", netatmo.insecureApi),
        ]
        // What begins like an option has to stand in one word with its own.
        return texts.flatMap { name, text in text.map { $0.hasPrefix("-") ? ["--\(name)=\($0)"] : ["--\(name)", $0] } ?? [] }
            + switches.compactMap { name, isOn in isOn.map { $0 ? "--\(name)" : "--no-\(name)" } }
    }
}

/// A command that takes the options of the exporter.
///
/// Each command has the three groups itself, and not one group around them: a debug build checks a group some five times for each
/// group that it stands in, and did little else when it started.
protocol ExporterCommand: AsyncParsableCommand {
    var netatmo: NetatmoOptions { get }
    var server: ServerOptions { get }
    var control: ControlOptions { get }
}

extension ExporterCommand {
    var exporter: ExporterOptions { ExporterOptions(netatmo: netatmo, server: server, control: control) }
}

/// How NetAtmo is asked, and for whom.
struct NetatmoOptions: ParsableArguments {
    @Option(name: [.customShort("i", allowingJoined: true), .long], help: "Client ID of your NetAtmo app. [env: NETATMO_CLIENT_ID]")
    var clientId: String?

    @Option(
        name: [.customShort("s", allowingJoined: true), .long],
        help: "Client secret of your NetAtmo app; visible in ps, better use --client-secret-file. [env: NETATMO_CLIENT_SECRET]"
    )
    var clientSecret: String?

    @Option(help: "File that holds the client secret. [env: NETATMO_CLIENT_SECRET_FILE]")
    var clientSecretFile: String?

    @Option(help: "File that keeps the token. [env: NETATMO_EXPORTER_TOKEN_FILE] (default: $XDG_STATE_HOME/netatmo-dashboard/token.json)")
    var tokenFile: String?

    @Option(help: "How often the readings are fetched; less than 10s counts as 10s. [env: NETATMO_REFRESH_INTERVAL] (default: 8m)")
    var refreshInterval: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Show home coaches too; asks for the scope read_homecoach when you sign in. [env: NETATMO_HOME_COACH]")
    var homeCoach: Bool?

    @Flag(
        inversion: .prefixedNo,
        help: "Serve NetAtmo Energy's rooms, thermostats and valves too; asks for the scope read_thermostat. [env: NETATMO_ENERGY]")
    var energy: Bool?

    @Flag(inversion: .prefixedNo, help: "Show the stations of others that you keep as favourites too. [env: NETATMO_FAVORITES]")
    var favorites: Bool?

    @Flag(
        inversion: .prefixedNo,
        help: "Renew an expired token of the token file at the start, without being asked. [env: NETATMO_RENEW_EXPIRED]")
    var renewExpired: Bool?

    @Option(help: "NetAtmo's API. [env: NETATMO_API_URL] (default: https://api.netatmo.com)")
    var apiUrl: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Send the secrets to an --api-url of http on another machine, readable on the way. [env: NETATMO_INSECURE_API]")
    var insecureApi: Bool?

    @Option(
        help: """
            File of NAME=value lines with these settings. [env: NETATMO_CONFIG] (default: \
            $XDG_CONFIG_HOME/netatmo-dashboard/environment, else \(ConfigurationFile.ofMachine))
            """
    )
    var config: String?
}

/// How the readings are served.
struct ServerOptions: ParsableArguments {
    @Option(
        name: [.customShort("a", allowingJoined: true), .long],
        help: """
            Address to listen on. [env: NETATMO_EXPORTER_ADDR] (default: \(ListenAddress.thisMachine), which only this machine reaches; of \
            serve: \(ListenAddress.everyAddress), which every machine of its network reaches)
            """
    )
    var addr: String?

    @Option(help: "Address under which a browser reaches the exporter. [env: NETATMO_EXPORTER_EXTERNAL_URL] (default: this machine's)")
    var externalUrl: String?

    @Option(
        help: """
            Prometheus's web configuration (exporter-toolkit), written as JSON: TLS and users for what listens by TCP; also as \
            --web.config.file. [env: NETATMO_WEB_CONFIG] (default: plain HTTP, for everybody)
            """
    )
    var webConfig: String?

    @Option(help: "How old readings may be before they are stale. [env: NETATMO_AGE_STALE] (default: 1h)")
    var ageStale: String?

    @Option(
        help: "What to log: trace, debug, info, warn, error, fatal, panic. [env: NETATMO_LOG_LEVEL] (default: info)",
        completion: .list(["trace", "debug", "info", "warn", "error", "fatal", "panic"])
    )
    var logLevel: String?

    @Flag(inversion: .prefixedNo, help: "Serve /debug/data and /debug/token. [env: DEBUG_HANDLERS]")
    var debugHandlers: Bool?

    @Option(help: "What to tell you of, such as \"co2 > 1000, Bedroom temperature < 16, battery < 15\". [env: NETATMO_ALERTS]")
    var alerts: String?

    @Option(help: "Program that is called with the text of an alert. [env: NETATMO_NOTIFY_COMMAND]")
    var notifyCommand: String?
}

/// Where the control socket is: an engine's own, and that by which a running one is found.
struct ControlOptions: ParsableArguments {
    @Option(
        help: """
            Control socket, by which screens show an engine that runs. [env: NETATMO_SOCKET] (default: control.sock in $RUNTIME_DIRECTORY, \
            else in $XDG_RUNTIME_DIR/netatmo-dashboard, else the token file's name with .sock)
            """
    )
    var socket: String?

    @Option(help: "Group whose members may open the control socket too. [env: NETATMO_SOCKET_GROUP] (default: its own user alone)")
    var socketGroup: String?
}
