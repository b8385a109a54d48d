package import FoundationEssentials
package import Logging
import OperatingSystem
import ServiceLifecycle

/// Looks whether one of the files of a web configuration is another version, and has them read again once all have come to rest: a
/// certificate and its key are replaced one after the other.
package actor WebProtectionWatch: Service {
    private let protection: WebProtection
    private let looks: AsyncStream<Void>
    private let log: Logger
    private let time: @Sendable () -> Date
    /// Why the files could not be read again, which is told once.
    private var problem: WebConfigurationError?
    private let executor = QueueExecutor(label: "web-configuration")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - looks: When to look; when the file system says so, where none are given.
    ///   - log: Gets a line for each change.
    ///   - time: The time of day, by which a certificate is over.
    package init(
        _ protection: WebProtection, looks: AsyncStream<Void>? = nil, log: Logger, time: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.protection = protection
        self.time = time
        self.looks = looks ?? Self.looks(at: protection)
        self.log = log
    }

    private static func looks(at protection: WebProtection) -> AsyncStream<Void> {
        guard let watch = DirectoryWatch() else { return .everyTwoSeconds }
        return .looks(FileLooks(at: { protection.names() }, by: watch))
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await self.watch()
        }
    }

    private func watch() async {
        var told = protection.versionsRead
        var seen = told
        for await _ in looks {
            let current = protection.versions
            // What could not be read may hang on a file that was not there yet.
            if current == seen, current != told || problem != nil {
                readAgain()
                told = problem == nil ? protection.versionsRead : current
            }
            seen = current
        }
    }

    private func readAgain() {
        let before = protection.demand
        do throws(WebConfigurationError) {
            try protection.readAgain()
            problem = nil
            let now = protection.demand
            // Who opens the exporter to everybody shall see it.
            log.log(
                level: before != nil && now == nil ? .warning : .info,
                "web configuration read again: whoever reaches the exporter can read it \(now ?? "without a password")")
            if let warning = protection.warning(at: time()) { log.warning("\(warning)") }
        } catch {
            if error != problem { log.warning("web configuration: \(error); what was read before stays in force") }
            problem = error
        }
    }
}
