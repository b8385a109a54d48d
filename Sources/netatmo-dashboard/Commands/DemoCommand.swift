import ArgumentParser
import Engine
import EngineAPI
import FoundationEssentials
import Glibc
import Netatmo
import NetatmoSimulator
import OperatingSystem

/// The dashboard and the exporter on the built-in simulator.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Try everything on a simulated NetAtmo: no account, no network, no configuration.",
        discussion:
            "Uses a temporary token file, and free ports of the loopback address. Tokens live for 100 seconds, so that renewals can be seen."
    )

    @Option(name: .shortAndLong, help: "Address that the exporter listens on. (default: a free port of 127.0.0.1)")
    var addr: String?

    @Option(help: "Address under which a browser or a phone reaches the exporter. (default: this machine's)")
    var externalUrl: String?

    @Option(help: "Decides the simulated weather.")
    var seed: UInt64 = 1

    @Option(help: "How long an access token works, such as 100s or 3h.")
    var tokenLifetime = "100s"

    @Option(help: "That many modules in place of the standard homes.")
    var modules: Int?

    @Option(help: "The time to begin at, such as 2026-11-23T17:18:05+01:00, so that two runs look alike. (default: now)")
    var time: String?

    @Option(help: "Control socket, by which other screens show the demo. (default: in its temporary directory)")
    var socket: String?

    @OptionGroup(title: "Screen") var display: DisplayOptions

    func run() async throws {
        let demo = try Failure.sayingWhatIsWrong(settings)
        try DashboardRun.requireTerminal(demo.display)
        let simulator = SimulatedNetatmo(configuration: demo.simulator, now: { demo.clock.now })
        do {
            try await RunningSimulator(netatmo: simulator, host: "127.0.0.1", port: 0).run { port in
                try await TemporaryDirectory.with { directory in
                    try await demonstrate(demo, simulator, port: port, in: directory)
                }
            }
        } catch let code as ExitCode {
            throw code
        } catch {
            throw Failure.say("\(error)", code: 1)
        }
    }

    private struct Demo {
        let address: ListenAddress
        let externalURL: String?
        let socket: UnixSocket?
        let display: DisplaySettings
        let simulator: SimulatorConfiguration
        let clock: any WallClock
    }

    private func settings() throws(ConfigurationError) -> Demo {
        let reader = SettingReader(sources: SettingSources(environment: [:]))
        let address = try reader.value("--addr", addr, "", .address)
        let externalURL = try reader.value("--external-url", externalUrl, "", SettingParser.url)
        let socket = try reader.value("--socket", socket, "", .socket())
        var display = try self.display.settings(from: SettingSources(environment: ProcessInfo.processInfo.environment))
        // It leaves nothing behind.
        display.keepsState = false
        guard let lifetime = try reader.value("--token-lifetime", tokenLifetime, "", .duration), (modules ?? 0) >= 0 else {
            throw .invalid(option: "--modules", found: modules?.description, expected: "a number from 0 on")
        }
        let start = try reader.value("--time", time, "", .time)
        let simulator = SimulatorConfiguration(
            seed: seed, tokenLifetime: lifetime, moduleCount: modules, measureInterval: .seconds(5), enforcesRequestLimits: modules == nil
        )
        let clock: any WallClock = start.map { ShiftedWallClock(showing: $0) } ?? SystemWallClock()
        return Demo(
            address: address ?? ListenAddress(host: "127.0.0.1", port: 0), externalURL: externalURL, socket: socket,
            display: display,
            simulator: simulator, clock: clock
        )
    }

    private func demonstrate(_ demo: Demo, _ simulator: SimulatedNetatmo, port: Int, in directory: String) async throws {
        try await signIn(to: simulator, at: demo.clock.now, path: Settings.demoTokenFile(in: directory))
        guard
            let settings = Settings(
                simulatorPort: port, credentials: simulator.configuration, address: demo.address, externalURL: demo.externalURL,
                socket: demo.socket, directory: directory
            )
        else { return }
        let environment = ProcessInfo.processInfo.environment
        let run = DashboardRun(
            settings: settings, command: "demo", display: demo.display, environment: environment,
            clock: demo.clock)
        try await run.run()
    }

    /// A token as if the user had signed in before, so that the demo begins with one that works.
    private func signIn(to simulator: SimulatedNetatmo, at now: Date, path: String) async throws {
        let tokens = await simulator.issueTokens()
        guard let access = Secret(tokens.access) else { return }
        let lifetime = simulator.configuration.tokenLifetime / .seconds(1)
        let token = Token(accessToken: access, refreshToken: Secret(tokens.refresh), expiry: now.addingTimeInterval(lifetime))
        try TokenFile(path: path, system: LocalFileSystem()).write(token)
    }
}

extension Settings {
    fileprivate static func demoTokenFile(in directory: String) -> String {
        "\(directory)/token.json"
    }

    /// The demo's: readings every 40 s, so that stations, home coaches and two homes' rooms leave the charts a part of an hour's requests,
    /// and all files in a directory of its own.
    fileprivate init?(
        simulatorPort port: Int, credentials: SimulatorConfiguration, address: ListenAddress, externalURL: String?, socket: UnixSocket?,
        directory: String
    ) {
        guard let secret = Secret(credentials.clientSecret) else { return nil }
        let exporter = ExporterConfiguration(
            address: address, externalURL: externalURL, apiURL: "http://127.0.0.1:\(port)",
            credentials: ClientCredentials(id: credentials.clientID, secret: secret), refreshInterval: .seconds(40),
            staleAge: .seconds(3600), debugHandlers: true, renewExpired: false, homeCoach: true, energy: true, favorites: true,
            // The simulator's limits without the spacing of NetAtmo's: no user of the demo should wait eleven seconds for a chart.
            requestLimits: RequestLimits(all: RequestLimits.netatmo.all, data: RequestLimits.netatmo.data), build: .current
        )
        self.init(
            exporter: exporter, tokenFile: Self.demoTokenFile(in: directory), logFile: "\(directory)/log",
            controlSockets: [socket ?? UnixSocket(path: "\(directory)/control.sock")])
    }
}
