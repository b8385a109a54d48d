import FoundationEssentials
import Glibc
import Screen
import OperatingSystem

/// Opens an address in the user's browser by `xdg-open`, where there is a display.
struct Browser: Sendable {
    let environment: [String: String]

    /// Variables that a browser has no business to see.
    private static let secrets: Set<String> = ["NETATMO_CLIENT_SECRET"]

    /// - Parameter url: An address without a secret: other users can see a command's arguments.
    func open(_ url: String) async throws(BrowserError) {
        let hasDisplay = ["DISPLAY", "WAYLAND_DISPLAY"].contains { environment[$0].map { !$0.isEmpty } ?? false }
        guard hasDisplay else { throw .noDisplay }
        guard isInstalled("xdg-open") else { throw .cannotRun("not installed") }
        // In a session of its own, so that it outlives this program and its signals do not reach the browser.
        try spawn(["setsid", "--fork", "xdg-open", url])
    }

    private func isInstalled(_ name: String) -> Bool {
        (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }

    private func spawn(_ arguments: [String]) throws(BrowserError) {
        let child: ChildProcess
        do throws(FileError) {
            child = try ChildProcess(starting: arguments, environment: environment.filter { !Self.secrets.contains($0.key) })
        } catch {
            throw .cannotRun(systemMessage(error.code))
        }
        // setsid leaves at once; without this it would stay as a zombie.
        _ = child.ending(waiting: true)
    }
}
