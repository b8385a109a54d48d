import ArgumentParser
import Engine
import NetatmoSimulator

/// The simulator alone.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run the simulated NetAtmo alone, for developing against it.",
        discussion: """
            Serves /oauth2/authorize, /oauth2/token, /api/getstationsdata, /api/gethomecoachsdata, /api/getmeasure, /api/homesdata, \
            /api/homestatus and /api/getroommeasure. The refresh token \
            that is printed may read stations, home coaches and thermostats. Faults on demand: POST /simulator/faults with \
            {"fault":"status","status":503,"on":"token","times":2}; DELETE takes them back; POST /simulator/revoke kills all tokens; \
            POST /simulator/tokens?scope=read_station makes a pair with other rights.
            """
    )

    @Option(name: .shortAndLong, help: "Address to listen on.")
    var addr = "127.0.0.1:9211"

    @Option(help: "How long an access token works, such as 100s or 3h.")
    var tokenLifetime = "3h"

    @Option(help: "How often the sensors take a new value.")
    var measureInterval = "5m"

    @Option(help: "Decides the simulated weather.")
    var seed: UInt64 = 1

    @Option(help: "That many modules in place of the standard homes, for load tests.")
    var modules: Int?

    @Flag(help: "Hostile names, types and values in place of the standard homes, for tests of what clients make of them.")
    var hostile = false

    func run() async throws {
        let (address, configuration) = try Failure.sayingWhatIsWrong(settings)
        let netatmo = SimulatedNetatmo(configuration: configuration)
        let tokens = await netatmo.issueTokens()
        do {
            try await RunningSimulator(netatmo: netatmo, host: address.host ?? "0.0.0.0", port: address.port).serve { port in
                writeToStandardOutput(
                    """
                    NetAtmo simulator on http://\(ListenAddress(host: address.host ?? "127.0.0.1", port: port))
                    client id      \(configuration.clientID)
                    client secret  \(configuration.clientSecret)
                    refresh token  \(tokens.refresh)

                    """
                )
            }
        } catch let code as ExitCode {
            throw code
        } catch {
            throw Failure.say("can't serve on \(address): \(error)", code: 1)
        }
    }

    private func settings() throws(ConfigurationError) -> (ListenAddress, SimulatorConfiguration) {
        let reader = SettingReader(sources: SettingSources(environment: [:]))
        guard let address = try reader.value("--addr", addr, "", .address),
            let lifetime = try reader.value("--token-lifetime", tokenLifetime, "", .duration),
            let interval = try reader.value("--measure-interval", measureInterval, "", .duration)
        else { throw .invalid(option: "--addr", found: addr, expected: SettingParser.address.expectation) }
        guard (modules ?? 0) >= 0 else {
            throw .invalid(option: "--modules", found: modules?.description, expected: "a number from 0 on")
        }
        guard !(hostile && modules != nil) else {
            throw .invalid(option: "--modules", found: modules?.description, expected: "allowed beside --hostile")
        }
        let configuration = SimulatorConfiguration(
            seed: seed, tokenLifetime: lifetime, moduleCount: modules, measureInterval: interval, enforcesRequestLimits: modules == nil,
            isHostile: hostile
        )
        return (address, configuration)
    }
}
