import Homes
import Logging
import OperatingSystem
import ServiceLifecycle
import Synchronization

/// A program of the user's that is called with the text of an alert.
package struct NotifyCommand: Sendable, Hashable {
    /// Its absolute path.
    package let path: String
    /// All of the environment that it gets.
    package let environment: [String: String]

    package init(path: String, environment: [String: String]) {
        self.path = path
        self.environment = environment.filter { Self.passed.contains($0.key) }
    }

    /// What a program needs to find others, and to reach the user: nothing of ours, which holds the secret.
    private static let passed: Set = [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "DISPLAY", "WAYLAND_DISPLAY",
        "XAUTHORITY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS",
    ]

    /// Calls it without a shell, the text its one argument.
    ///
    /// - Returns: What went wrong, in a few words; `nil` where nothing did.
    func call(_ text: String, patience: Duration, clock: any WallClock) async -> String? {
        let start = clock.uptime
        let child: ChildProcess
        do throws(FileError) {
            // A name may begin like an option.
            child = try ChildProcess(starting: [path, text.hasPrefix("-") ? "module \(text)" : text], environment: environment)
        } catch {
            return "\(error)"
        }
        guard let (ending, wasMadeTo) = await child.wait(since: start, patience: patience, clock: clock) else { return nil }
        if wasMadeTo { return "took longer than \(Int(patience / .seconds(1))) s, and was ended" }
        return switch ending {
        case .exited(0): nil
        case .exited(let code): "ended with exit code \(code)"
        case .killed(let signal): "ended by signal \(signal)"
        }
    }
}

/// Calls the user's command for each alert that is raised.
final class AlertCaller: Service {
    private let command: NotifyCommand
    private let clock: any WallClock
    private let logger: Logger
    private let calls = Mutex(AlertCalls())
    private let wakeUp = WakeUp()

    /// How long the command may take.
    private static let patience = Duration.seconds(10)

    init(_ command: NotifyCommand, clock: any WallClock, logger: Logger) {
        self.command = command
        self.clock = clock
        self.logger = logger
    }

    /// Takes note of alerts; what is over calls nobody.
    func note(_ alerts: [ReadingAlert]) {
        let raised = alerts.filter(\.isRaised)
        guard !raised.isEmpty else { return }
        let leftOut = calls.withLock { calls in raised.count { !calls.add($0) } }
        if leftOut > 0 { logger.warning("notify command: \(leftOut) alerts more than it is called for") }
        wakeUp.ring()
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await self.work() }
    }

    private func work() async {
        while !Task.isCancelled {
            switch calls.withLock({ [now = clock.now] calls in calls.next(at: now) }) {
            case .call(let text):
                if let failure = await command.call(text, patience: Self.patience, clock: clock) {
                    logger.warning("notify command \(command.path): \(failure)")
                }
            case .wait(let until): _ = await wakeUp.wait(until: until, on: clock)
            case .idle: await wakeUp.wait()
            }
        }
    }
}
