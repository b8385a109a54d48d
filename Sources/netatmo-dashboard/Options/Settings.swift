import Engine
import EngineAPI
import FoundationEssentials
import Logging
import Netatmo
import OperatingSystem
import WebSecurity

/// What the options and the environment come to: checked, with the defaults put in.
struct Settings: Sendable {
    private(set) var exporter: ExporterConfiguration
    let network: OutboundNetwork
    let tokenFile: String
    /// Whether the token file's directory is the default one, which is created where it is missing.
    let usesDefaultTokenFile: Bool
    /// Where the control socket may be, the first place first.
    let controlSockets: [UnixSocket]
    /// The sockets that listen already: the exporter's in place of its address, the control socket in place of those.
    let inherited: InheritedSockets
    /// Whose members may open it beside its owner.
    let socketGroup: UInt32?
    let logLevel: Logger.Level
    /// Where the dashboard's log goes; `nil` where there is no place for it.
    let logFile: String?
    /// What is hardly what the user meant.
    private(set) var warnings: [SettingWarning]
    /// The path of the web configuration file, which only who serves reads: ``serving(files:)``.
    let webConfiguration: String?
    /// Who may ask what listens by TCP; `nil` for everybody, by plain HTTP.
    private(set) var protection: WebProtection?

    init(exporter: ExporterConfiguration, tokenFile: String, logFile: String?, controlSockets: [UnixSocket] = []) {
        self.exporter = exporter
        self.controlSockets = controlSockets
        inherited = .none
        socketGroup = nil
        self.tokenFile = tokenFile
        self.logFile = logFile
        usesDefaultTokenFile = false
        logLevel = .info
        warnings = []
        webConfiguration = nil
        network = OutboundNetwork()
    }

    /// - Parameters:
    ///   - options: The command line; it wins over them all.
    ///   - sources: The environment and the configuration file; they win over the defaults.
    ///   - defaultAddress: Where to listen where nothing else is said.
    ///   - inherited: The sockets that the service manager has passed on; they win over what says where to listen.
    ///   - files: Where the client secret may be read from.
    /// - Throws: ``ConfigurationError`` for the first option that can't be worked with; a value that is wrong comes before one
    ///   that is missing.
    init(
        _ options: ExporterOptions, from sources: SettingSources, defaultAddress: ListenAddress,
        inherited: InheritedSockets = .none, files: some FileSystem = LocalFileSystem()
    ) throws(ConfigurationError) {
        let reader = SettingReader(sources: sources)
        let netatmo = options.netatmo
        let given = try reader.value("--addr", options.server.addr, "NETATMO_EXPORTER_ADDR", SettingParser.address)
        let address = inherited.network.map { ListenAddress(host: $0.host, port: $0.port) } ?? given ?? defaultAddress
        self.inherited = inherited
        let staleAge =
            try reader.value("--age-stale", options.server.ageStale, "NETATMO_AGE_STALE", SettingParser.duration) ?? .seconds(3600)
        let homeCoach = try reader.flag(netatmo.homeCoach, "NETATMO_HOME_COACH")
        let energy = try reader.flag(netatmo.energy, "NETATMO_ENERGY")
        let more = (homeCoach ? ["--home-coach"] : []) + (energy ? ["--energy"] : [])
        let (interval, raised) = try reader.refreshInterval(netatmo.refreshInterval, more: more)
        let externalURL = try reader.value("--external-url", options.server.externalUrl, "NETATMO_EXPORTER_EXTERNAL_URL", SettingParser.url)
        webConfiguration = try reader.value("--web-config", options.server.webConfig, "NETATMO_WEB_CONFIG", SettingParser.text)
        let apiURL = try reader.apiURL(netatmo)
        network = try reader.network(to: apiURL)
        logLevel = try reader.value("--log-level", options.server.logLevel, "NETATMO_LOG_LEVEL", SettingParser.logLevel) ?? .info
        let debug = try reader.flag(options.server.debugHandlers, "DEBUG_HANDLERS")
        let favorites = try reader.flag(netatmo.favorites, "NETATMO_FAVORITES")
        let renewExpired = try reader.flag(netatmo.renewExpired, "NETATMO_RENEW_EXPIRED")
        let alerts = try reader.alerts(options.server.alerts)
        let command = try reader.value("--notify-command", options.server.notifyCommand, "NETATMO_NOTIFY_COMMAND", .program)
        guard staleAge >= interval else {
            throw .invalid(option: "--age-stale", found: nil, expected: "at least --refresh-interval, or all readings would be stale")
        }
        tokenFile = try reader.tokenFile(netatmo.tokenFile)
        usesDefaultTokenFile = netatmo.tokenFile == nil && reader.text("NETATMO_EXPORTER_TOKEN_FILE") == nil
        controlSockets = try ControlSockets(given: options.control.socket, from: sources, tokenFile: tokenFile).places
        socketGroup = try reader.socketGroup(options.control)
        logFile = reader.stateDirectory.map { "\($0)/log" }
        let id = try reader.value("--client-id", netatmo.clientId, "NETATMO_CLIENT_ID", SettingParser.text)
        let secret = try reader.clientSecret(netatmo, files: files)
        guard let id else {
            throw .missing(
                option: "--client-id", environment: "NETATMO_CLIENT_ID", expected: "the client ID of your app at dev.netatmo.com")
        }
        guard let secret else {
            throw .missing(
                option: "--client-secret-file", environment: "NETATMO_CLIENT_SECRET",
                expected: "the client secret of your app at dev.netatmo.com"
            )
        }
        let doubts = [
            reader.found("--client-id", netatmo.clientId, "NETATMO_CLIENT_ID").flatMap {
                SettingWarning.quotes(in: id, of: $0.origin.name)
            },
            secret.warning,
        ].compactMap(\.self)
        let path = netatmo.tokenFileWarning(tokenFile, reader)
        warnings = [raised, path].compactMap(\.self) + doubts
        let credentials = ClientCredentials(id: id, secret: secret.secret, doubt: doubts.first?.description)
        exporter = ExporterConfiguration(
            address: address, externalURL: externalURL, apiURL: apiURL, credentials: credentials,
            refreshInterval: interval, staleAge: staleAge, debugHandlers: debug,
            renewExpired: renewExpired, homeCoach: homeCoach, energy: energy, favorites: favorites, alerts: alerts,
            notifyCommand: command.map { NotifyCommand(path: $0, environment: sources.environment) }, build: .current
        )
    }
}

extension InheritedSockets {
    /// Those of the service manager.
    ///
    /// - Throws: ``ConfigurationError``
    static func passed(on manager: ServiceManager) throws(ConfigurationError) -> InheritedSockets {
        do throws(InheritedSocketsError) {
            return try manager.sockets()
        } catch {
            throw .sockets(error)
        }
    }
}

extension Settings {
    /// The same settings, with the web configuration file read where there is one: nobody who only attaches has to be able to read it.
    ///
    /// - Throws: ``ConfigurationError`` for what in it can't be worked with.
    func serving(files: some FileSystem = LocalFileSystem()) throws(ConfigurationError) -> Settings {
        guard let webConfiguration else { return self }
        var settings = self
        do throws(WebConfigurationError) {
            let protection = try WebProtection(path: webConfiguration, files: files)
            settings.protection = protection
            settings.exporter.servesTLS = protection.servesTLS
            settings.warnings += protection.warning(at: Date()).map { [.certificate($0)] } ?? []
        } catch {
            throw .invalid(option: error.place, found: nil, expected: error.expected)
        }
        return settings
    }
}

extension ListenAddress {
    /// `:9210`, netatmo-exporter's address, which every machine of the network reaches.
    static let everyAddress = ListenAddress(host: nil, port: ExporterStatus.defaultPort)
    /// `127.0.0.1:9210`, which only this machine reaches.
    static let thisMachine = ListenAddress(host: "127.0.0.1", port: ExporterStatus.defaultPort)
}

extension NetatmoOptions {
    fileprivate func tokenFileWarning(_ path: String, _ reader: SettingReader) -> SettingWarning? {
        reader.found("--token-file", tokenFile, "NETATMO_EXPORTER_TOKEN_FILE")
            .flatMap { SettingWarning.quotes(in: path, of: $0.origin.name) }
    }
}

extension ExporterOptions {
    /// The settings, or which one is missing.
    ///
    /// - Throws: ``ConfigurationError`` for a value that is wrong.
    func completeOrMissing(
        from sources: SettingSources, defaultAddress: ListenAddress
    ) throws(ConfigurationError) -> Result<Settings, ConfigurationError> {
        do throws(ConfigurationError) {
            return .success(try Settings(self, from: sources, defaultAddress: defaultAddress))
        } catch {
            guard case .missing = error else { throw error }
            return .failure(error)
        }
    }
}
