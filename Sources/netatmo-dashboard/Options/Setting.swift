/// A setting, by the names that it has everywhere: an option of the command line, and a variable of the environment and of the
/// configuration file.
struct Setting: Sendable, Hashable {
    enum Group: String, Sendable, CaseIterable {
        case netatmo = "NetAtmo"
        case exporter = "Exporter"
        case screen = "Screen"
        case network = "The way to NetAtmo, as other programs have it"
    }

    let group: Group
    /// The option's name without its dashes; `nil` where only the variable sets it.
    let option: String?
    let variable: String
    /// What it is where it is given nowhere, in words where it depends on something.
    let standard: String
    /// What it is for, in a line.
    let purpose: String
    /// A value that can be meant.
    let example: String

    /// Whether nobody may see it.
    var isSecret: Bool { variable == Self.clientSecret }

    init(_ group: Group, _ option: String?, _ variable: String, _ standard: String, _ purpose: String, example: String? = nil) {
        self.group = group
        self.option = option
        self.variable = variable
        self.standard = standard
        self.purpose = purpose
        self.example = example ?? standard
    }

    static let clientSecret = "NETATMO_CLIENT_SECRET"
    /// Where the configuration file is, which it can't say itself.
    static let configurationFile = "NETATMO_CONFIG"

    /// The variables that a configuration file may set.
    static let variables = Set(all.map(\.variable))

    /// All of them, in the order in which they are told.
    static let all: [Setting] = netatmo + exporter + screen + network

    private static let netatmo = [
        Setting(.netatmo, "client-id", "NETATMO_CLIENT_ID", "not set", "client ID of your app at dev.netatmo.com", example: "YOUR_ID"),
        Setting(
            .netatmo, "client-secret", clientSecret, "not set", "its secret; keep this file to yourself then (chmod 600)",
            example: "YOUR_SECRET"),
        Setting(
            .netatmo, "client-secret-file", "NETATMO_CLIENT_SECRET_FILE", "not set", "or a file that holds the secret",
            example: "/etc/netatmo-dashboard/client-secret"),
        Setting(
            .netatmo, "token-file", "NETATMO_EXPORTER_TOKEN_FILE", "$XDG_STATE_HOME/netatmo-dashboard/token.json",
            "where the token is kept",
            example: "/var/lib/netatmo-dashboard/token.json"),
        Setting(.netatmo, "refresh-interval", "NETATMO_REFRESH_INTERVAL", "8m", "how often the readings are fetched at most"),
        Setting(.netatmo, "home-coach", "NETATMO_HOME_COACH", "false", "fetch home coaches too"),
        Setting(.netatmo, "energy", "NETATMO_ENERGY", "false", "fetch NetAtmo Energy's rooms, thermostats and valves too"),
        Setting(.netatmo, "favorites", "NETATMO_FAVORITES", "false", "fetch the stations of others that you keep as favourites too"),
        Setting(.netatmo, "renew-expired", "NETATMO_RENEW_EXPIRED", "false", "renew an expired token at the start, without being asked"),
        Setting(.netatmo, "api-url", "NETATMO_API_URL", "https://api.netatmo.com", "NetAtmo's API"),
        Setting(.netatmo, "insecure-api", "NETATMO_INSECURE_API", "false", "allow an API of http on another machine"),
    ]

    private static let exporter = [
        Setting(
            .exporter, "addr", "NETATMO_EXPORTER_ADDR", "127.0.0.1:9210; of serve :9210", "address to listen on", example: "127.0.0.1:9210"),
        Setting(
            .exporter, "external-url", "NETATMO_EXPORTER_EXTERNAL_URL", "this machine's", "where a browser reaches the exporter",
            example: "https://example.org/netatmo"),
        Setting(
            .exporter, "web-config", "NETATMO_WEB_CONFIG", "not set", "file of Prometheus's web configuration, as JSON: TLS, users",
            example: "/etc/netatmo-dashboard/web.json"),
        Setting(.exporter, "age-stale", "NETATMO_AGE_STALE", "1h", "how old readings may be before they are stale"),
        Setting(.exporter, "log-level", "NETATMO_LOG_LEVEL", "info", "trace, debug, info, warn, error, fatal or panic"),
        Setting(
            .exporter, "alerts", "NETATMO_ALERTS", "not set", "what to tell you of, in NetAtmo's metric units",
            example: "co2 > 1000, Bedroom temperature < 16, battery < 15"),
        Setting(
            .exporter, "notify-command", "NETATMO_NOTIFY_COMMAND", "not set", "program that is called with the text of an alert",
            example: "/usr/local/bin/tell-me"),
        Setting(.exporter, "debug-handlers", "DEBUG_HANDLERS", "false", "serve /debug/data and /debug/token"),
        Setting(
            .exporter, "socket", "NETATMO_SOCKET", "control.sock in the runtime directory, else beside the token file",
            "control socket, by which screens attach", example: "/run/netatmo-dashboard/control.sock"),
        Setting(
            .exporter, "socket-group", "NETATMO_SOCKET_GROUP", "not set", "group whose members may attach too", example: "root"),
    ]

    private static let screen = [
        Setting(.screen, "attach", "NETATMO_ATTACH", "true", "look for an engine that runs already"),
        Setting(.screen, "plain", "NETATMO_PLAIN", "false", "append lines of text in place of drawing"),
        Setting(.screen, "ascii", "NETATMO_ASCII", "false", "draw with ASCII characters only"),
        Setting(.screen, "mouse", "NETATMO_MOUSE", "true", "take clicks and the wheel"),
        Setting(.screen, "color", "NO_COLOR", "not set", "whatever it holds, no colours", example: "1"),
        Setting(.screen, "theme", "NETATMO_THEME", "as chosen with T, else auto", "auto, light, dark or mono", example: "dark"),
        Setting(.screen, "state", "NETATMO_STATE", "true", "keep what is changed on the screen for the next time"),
        Setting(.screen, "notify", "NETATMO_NOTIFY", "off", "how to call you: off, bell or osc9"),
    ]

    private static let network = [
        Setting(
            .network, nil, "HTTPS_PROXY", "not set", "proxy to NetAtmo", example: "http://proxy.example.org:3128"),
        Setting(.network, nil, "HTTP_PROXY", "not set", "proxy to an API of http", example: "http://proxy.example.org:3128"),
        Setting(.network, nil, "NO_PROXY", "not set", "hosts that no proxy is asked for", example: "localhost,.example.org"),
        Setting(.network, nil, "SSL_CERT_FILE", "the system's", "certificate authorities", example: "/etc/ssl/certs/ca-certificates.crt"),
        Setting(.network, nil, "SSL_CERT_DIR", "the system's", "directories of certificate authorities", example: "/etc/ssl/certs"),
    ]
}
