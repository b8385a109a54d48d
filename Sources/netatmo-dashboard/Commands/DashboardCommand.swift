import ArgumentParser
import FoundationEssentials

/// The dashboard, with the exporter inside.
struct DashboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard", abstract: "Show the dashboard, with the exporter running inside it (the default)."
    )

    @OptionGroup var exporter: ExporterOptions
    @OptionGroup var display: DisplayOptions

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let (settings, notification) = try settings(environment)
        try await DashboardRun(settings: settings, display: display, notification: notification, environment: environment).run()
    }

    /// A wrong value is told first, then a missing terminal, then a missing option.
    private func settings(_ environment: [String: String]) throws -> (Settings, NotificationWay) {
        let settings: Settings
        let notification: NotificationWay
        do throws(ConfigurationError) {
            notification = try display.notification(environment)
            settings = try Settings(exporter, environment: environment, defaultAddress: .thisMachine)
        } catch {
            if case .missing = error { try DashboardRun.requireTerminal(display) }
            throw Failure.say("\(error)", code: Failure.usage)
        }
        try DashboardRun.requireTerminal(display)
        return (settings, notification)
    }
}
